"""Pages of choice and offer."""
