"""Hiring: the choice and offers."""

import datetime as dt

from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Offer
from tests.factories import UserFactory
from tests.factories.hiring import (
    a_term,
    an_application,
    an_offer_text,
    an_open_vacancy,
    marked,
    task_done,
)
from tests.web.matrix.row import Row

SEE = {"head_of_sales", "owner", "recruiter"}
RECRUIT = {"head_of_sales", "recruiter"}
APPROVE = {"head_of_sales", "owner"}


def vacancy(_world, _user):
    return {"pk": an_open_vacancy().pk}


def candidate(stage="interviewed"):
    return lambda _world, _user: {"pk": an_application(an_open_vacancy(), stage=stage).pk}


def ready_one():
    """Somebody chosen, with all that an offer asks for."""
    application = an_application(an_open_vacancy(), stage="selected", form_score=80.0)
    marked(application, UserFactory(), UserFactory())
    task_done(application.created_by, application)
    return application


def ready(_world, _user):
    return {"pk": ready_one().pk}


def offer(state, stage="selected"):
    """An offer past the guards."""

    def make(_world, _user):
        application = an_application(an_open_vacancy(), stage=stage)
        return {"pk": written(application, state).pk}

    return make


def written(application, state):
    text = an_offer_text()
    return Offer.objects.create(
        application=application,
        state=state,
        pay=text.pay,
        sections=dict(text.sections),
        track=text.track,
        motive=text.motive,
        adaptation_risk=text.adaptation_risk,
        answer_by=text.answer_by,
        created_by=application.created_by,
    )


def to_send(world, _user):
    application = ready_one()
    head = world.people["head_of_sales"]
    actions.plan_probation(head, application, term=a_term())
    return {"pk": written(application, "approved").pk}


def offer_data(_world, _user):
    text = an_offer_text()
    sections = {f"section_{code}": words for code, words in text.sections.items()}
    return sections | {
        "pay": "120000",
        "answer_by": f"{timezone.localdate() + dt.timedelta(days=5)}",
        "track": text.track,
        "motive": text.motive,
        "adaptation_risk": text.adaptation_risk,
    }


def data(**given):
    return lambda _world, _user: given


ROWS = [
    Row("hiring:choice", may=SEE, own=vacancy),
    Row("hiring:choose", method="post", may=RECRUIT, own=candidate()),
    Row("hiring:turn-down", may=RECRUIT, own=candidate()),
    Row(
        "hiring:turn-down",
        method="post",
        may=RECRUIT,
        own=candidate(),
        data=data(to="refused", reason="Weak at figures", letter=""),
    ),
    Row("hiring:candidate-offers", may=SEE, own=candidate("selected")),
    Row("hiring:offer-new", may=RECRUIT, own=ready),
    Row("hiring:offer-new", method="post", may=RECRUIT, own=ready, data=offer_data),
    Row("hiring:offers", may=SEE),
    Row("hiring:offer", may=SEE, own=offer("draft")),
    Row("hiring:offer-pdf", may=SEE, own=offer("approved")),
    Row("hiring:offer-approve", method="post", may=APPROVE, own=offer("draft")),
    Row("hiring:offer-send", method="post", may=RECRUIT, own=to_send, data=data(way="hand")),
    Row("hiring:offer-answer", may=RECRUIT, own=offer("sent", "offer")),
    Row(
        "hiring:offer-answer",
        method="post",
        may=RECRUIT,
        own=offer("sent", "offer"),
        data=data(accepted="yes"),
    ),
    Row("hiring:offer-take-back", may=APPROVE, own=offer("sent", "offer")),
    Row(
        "hiring:offer-take-back",
        method="post",
        may=APPROVE,
        own=offer("sent", "offer"),
        data=data(reason="The seat is gone"),
    ),
]
