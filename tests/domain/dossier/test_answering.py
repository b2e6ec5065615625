"""Answers come with a source; what was said before stays; two people lose nothing."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from kamerton.domain.dossier import queries
from kamerton.domain.dossier.actions import (
    AnsweredMeanwhile,
    NothingWritten,
    NotTheirPerson,
    Said,
    SourceMissing,
    SourceToCome,
    ToolOff,
    UnknownQuestion,
    answer_question,
    pass_over_question,
    withdraw_answer,
)
from kamerton.domain.dossier.models import Dossier, DossierAnswer
from kamerton.domain.dossier.models.values import ValueInvalid
from kamerton.domain.methodology.actions import change_methodology
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.dossier import answered

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def nothing_written():
    return not DossierAnswer.objects.exists() and not Dossier.objects.exists()


@pytest.mark.req("S4-32", "S4-52")
def test_an_answer_keeps_who_said_it_when_and_how_far_it_is_believed(manager, client):
    buyer = ContactPersonFactory(client=client, full_name="Olga Lapteva")
    day = TODAY() - dt.timedelta(days=10)
    said = Said("Valves to plants", "client_said", day, buyer, "talk at the fair")
    made = answer_question(manager, client, "2.1", said=said)
    made.refresh_from_db()
    assert (made.text, made.source, made.source_contact) == (
        "Valves to plants",
        "client_said",
        buyer,
    )
    assert (made.source_on, made.source_note) == (day, "talk at the fair")
    assert (made.confidence, made.author, made.is_current) == (0.8, manager, True)
    assert made.expires_on.month == day.month
    assert made.expires_on.year == day.year + 1
    assert made.version == made.dossier.version


@pytest.mark.parametrize(
    ("source", "confidence"),
    [
        ("document", 1.0),
        ("client_said", 0.8),
        ("public", 0.8),
        ("observed", 0.6),
        ("third_party", 0.5),
        ("assumption", 0.3),
    ],
)
def test_the_source_decides_how_far_an_answer_is_believed(client, source, confidence):
    assert answered(client, "1.3", source=source).confidence == confidence


def test_a_question_that_ages_sooner_expires_sooner(client):
    made = answered(client, "4.4")  # three months
    assert 85 <= (made.expires_on - made.source_on).days <= 93


@pytest.mark.req("S4-32")
def test_a_newer_answer_sets_the_older_aside_and_loses_nothing(manager, client):
    first = answered(client, "2.1", "Valves")
    second = answered(client, "2.1", "Valves and pumps")
    first.refresh_from_db()
    assert (first.is_current, first.text) == (False, "Valves")
    assert second.supersedes == first
    assert [one.text for one in queries.history(manager, client, "2.1")] == [
        "Valves and pumps",
        "Valves",
    ]
    entry = AuditEntry.objects.filter(action="dossier.question_answered").latest("pk")
    assert entry.before["answer"] == "Valves"
    assert entry.after["answer"] == "Valves and pumps"


def test_the_database_itself_refuses_two_answers_at_once(client):
    made = answered(client, "2.1")
    twin = DossierAnswer.objects.get(pk=made.pk)
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_who_saw_an_older_answer_is_told_and_nothing_is_written(manager, client):
    seen = answered(client, "2.1", "Valves")
    theirs = answered(client, "2.1", "Pumps")
    before = DossierAnswer.objects.count()
    with pytest.raises(AnsweredMeanwhile) as refused:
        answer_question(manager, client, "2.1", said=Said("Taps", "document"), expected=seen.pk)
    assert refused.value.theirs == theirs
    assert "Pumps" in str(refused.value)
    assert refused.value.status == 409
    assert DossierAnswer.objects.count() == before
    answer_question(manager, client, "2.1", said=Said("Taps", "document"), expected=theirs.pk)
    assert queries.answer_of(manager, client, "2.1").text == "Taps"


def test_who_saw_no_answer_is_told_of_one(manager, client):
    answered(client, "2.1", "Valves")
    with pytest.raises(AnsweredMeanwhile):
        answer_question(manager, client, "2.1", said=Said("Taps", "document"), expected=0)
    assert queries.answer_of(manager, client, "2.1").text == "Valves"


def test_a_question_that_does_not_concern_the_client_says_why_and_is_not_counted(manager, client):
    before = queries.quality_of([client.pk])[client.pk]
    made = pass_over_question(manager, client, "6.5", reason="One owner decides everything")
    assert (made.is_applicable, made.text) == (False, "One owner decides everything")
    after = queries.quality_of([client.pk])[client.pk]
    assert after.asked == before.asked - 1
    assert after.answered == 0
    with pytest.raises(NothingWritten):
        pass_over_question(manager, client, "6.6", reason="  ")
    assert queries.answer_of(manager, client, "6.6") is None


def test_an_answer_taken_back_leaves_the_question_open(manager, client):
    answered(client, "2.1")
    withdraw_answer(manager, client, "2.1", reason="It was about another plant")
    assert queries.answer_of(manager, client, "2.1") is None
    (kept,) = queries.history(manager, client, "2.1")
    assert kept.withdrawn_at is not None
    assert queries.quality_of([client.pk])[client.pk].answered == 0


def test_nobody_writes_in_a_dossier_that_is_not_his(client):
    for stranger in (
        UserFactory(),
        UserFactory(roles=["owner"]),
        UserFactory(roles=["assistant"], supervisor=client.manager),
        UserFactory(roles=["finance"]),
    ):
        with pytest.raises(NotAllowed):
            answer_question(stranger, client, "2.1", said=Said("X", "document"))
    assert nothing_written()


def test_an_answer_without_a_source_of_a_day_to_come_or_by_a_stranger_is_refused(manager, client):
    elsewhere = ContactPersonFactory(client=ClientFactory())
    tomorrow = TODAY() + dt.timedelta(days=1)
    for wrong, error in (
        (Said("X", ""), SourceMissing),
        (Said("X", "rumour"), SourceMissing),
        (Said("X", "document", dt.date(1900, 1, 1)), SourceMissing),
        (Said("X", "document", tomorrow), SourceToCome),
        (Said("X", "client_said", None, elsewhere), NotTheirPerson),
        (Said("   ", "document"), ValueInvalid),
    ):
        with pytest.raises(error):
            answer_question(manager, client, "2.1", said=wrong)
    with pytest.raises(UnknownQuestion):
        answer_question(manager, client, "99.9", said=Said("X", "document"))
    assert nothing_written()


@pytest.mark.req("S4-54")
def test_a_tool_switched_off_takes_no_answers(manager, client):
    methodologist = UserFactory(roles=["methodologist"])
    change_methodology(methodologist, note="off", tools={"dossier": False})
    with pytest.raises(ToolOff):
        answered(client, "2.1")
    assert nothing_written()
