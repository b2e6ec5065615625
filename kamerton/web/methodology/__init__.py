"""Pages: methodology."""
