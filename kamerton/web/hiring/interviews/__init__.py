"""Pages of interviews: the day as slots, invitations, check-in, scorecards."""
