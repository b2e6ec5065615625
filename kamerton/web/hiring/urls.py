"""Addresses: hiring."""

from django.urls import URLPattern

from kamerton.web.hiring.candidates import urls as candidates
from kamerton.web.hiring.interviews import urls as interviews
from kamerton.web.hiring.offers import urls as offers
from kamerton.web.hiring.probation import urls as probation
from kamerton.web.hiring.responses import urls as responses
from kamerton.web.hiring.vacancies import urls as vacancies

app_name = "hiring"
urlpatterns: list[URLPattern] = [
    *vacancies.urlpatterns,
    *candidates.urlpatterns,
    *interviews.urlpatterns,
    *offers.urlpatterns,
    *probation.urlpatterns,
    *responses.urlpatterns,
]
