"""Offers as they are read, and those that wait for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kamerton.domain.hiring.models import Application, Offer, Vacancy
from kamerton.domain.hiring.queries.ranking import cautions_of
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User


@dataclass(frozen=True)
class OfferPart:
    """A section of an offer as it is printed."""

    code: str
    title: str
    text: str


def offers(viewer: User, application: Application) -> QuerySet[Offer]:
    """Offers made to a candidate, the newest first (1 query)."""
    if not viewer.may("hiring.view"):
        return Offer.objects.none()
    return Offer.objects.filter(application=application).select_related("approved_by")


def offers_in_force(viewer: User) -> QuerySet[Offer]:
    """Offers that are drafted, approved or sent in open vacancies, the newest first (1 query)."""
    if not viewer.may("hiring.view"):
        return Offer.objects.none()
    found = Offer.objects.filter(state__in=Offer.OPEN)
    found = found.exclude(application__vacancy__state__in=Vacancy.OVER)
    return found.select_related("application__candidate", "application__vacancy", "approved_by")


def offers_of(viewer: User, applications: Sequence[int]) -> QuerySet[Offer]:
    """The offers in force or accepted of several candidates: one each at most (1 query)."""
    if not viewer.may("hiring.view"):
        return Offer.objects.none()
    states = (*Offer.OPEN, Offer.State.ACCEPTED)
    return Offer.objects.filter(application__in=applications, state__in=states)


def offer(viewer: User, pk: int) -> Offer | None:
    """One offer with person and vacancy (1 query)."""
    if not viewer.may("hiring.view"):
        return None
    found = Offer.objects.select_related(
        "application__candidate", "application__vacancy", "approved_by", "created_by"
    )
    return found.filter(pk=pk).first()


def offers_to_approve(viewer: User) -> QuerySet[Offer]:
    """Offers that wait for `viewer`: beyond the band for the owner, within it for the head."""
    if not viewer.may("hiring.approve"):
        return Offer.objects.none()
    states = (Offer.State.DRAFT, Offer.State.PENDING)
    waiting = Offer.objects.filter(state__in=states).select_related(
        "application__candidate", "application__vacancy"
    )
    return waiting if viewer.may("hiring.exceed") else waiting.filter(beyond=False)


def offer_cautions(viewer: User, offer: Offer) -> tuple[str, ...]:
    """What who approves should know: answers, claims, a money-only motive (1 query)."""
    if not viewer.may("hiring.view"):
        return ()
    application = offer.application
    claims = list(application.candidate.claims.values_list("state", flat=True))
    found = cautions_of(application, claims)
    if offer.is_money_only and "money_only" not in found:
        found = (*found, "money_only")
    return found


def offer_parts(viewer: User, offer: Offer) -> list[OfferPart]:
    """The sections in their order, in the vacancy's language."""
    del viewer  # the offer was given by a query
    with override(offer.application.vacancy.language):
        return [
            OfferPart(one.code, str(one.title), offer.sections.get(one.code, "").strip())
            for one in methodology.current().offer_sections
            if offer.sections.get(one.code, "").strip()
        ]


def offer_text(viewer: User, offer: Offer) -> tuple[str, str]:
    """The subject and the text of the letter with an offer, in the vacancy's language."""
    vacancy = offer.application.vacancy
    parts = offer_parts(viewer, offer)
    with override(vacancy.language):
        subject = _("Job offer: %(title)s") % {"title": vacancy.title}
        until = date_format(offer.answer_by, "SHORT_DATE_FORMAT")
        last = _("We wait for your answer until %(day)s.") % {"day": until}
    body = "\n\n".join([*(f"{part.title}\n{part.text}" for part in parts), str(last)])
    return subject, body
