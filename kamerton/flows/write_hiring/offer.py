"""The offer as the candidate reads it, in the vacancy's language."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Offer
from kamerton.flows.write_hiring.paper import Paper, Section, Told, printed
from kamerton.platform import formats
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import company


def write_offer(viewer: User, offer: Offer, *, today: dt.date) -> Paper:
    """Write an offer as PDF."""
    language = offer.application.vacancy.language
    with override(language):
        told = _told(viewer, offer, today)
    return printed(told, name=f"offer-{offer.pk}", language=language)


def _told(viewer: User, offer: Offer, today: dt.date) -> Told:
    here, application = company(), offer.application
    name = here.name if here else ""
    return Told(
        company=name,
        title=_("Job offer"),
        subtitle=application.vacancy.title,
        facts=(
            (pgettext("offer", "For"), application.candidate.full_name),
            (_("Pay a month"), formats.money(offer.pay)),
            (_("Way to grow"), offer.get_track_display()),
            (_("We wait for your answer until"), formats.day(offer.answer_by)),
        ),
        sections=tuple(
            Section(part.title, part.text) for part in queries.offer_parts(viewer, offer)
        ),
        signs=(pgettext("offer", "For the company"), _("I accept: signature, date")),
        footer=_("%(company)s, %(day)s") % {"company": name, "day": formats.day(today)},
        badge="" if offer.approved_at else _("Draft"),
    )
