"""Who came to a stream is invited to a group: the second round of 5.3."""

import datetime as dt

import pytest

from kamerton.domain.hiring import actions, queries
from kamerton.domain.hiring.actions import NoSuchWay, SessionText
from kamerton.domain.hiring.models import Application
from kamerton.domain.hiring.queries import SlotPlan
from tests.factories.hiring import an_application

pytestmark = pytest.mark.django_db
DAY = dt.date(2100, 11, 22)
SHOWED = Application.WAY.index("showed")


def group(kim, vacancy):
    plan = SlotPlan(DAY, DAY, opens=dt.time(14), closes=dt.time(16), minutes=120)
    (made,) = actions.make_sessions(kim, vacancy, plan=plan, like=SessionText("group", 10))
    return made


def came(vacancy, stage="showed"):
    return an_application(vacancy, stage=stage)


def fresh(application):
    return Application.objects.get(pk=application.pk)


@pytest.mark.req("S0-29", "S0-36")
@pytest.mark.parametrize("stage", ["showed", "tested", "interviewed"])
def test_who_came_is_invited_again_and_stays_counted_and_ranked(kim, vacancy, stage):
    application = came(vacancy, stage)
    _invitation, token = actions.invite(kim, application, session=group(kim, vacancy))
    actions.confirm_place(token)
    assert fresh(application).stage == "confirmed"
    assert fresh(application).reached >= SHOWED
    done = {line.code: line.done for line in queries.funnel(kim, vacancy)}
    assert (done["invited"], done["showed"]) == (1, 1)
    assert [one.application for one in queries.ranking(kim, vacancy)] == [application]


def test_the_second_time_is_checked_in_like_the_first(kim, vacancy):
    session = group(kim, vacancy)
    first, second = came(vacancy), came(vacancy)
    for one, state in ((first, "came"), (second, "no_show")):
        invitation, _token = actions.invite(kim, one, session=session)
        actions.check_in(kim, invitation, state=state)
    assert [fresh(one).stage for one in (first, second)] == ["showed", "no_show"]
    assert [one.application for one in queries.ranking(kim, vacancy)] == [first]


def test_who_was_chosen_is_not_invited_any_more(kim, vacancy):
    application = came(vacancy, "selected")
    with pytest.raises(NoSuchWay):
        actions.invite(kim, application, session=group(kim, vacancy))
    assert fresh(application).stage == "selected"
    assert not application.invitations.exists()
