"""Hiring key account managers: from the vacancy to the end of probation."""
