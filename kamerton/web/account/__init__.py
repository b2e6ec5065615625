"""Signing in, the profile, people."""
