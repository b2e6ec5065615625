"""The choice made: chosen after an interview, or refused with a reason and, if wished, a letter."""

import pytest
from django.core import mail

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import (
    Discriminates,
    NoAddress,
    NoSuchWay,
    ReasonMissing,
    VacancyOver,
)
from kamerton.domain.hiring.models import Application
from kamerton.platform.errors import NotAllowed
from tests.factories.hiring import a_candidate, an_application

pytestmark = pytest.mark.django_db


def stage(application):
    return Application.objects.get(pk=application.pk).stage


@pytest.mark.parametrize("seen", ["showed", "tested", "interviewed"])
def test_who_was_seen_is_chosen(kim, vacancy, seen):
    application = an_application(vacancy, stage=seen)
    assert actions.choose(kim, application).stage == "selected"
    steps = list(application.steps.values_list("after", flat=True))
    assert steps[-1] == "selected"


@pytest.mark.parametrize("seen", ["passed", "invited", "refused", "offer"])
def test_who_was_not_seen_is_not_chosen(kim, kam, vacancy, seen):
    application = an_application(vacancy, stage=seen)
    with pytest.raises(NoSuchWay):
        actions.choose(kim, application)
    with pytest.raises(NotAllowed):
        actions.choose(kam, application)
    assert (stage(application), application.steps.count()) == (seen, 0)


def test_a_refusal_keeps_its_reason_and_tells_the_person_if_wished(kim, vacancy):
    quiet, told = (an_application(vacancy, stage="interviewed") for _ in range(2))
    actions.refuse_candidate(kim, quiet, reason="Weak at figures")
    actions.refuse_candidate(kim, told, reason="Weak at figures", letter="Thank you. Not now.")
    assert (stage(quiet), stage(told)) == ("refused", "refused")
    (sent,) = mail.outbox
    assert (sent.to, "Thank you" in sent.body) == ([told.candidate.email], True)
    assert "Weak" not in sent.body
    assert told.letters.get().kind == "refusal"
    assert not quiet.letters.exists()


def test_what_bars_a_refusal_changes_nothing(kim, vacancy):
    mute = an_application(vacancy, stage="interviewed", candidate=a_candidate(email=""))
    with pytest.raises(NoAddress):
        actions.refuse_candidate(kim, mute, reason="No", letter="Thank you")
    with pytest.raises(ReasonMissing):
        actions.refuse_candidate(kim, mute, reason=" ")
    other = an_application(vacancy, stage="interviewed")
    with pytest.raises(Discriminates):
        actions.refuse_candidate(kim, other, reason="No", letter="We want women only")
    vacancy.state = "closed"
    vacancy.save()
    with pytest.raises(VacancyOver):
        actions.refuse_candidate(kim, other, reason="No")
    assert (stage(mute), stage(other), mail.outbox) == ("interviewed", "interviewed", [])
