"""Work to do in the background."""
