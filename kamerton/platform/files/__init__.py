"""Kept files."""
