"""Completeness, quality, states and measures of dossiers; computed, never typed in."""

import dataclasses
import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kamerton.domain.accounts import actions as accounts
from kamerton.domain.dossier import actions, queries
from kamerton.domain.dossier.actions import Use
from kamerton.domain.dossier.models import Dossier, DossierAnswer
from kamerton.domain.dossier.queries.figures import Known, figures
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.actions import change_methodology
from kamerton.domain.methodology.content.dossier import DossierGroup, asked
from kamerton.domain.methodology.content.rules import DossierColours
from kamerton.domain.methodology.content.texts import Text
from kamerton.platform.access.queries import system_user
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.dossier import answered

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)
COLOURS = DossierColours()


def known(source="document", *, age=90, life=360, confidence=1.0, is_applicable=True):
    since = TODAY - dt.timedelta(days=age)
    return Known(source, since, since + dt.timedelta(days=life), confidence, is_applicable)


def group(*questions):
    return (DossierGroup("g1", Text("Г", "G"), questions),)


def question(code, weight, **rest):
    return asked(code, "В", "Q", weight=weight, **rest)


@pytest.mark.req("S4-26")
def test_the_worked_example_of_the_method_as_a_dossier():
    three = group(question("a", 3), question("b", 2), question("c", 1, required=True))
    answers = {
        "a": known(age=90, life=360),
        "b": known("client_said", age=270, life=180, confidence=0.8),
    }
    found = figures(three, answers, on=TODAY, colours=COLOURS)
    assert round(100 * found.completeness, 1) == 83.3
    assert round(100 * found.quality, 1) == 63.3
    assert (found.answered, found.asked, found.stale, found.missing_required) == (2, 3, 1, 1)
    assert found.state == "complete"
    assert found.colour == "warn"


def test_states_go_from_draft_over_work_to_complete_and_stale():
    four = group(*(question(code, 1) for code in "abcd"))
    states = []
    for count, age in ((0, 0), (2, 0), (3, 0), (4, 700)):
        answers = {code: known(age=age) for code in "abcd"[:count]}
        states.append(figures(four, answers, on=TODAY, colours=COLOURS).state)
    assert states == ["draft", "working", "complete", "stale"]


def test_what_does_not_apply_and_what_records_answer_is_not_counted():
    some = group(question("a", 1), question("b", 3), question("c", 3, computed=True, required=True))
    found = figures(
        some, {"a": known(), "b": known(is_applicable=False)}, on=TODAY, colours=COLOURS
    )
    assert (found.asked, found.answered, found.completeness, found.missing_required) == (
        1,
        1,
        1.0,
        0,
    )
    by_hand = figures(some, {"c": known()}, on=TODAY, colours=COLOURS)
    assert (by_hand.asked, by_hand.answered) == (3, 1)


def test_where_nothing_applies_there_is_no_data_and_no_colour():
    found = figures(
        group(question("a", 1)), {"a": known(is_applicable=False)}, on=TODAY, colours=COLOURS
    )
    assert (found.completeness, found.quality, found.freshness, found.colour) == (
        *(None, None, None),
        "mute",
    )


@pytest.mark.req("S4-33")
def test_a_full_card_with_an_empty_dossier_is_nothing_per_cent(manager, client):
    accounts.change_client(
        system_user(),
        client,
        industry="Valves",
        region="Perm",
        deferral_days=45,
        delivery_points=4,
        renown="The largest",
        inn="7707083893",
    )
    ContactPersonFactory(client=client)
    found = queries.quality_of([client.pk])[client.pk]
    assert (found.completeness, found.quality, found.answered, found.state) == (0, 0, 0, "none")


@pytest.mark.req("S4-35", "S2-15")
def test_the_shipped_dossier_asks_thirteen_groups_and_shows_completeness_by_group(manager, client):
    sheet = queries.dossier_sheet(manager, client)
    assert len(sheet.parts) == 13
    assert sum(len(part.rows) for part in sheet.parts) == 87
    answered(client, "2.1")
    answered(client, "3.1")
    parts = {part.group.code: part for part in queries.dossier_sheet(manager, client).parts}
    assert 0 < parts["g2"].figures.completeness < 1
    assert 0 < parts["g3"].figures.completeness < 1
    assert parts["g1"].figures.completeness == 0
    assert (parts["g1"].colour, parts["g2"].colour) == ("mute", "bad")


