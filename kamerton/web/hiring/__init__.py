"""Pages of hiring: vacancies, candidates, interviews, offers, probation."""
