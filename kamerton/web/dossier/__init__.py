"""Pages of dossiers: what we know of a client, from whom, and what is to be asked."""
