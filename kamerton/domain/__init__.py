"""What the business knows, a folder a context."""
