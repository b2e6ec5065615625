"""Who decides at a client, and who of ours speaks with whom."""