@pytest.mark.req("S4-26", "S4-37")
def test_the_five_measures_are_each_counted(manager, client):
    first = queries.dossier_sheet(manager, client).measures
    assert (first.filled, first.grouped, first.insights, first.fresh, first.cited) == (
        *(0, (0, 13), 0),
        *(None, 0),
    )
    answered(client, "2.1")
    answered(client, "10.1", days_ago=270)  # lasts 6 months
    actions.add_insight(manager, client, text="They will grow", based_on=["2.1"])
    goal = Use("plan_goal", "goal:5", "Valves to 15 million")
    actions.cite(manager, client, use=goal, codes=["2.1", "10.1"])
    found = queries.dossier_sheet(manager, client).measures
    assert 0 < found.filled < 0.1
    assert found.grouped == (2, 13)
    assert (found.insights, found.cited) == (1, 2)
    assert 0.5 < found.fresh < 1
    actions.cite(manager, client, use=goal, codes=["2.1"])
    assert queries.dossier_sheet(manager, client).measures.cited == 1


@pytest.mark.req("S4-37")
def test_an_answer_tells_where_it_was_cited(manager, client):
    answered(client, "2.1")
    actions.cite(manager, client, use=Use("brief", "activity:3", "Meeting"), codes=["2.1"])
    (row,) = [r for r in queries.dossier_sheet(manager, client).rows if r.code == "2.1"]
    assert row.citations == 1
    (answer,) = queries.history(manager, client, "2.1")
    assert [str(one) for one in answer.citations.all()] == ["Meeting brief: Meeting"]


def test_figures_of_many_cost_as_many_queries_as_of_one(manager):
    clients = [ClientFactory(manager=manager) for _ in range(6)]
    for client in clients[:4]:
        answered(client, "2.1")
        answered(client, "4.1")
        actions.ask_own_question(manager, client, group="g2", title="Who repairs?")
    costs = []
    for some in (clients[:1], clients):
        with CaptureQueriesContext(connection) as statements:
            found = queries.quality_of([client.pk for client in some])
        costs.append(len(statements))
        assert set(found) == {client.pk for client in some}
    assert costs[0] == costs[1] == 4


def test_a_whole_dossier_costs_as_many_queries_as_an_empty_one(manager, client):
    answered(client, "1.1")
    queries.dossier_sheet(manager, client)  # the method is built once a process
    costs = []
    for code in ("", *(f"4.{n}" for n in range(1, 7)), "10.2", "10.3", "12.1"):
        if code:
            answered(client, code)
        with CaptureQueriesContext(connection) as statements:
            queries.dossier_sheet(manager, client)
        costs.append(len(statements))
    assert len(set(costs)) == 1
    assert costs[0] <= 14


@pytest.mark.req("S4-40")
def test_a_dossier_is_required_of_key_clients_only(manager, client):
    assert queries.dossier_sheet(manager, client).is_required
    flow = ClientFactory(manager=manager)
    assert not queries.dossier_sheet(manager, flow).is_required
    assert answered(flow, "2.1").is_current  # kept at will all the same


@pytest.mark.req("S4-53")
def test_a_dossier_keeps_its_version_of_the_method_until_it_takes_the_new_one(manager, client):
    made = answered(client, "2.1")
    method = methodology.current()
    groups = list(method.dossier_groups)
    first = groups[0]
    groups[0] = dataclasses.replace(
        first, questions=(*first.questions, asked("1.9", "Новый вопрос", "New question"))
    )
    methodologist = UserFactory(roles=["methodologist"])
    plain = [dataclasses.asdict(one) for one in groups]
    change_methodology(methodologist, note="one more", dossier_groups=plain)
    sheet = queries.dossier_sheet(manager, client)
    assert (len(sheet.rows), sheet.is_behind) == (87, True)
    actions.adopt_method(manager, client)
    sheet = queries.dossier_sheet(manager, client)
    assert (len(sheet.rows), sheet.is_behind) == (88, False)
    made.refresh_from_db()
    assert made.version < Dossier.objects.get().version
    with pytest.raises(actions.UpToDate):
        actions.adopt_method(manager, client)


@pytest.mark.req("S4-52")
def test_nothing_stored_holds_a_percentage_that_a_person_could_type():
    for model in (Dossier, DossierAnswer):
        names = {field.name for field in model._meta.get_fields()}
        assert not names & {"completeness", "quality", "progress", "percent"}


def test_an_old_answer_is_stale_and_a_fresh_one_is_not(client):
    made = answered(client, "2.1")
    assert not made.is_stale(timezone.localdate())
    assert made.is_stale(made.expires_on + dt.timedelta(days=1))
