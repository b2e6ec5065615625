"""Pages of vacancies: what is sought, where, for how much, and what came of it."""
