"""Clients, their people, and who holds them."""
