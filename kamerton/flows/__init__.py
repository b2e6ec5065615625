"""Business processes over several contexts, one a file."""
