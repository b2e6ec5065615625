"""Answers of a job site, ordered from the page of a vacancy."""
