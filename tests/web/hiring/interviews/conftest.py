"""A recruiter, a head, a manager who assesses, an open vacancy with slots."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, InterviewSession, Invitation, Vacancy
from kamerton.platform.access.models import User
from tests.factories import UserFactory
from tests.factories.hiring import a_candidate, an_application, an_open_vacancy


@pytest.fixture
def head(company: Any) -> User:
    owner = UserFactory(roles=["owner"], full_name="Owen Hill")
    return UserFactory(roles=["head_of_sales"], full_name="Hugh Head", supervisor=owner)


@pytest.fixture
def kim(company: Any) -> User:
    return UserFactory(roles=["recruiter"], full_name="Kim Recruiter")


@pytest.fixture
def kay(head: User) -> User:
    return UserFactory(full_name="Kay Kam", supervisor=head)


@pytest.fixture
def bob(head: User) -> User:
    return UserFactory(full_name="Bob Kam", supervisor=head)


@pytest.fixture
def vacancy(kim: User) -> Vacancy:
    return an_open_vacancy(kim)


@pytest.fixture
def slot(kim: User, vacancy: Vacancy) -> Callable[..., InterviewSession]:
    """Make a slot that begins in so many hours, held by the recruiter."""

    def do(hours: float = 2, **fields: Any) -> InterviewSession:
        start = timezone.now() + dt.timedelta(hours=hours)
        values = {
            "vacancy": vacancy,
            "kind": "stream",
            "starts_at": start,
            "ends_at": start + dt.timedelta(minutes=30),
            "allowed": 3,
            "place": "Room 5",
            "created_by": kim,
        }
        made = InterviewSession.objects.create(**(values | fields))
        made.interviewers.set([kim])
        return made

    return do


@pytest.fixture
def passed(vacancy: Vacancy) -> Callable[..., Application]:
    """Put somebody down who passed the form."""

    def do(name: str = "Ann Orlova", **fields: Any) -> Application:
        candidate = a_candidate(full_name=name, **fields.pop("person", {}))
        return an_application(vacancy, stage="passed", candidate=candidate, **fields)

    return do


@pytest.fixture
def invited(
    kim: User, slot: Callable[..., InterviewSession], passed: Callable[..., Application]
) -> Callable[..., Invitation]:
    """Invite somebody new to a slot, past or to come, and check him in if a state is given."""

    def do(where: InterviewSession | None = None, state: str = "", name: str = "") -> Invitation:
        there = where or slot()
        real = (there.starts_at, there.ends_at)
        ahead = timezone.now() + dt.timedelta(days=1)
        InterviewSession.objects.filter(pk=there.pk).update(
            starts_at=ahead, ends_at=ahead + dt.timedelta(hours=1)
        )
        person = passed(name or f"Ann Orlova{Application.objects.count()}")
        made, _token = actions.invite(kim, person, session=there)
        InterviewSession.objects.filter(pk=there.pk).update(starts_at=real[0], ends_at=real[1])
        if state:
            actions.check_in(kim, made, state=state)
        return Invitation.objects.get(pk=made.pk)

    return do
