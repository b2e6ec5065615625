"""Who is key, for the company and for each manager."""
