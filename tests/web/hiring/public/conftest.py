"""A recruiter, a vacancy, a candidate with his link, and slots of a day."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.actions import SessionText
from kamerton.domain.hiring.models import InterviewSession
from kamerton.domain.hiring.queries import SlotPlan
from tests.factories import UserFactory
from tests.factories.hiring import an_application, an_open_vacancy


@pytest.fixture
def kim(company: Any) -> Any:
    return UserFactory(roles=["recruiter"], full_name="Kim Recruiter")


@pytest.fixture
def vacancy(kim: Any) -> Any:
    return an_open_vacancy(kim)


@pytest.fixture
def linked(kim: Any, vacancy: Any) -> tuple[Any, str]:
    """An application with a form, and the secret of its link."""
    application = an_application(vacancy)
    return application, actions.send_form(kim, application)[1]


@pytest.fixture
def slots(kim: Any, vacancy: Any) -> list[InterviewSession]:
    """Sixteen individual slots of the next Monday."""
    day = timezone.localdate() + dt.timedelta(days=7 - timezone.localdate().weekday())
    like = SessionText("individual", interviewers=(kim,), place="Office 5, Tver")
    return actions.make_sessions(kim, vacancy, plan=SlotPlan(day, day), like=like)


@pytest.fixture
def invited(kim: Any, vacancy: Any) -> tuple[Any, str]:
    """An invitation without a time, and the secret of its link."""
    return actions.invite(kim, an_application(vacancy, stage="passed"))
