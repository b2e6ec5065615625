"""Pages of the day's work: what is to be done, what came of it, briefs for meetings."""
