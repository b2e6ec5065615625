"""What hiring does by the clock."""

import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, Candidate, Invitation, Offer
from kamerton.domain.hiring.queries import Marked
from kamerton.flows import tasks
from kamerton.flows.keep_hiring import remind_invited, tell_probations
from kamerton.platform.access.queries import system_user
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory
from tests.factories.hiring import (
    a_candidate,
    a_term,
    an_application,
    an_offer_text,
    an_open_vacancy,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(company):
    return UserFactory(roles=["head_of_sales"])


@pytest.fixture
def kim(company):
    return UserFactory(roles=["recruiter"])


@pytest.fixture
def vacancy(kim):
    return an_open_vacancy(kim)


@pytest.fixture
def url(settings):
    settings.PUBLIC_URL = "https://kam.example.com"


def invited(kim, vacancy, hours=5, **person):
    starts = timezone.now() + dt.timedelta(hours=hours)
    session = vacancy.sessions.create(
        kind="individual",
        starts_at=starts,
        ends_at=starts + dt.timedelta(hours=1),
        capacity=1,
        allowed=3,
        created_by=kim,
    )
    application = an_application(vacancy, stage="passed", candidate=a_candidate(**person))
    return actions.invite(kim, application, session=session)[0]


def running(head, vacancy, *, days, verdict=28, mentor=None):
    """A probation that began so many days ago."""
    first = timezone.localdate() - dt.timedelta(days=days)
    application = an_application(vacancy, stage="accepted")
    plan = actions.plan_probation(head, application, term=a_term(first, verdict), mentor=mentor)
    plan.state, plan.user = "active", UserFactory(status="onboarding")
    plan.save()
    return plan


def test_the_clock_knows_the_tasks():
    known = {path for path, _when, _title in django_settings.SCHEDULE}
    assert {"flows.tasks.keep_hiring", "flows.tasks.remind_invited"} <= known


def test_who_is_to_come_soon_is_reminded_once_with_a_link(kim, vacancy, url):
    soon, later = invited(kim, vacancy), invited(kim, vacancy, hours=60)
    mute = invited(kim, vacancy, email="")
    mail.outbox.clear()
    assert remind_invited(system_user()) == 1
    (letter,) = mail.outbox
    assert letter.to == [soon.application.candidate.email]
    assert "https://kam.example.com/c/interview/" in letter.body
    assert "0token0" not in letter.body
    assert "{token}" not in letter.body
    reminded = Invitation.objects.exclude(reminded_at=None)
    assert list(reminded) == [soon]
    assert {later.pk, mute.pk} == set(
        Invitation.objects.filter(reminded_at=None).values_list("pk", flat=True)
    )
    assert tasks.remind_invited.func() == 0


def test_without_the_address_of_the_installation_no_link_is_broken(kim, vacancy, settings):
    settings.PUBLIC_URL = ""
    soon = invited(kim, vacancy)
    mail.outbox.clear()
    assert remind_invited(system_user()) == 0
    assert (mail.outbox, Invitation.objects.get(pk=soon.pk).digest) == ([], soon.digest)


def test_the_mentor_hears_once_a_week_and_the_head_before_the_verdict(head, vacancy, url):
    mentor = UserFactory(language="ru")
    quiet = running(head, vacancy, days=7, mentor=mentor)
    seen = running(head, vacancy, days=10, mentor=mentor)
    looked = timezone.localdate() - dt.timedelta(days=2)
    actions.write_checkpoint(head, seen, on=looked, marked=Marked(), note="Well")
    running(head, vacancy, days=25)
    mail.outbox.clear()
    assert tell_probations(system_user()) == 2
    weekly, verdict = mail.outbox
    assert (weekly.to, verdict.to) == ([mentor.email], [head.email])
    assert f"/hiring/probation/{quiet.pk}/" in weekly.body
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    mail.outbox.clear()
    tell_probations(system_user(), on=tomorrow)
    assert [one.to for one in mail.outbox if one.to == [mentor.email]] == []


def test_late_offers_expire_and_late_people_are_erased(head, vacancy):
    application = an_application(vacancy, stage="offer")
    text = an_offer_text()
    offer = Offer.objects.create(
        application=application,
        state="sent",
        pay=text.pay,
        sections=dict(text.sections),
        track=text.track,
        motive=text.motive,
        adaptation_risk="x",
        answer_by=timezone.localdate() - dt.timedelta(days=1),
        created_by=head,
    )
    late = a_candidate(keep_until=timezone.localdate() - dt.timedelta(days=1))
    kept = a_candidate()
    assert tasks.keep_hiring.func() == 2
    offer.refresh_from_db()
    assert offer.state == "expired"
    assert Application.objects.get(pk=application.pk).stage == "selected"
    assert list(Candidate.objects.present().filter(pk__in=[late.pk, kept.pk])) == [kept]


def test_a_seller_cannot_do_what_the_clock_does(company):
    with pytest.raises(NotAllowed):
        actions.expire_offers(UserFactory())
    assert remind_invited(UserFactory()) == 0
