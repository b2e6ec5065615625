"""A role proposes its line of work as tasks; what is ticked is planned with the person."""

import pytest

from kamerton.domain.activities.actions import AlreadyPlanned
from kamerton.domain.activities.models import Activity
from kamerton.domain.buying_centre import queries
from kamerton.flows.propose_line_of_work import NothingChosen, lines_of_work, plan_line_of_work
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory
from tests.factories.buying_centre import opened, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return UserFactory()


@pytest.fixture
def member(ann):
    return seated(opened(ClientFactory(manager=ann)), "Olga", roles=["technical", "user"])


@pytest.mark.req("S4-43", "S4-44")
def test_a_role_proposes_tasks_and_the_ticked_ones_become_next_steps(ann, member):
    lines = {line.role.code: line for line in lines_of_work(ann, member)}
    assert set(lines) == {"technical", "user"}
    proposals = lines["technical"].proposals
    assert len(proposals) >= 3
    assert all(proposal.is_open and proposal.text for proposal in proposals)
    chosen = [proposals[0].origin, proposals[2].origin]
    planned = plan_line_of_work(ann, member, chosen=chosen)
    assert [one.origin for one in planned] == chosen
    assert all(list(one.people.all()) == [member.contact] for one in planned)
    assert queries.seat(ann, member).next_step == planned[0]
    again = {line.role.code: line for line in lines_of_work(ann, member)}["technical"].proposals
    assert [proposal.is_open for proposal in again][:3] == [False, True, False]


@pytest.mark.req("S4-52")
def test_what_was_done_is_ticked_by_the_record(ann, member):
    origin = lines_of_work(ann, member)[0].proposals[0].origin
    plan_line_of_work(ann, member, chosen=[origin])
    Activity.objects.update(state="done", done_at="2026-01-01T00:00Z")
    line = lines_of_work(ann, member)[0]
    assert (line.done, line.proposals[0].is_open) == (1, False)


def test_nothing_is_planned_twice_or_by_a_stranger(ann, member):
    origin = lines_of_work(ann, member)[0].proposals[0].origin
    other = lines_of_work(ann, member)[0].proposals[1].origin
    plan_line_of_work(ann, member, chosen=[origin])
    with pytest.raises(AlreadyPlanned):
        plan_line_of_work(ann, member, chosen=[other, origin])
    with pytest.raises(NothingChosen):
        plan_line_of_work(ann, member, chosen=[])
    with pytest.raises(NothingChosen):
        plan_line_of_work(ann, member, chosen=["member:1:decider:0"])
    with pytest.raises(NotAllowed):
        plan_line_of_work(UserFactory(), member, chosen=[other])
    assert Activity.objects.count() == 1
