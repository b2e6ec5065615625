"""Lines between members, and the contact matrix."""

import datetime as dt

import pytest

from kamerton.domain.buying_centre import actions, queries
from kamerton.domain.buying_centre.models import Line, MatrixCell
from kamerton.platform.errors import NotAllowed, Stale
from tests.factories import ClientFactory, UserFactory
from tests.factories.buying_centre import met, opened, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return UserFactory(full_name="Ann Bell")


@pytest.fixture
def centre(ann):
    return opened(ClientFactory(manager=ann))


@pytest.fixture
def pair(centre):
    return seated(centre, "One"), seated(centre, "Other")


def test_a_line_is_drawn_once_and_erased(ann, centre, pair):
    one, other = pair
    line = actions.draw_line(ann, centre, kind="influence", ends=(one, other), assumed=False)
    again = actions.draw_line(ann, centre, kind="influence", ends=(one, other), note="prices")
    assert (again.pk, again.note, again.assumed) == (line.pk, "prices", True)
    back = actions.draw_line(ann, centre, kind="influence", ends=(other, one))
    assert back.pk != line.pk
    actions.erase_line(ann, line)
    assert list(Line.objects.all()) == [back]


def test_a_conflict_has_no_direction(ann, centre, pair):
    one, other = pair
    first = actions.draw_line(ann, centre, kind="conflict", ends=(other, one), note="papers")
    second = actions.draw_line(ann, centre, kind="conflict", ends=(one, other), note="price")
    assert (first.pk, second.note) == (second.pk, "price")
    assert (first.source, first.target) == (one, other)


def test_a_line_joins_two_of_this_centre(ann, centre, pair):
    one, other = pair
    stranger = seated(opened(ClientFactory(manager=ann)), "Stranger")
    with pytest.raises(actions.DoesNotFit):
        actions.draw_line(ann, centre, kind="influence", ends=(one, one))
    with pytest.raises(actions.DoesNotFit):
        actions.draw_line(ann, centre, kind="love", ends=(one, other))
    with pytest.raises(actions.NotOfCentre):
        actions.draw_line(ann, centre, kind="influence", ends=(one, stranger))
    with pytest.raises(NotAllowed):
        actions.draw_line(UserFactory(), centre, kind="influence", ends=(one, other))
    assert not Line.objects.exists()


@pytest.mark.req("S4-28")
def test_a_cell_says_who_works_with_whom_and_how(ann, centre, pair):
    one, _other = pair
    logistics = UserFactory(full_name="Lena Logistics")
    cell = actions.write_cell(
        ann,
        one,
        colleague=logistics,
        expected=0,
        goal="Zero acceptance remarks",
        role="Single contact on deliveries",
        obligations="Reply in 2 h",
        plan="Call weekly, audit quarterly",
        channel="phone",
        frequency_days=7,
    )
    assert (cell.revision, cell.frequency_days) == (1, 7)
    with pytest.raises(Stale):
        actions.write_cell(ann, one, colleague=logistics, expected=0, goal="Mine")
    changed = actions.write_cell(ann, one, colleague=logistics, expected=1, goal="No remarks")
    assert (changed.goal, changed.revision, changed.role) == (
        "No remarks",
        2,
        "Single contact on deliveries",
    )
    actions.erase_cell(ann, changed)
    assert not MatrixCell.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"channel": "pigeon"}, {"frequency_days": 0}, {"goal": " "}, {"goal": "x" * 501}]
)
def test_a_cell_that_does_not_fit_is_refused(ann, pair, wrong):
    with pytest.raises(actions.DoesNotFit):
        actions.write_cell(ann, pair[0], colleague=ann, **wrong)
    assert not MatrixCell.objects.exists()


def test_who_does_not_work_here_holds_no_contact(ann, pair):
    gone = UserFactory(is_active=False)
    with pytest.raises(actions.DoesNotFit):
        actions.write_cell(ann, pair[0], colleague=gone, goal="x")
    assert not MatrixCell.objects.exists()


@pytest.mark.req("S4-28", "S4-52")
def test_a_frequency_is_breached_by_what_took_place(ann, centre, pair):
    one, other = pair
    for member in pair:
        actions.write_cell(ann, member, colleague=ann, goal="Keep up", frequency_days=14)
    MatrixCell.objects.update(created_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    met(ann, one.contact, days_ago=20)
    met(ann, other.contact, days_ago=14)
    shown = queries.picture(ann, centre)
    cells = {seat.member.pk: row[0] for seat, row in shown.matrix()}
    assert (cells[one.pk].days_late, cells[other.pk].days_late) == (6, 0)
    assert cells[one.pk].is_breached
    assert cells[one.pk].pair.contacts == 1
