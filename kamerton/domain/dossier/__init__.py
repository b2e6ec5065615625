"""What we know of a client, and from whom."""
