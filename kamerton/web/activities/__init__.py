"""Pages of the day's work: activities, briefs, needs."""
