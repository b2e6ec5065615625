"""A candidate takes the consent back by his link: he is out, his place is free, figures stay."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import LinkDead, SessionText, WorksHere
from kamerton.domain.hiring.models import Application, Candidate, Invitation
from kamerton.domain.hiring.queries import SlotPlan
from kamerton.platform.audit.models import AuditEntry
from tests.factories.hiring import POLICY, a_candidate, an_application

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(kim, kam, vacancy):
    day = timezone.localdate() + dt.timedelta(days=7 - timezone.localdate().weekday())
    like = SessionText("individual", interviewers=(kam,))
    return actions.make_sessions(kim, vacancy, plan=SlotPlan(day, day), like=like)[0]


@pytest.mark.req("S0-28")
def test_by_the_link_of_the_form_the_person_is_erased_and_out_of_the_contest(kim, vacancy):
    application = an_application(vacancy)
    _form, token = actions.send_form(kim, application)
    actions.give_consent(token, policy_version=POLICY)
    actions.save_draft(token, answers={"experience": "5"})
    gone = actions.take_consent_back(token)
    application.refresh_from_db()
    assert gone.is_erased and gone.full_name == "" and gone.phone == ""
    assert (application.stage, application.form.draft) == ("withdrawn", {})
    assert not gone.consents.filter(withdrawn_at=None).exists()
    assert token not in "".join(f"{one.before}{one.after}" for one in AuditEntry.objects.all())
    with pytest.raises(LinkDead):
        actions.take_consent_back(token)


def test_by_the_link_of_an_invitation_his_place_is_free_again(kim, vacancy, slot):
    first, second = (an_application(vacancy, stage="passed") for _ in range(2))
    _invitation, token = actions.invite(kim, first, session=slot)
    _other, his = actions.invite(kim, second)
    free = queries.free_sessions(queries.invitation_by_token(his))
    assert slot not in free
    actions.take_consent_back(token)
    assert Invitation.objects.get(application=first).state == "cancelled"
    assert slot in free.all()


def test_who_works_here_is_not_erased_by_a_link(kim, vacancy):
    application = an_application(vacancy)
    _form, token = actions.send_form(kim, application)
    Application.objects.filter(pk=application.pk).update(stage="accepted")
    with pytest.raises(WorksHere):
        actions.take_consent_back(token)
    person = Candidate.objects.get(pk=application.candidate_id)
    assert person.full_name and person.erased_at is None


def test_an_unknown_link_erases_nobody(vacancy):
    a_candidate()
    with pytest.raises(LinkDead):
        actions.take_consent_back("x" * 43)
    assert not Candidate.objects.filter(erased_at__isnull=False).exists()
