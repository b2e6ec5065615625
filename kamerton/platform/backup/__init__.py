"""One file of the whole installation."""
