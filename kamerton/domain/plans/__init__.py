"""Where we want to be with a client in years, and the way there."""
