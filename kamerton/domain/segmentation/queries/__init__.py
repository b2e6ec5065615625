"""Who is key, and why."""
