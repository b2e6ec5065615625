"""Pages: jobs."""
