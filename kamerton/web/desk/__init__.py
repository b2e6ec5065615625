"""Pages over many contexts."""
