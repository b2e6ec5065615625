"""Pages of signing in, oneself, people and the journal, cut by noun."""
