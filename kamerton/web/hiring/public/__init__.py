"""Pages that a candidate opens by a personal link, without signing in."""
