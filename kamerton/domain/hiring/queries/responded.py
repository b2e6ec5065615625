"""Answers of a job site that are here already."""

from urllib.parse import parse_qs, urlsplit

from kamerton.domain.hiring.models import Application, Vacancy
from kamerton.platform.access.models import User


def known_resumes(viewer: User, vacancy: Vacancy) -> set[str]:
    """Links of CVs of a vacancy's candidates, as `resume_key` writes them (1 query)."""
    return {resume_key(link) for link in _links(viewer, vacancy)}


def site_vacancy(viewer: User, vacancy: Vacancy) -> str:
    """The number of the vacancy at the job site, as links of its candidates tell it (1 query)."""
    for link in _links(viewer, vacancy):
        named = parse_qs(urlsplit(link).query).get("vacancyId", [""])[0]
        if named.isdecimal():
            return named
    return ""


def resume_key(link: str) -> str:
    """A link to a CV without what tells from where it was opened."""
    return urlsplit(link)._replace(query="", fragment="").geturl()


def _links(viewer: User, vacancy: Vacancy) -> list[str]:
    if not viewer.may("hiring.view"):
        return []
    rows = Application.objects.visible_to(viewer).filter(vacancy=vacancy)
    linked = rows.exclude(candidate__link="").order_by("-pk")
    return list(linked.values_list("candidate__link", flat=True))
