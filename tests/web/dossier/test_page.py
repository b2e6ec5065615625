"""The dossier as its manager reads it: groups, questions, filters, what to ask."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.dossier import actions
from kamerton.domain.methodology.actions import change_methodology
from kamerton.domain.methodology.queries import current
from kamerton.web.dossier.shown import age_of
from tests.factories import ContactPersonFactory, UserFactory
from tests.factories.dossier import answered

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def address(account, name="dossier", *more):
    return reverse(f"dossier:{name}", args=[account.pk, *more])


def text_of(browse, where, **headers):
    return browse.get(where, **headers).content.decode()


@pytest.mark.req("S4-32", "S4-35")
def test_an_empty_dossier_says_what_is_missing_and_who_may_know(browse, account):
    shown = text_of(browse, address(account))
    assert "Nothing is known yet beyond the card." in shown
    assert "Legal and trade names, registration data" in shown
    assert "May know:" in shown
    assert shown.count("?group=g") >= 13


@pytest.mark.req("S4-32")
def test_an_answer_shows_its_source_its_age_and_who_said_it(browse, account):
    buyer = ContactPersonFactory(client=account, full_name="Olga Lapteva")
    answered(account, "1.3", "Founded in 1998", source_contact=buyer, source_note="at the fair")
    shown = text_of(browse, address(account))
    for words in ("Founded in 1998", "Olga Lapteva", "at the fair", "good until"):
        assert words in shown


def test_what_is_out_of_date_or_assumed_asks_to_be_checked(browse, account):
    answered(account, "1.3", "Founded in 1998", days_ago=500)
    answered(account, "1.5", "Perhaps 200 people", source="assumption")
    shown = text_of(browse, address(account))
    assert "out of date since" in shown
    assert "assumed" in shown
    assert shown.count("Check it") == 2


@pytest.mark.parametrize(
    ("show", "there", "gone"),
    [
        ("stale", "1.3", "1.5"),
        ("assumed", "1.5", "1.3"),
        ("missing", "4.1", "1.3"),
        ("required", "2.1", "1.3"),
    ],
)
def test_a_filter_shows_what_it_names_from_all_groups(browse, account, show, there, gone):
    answered(account, "1.3", "Founded in 1998", days_ago=500)
    answered(account, "1.5", "Perhaps 200 people", source="assumption")
    rows = browse.get(address(account), {"show": show}).context["rows"]
    codes = {one.row.code for one in rows}
    assert there in codes
    assert gone not in codes


def test_the_search_finds_answers_and_sources_by_their_words(browse, account):
    answered(account, "4.1", "Ёжики to Norway")
    found = browse.get(address(account), {"q": "ежики"}, **HTMX)
    assert [one.row.code for one in found.context["rows"]] == ["4.1"]
    assert "<html" not in found.content.decode()
    assert not browse.get(address(account), {"q": "no such words"}).context["rows"]


@pytest.mark.req("S4-40")
def test_for_a_client_in_flow_the_page_says_that_a_dossier_is_kept_at_will(browse, account):
    account.company_key_since = None
    account.save()
    assert "kept at will" in text_of(browse, address(account))


def test_private_facts_are_said_not_to_be_asked(browse, account):
    shown = text_of(browse, f"{address(account)}?group=g12")
    assert "private life, health, family or politics" in shown
    form = text_of(browse, address(account, "answer", "12.1"), **HTMX)
    assert "private life, health, family or politics" in form


def test_the_next_meeting_asks_for_required_gaps_then_for_what_is_old(browse, account):
    answered(account, "2.1", "Valves", days_ago=800)
    shown = browse.get(address(account, "next"), **HTMX)
    places = [one.row.code for one in shown.context["rows"]]
    assert len(places) == 12
    assert "4.1" in places  # required, of weight 3, never answered
    assert "2.1" not in places  # out of date: after what was never answered
    asked = [one.row for one in shown.context["rows"]]
    assert all(row.is_wanted and row.question.weight == 3 for row in asked)
    assert "Questions for Acme" in shown.content.decode()


def test_the_tile_names_the_first_gap(browse, account):
    assert "Nothing is known yet" in text_of(browse, address(account, "tile"), **HTMX)
    answered(account, "1.1", "Acme Ltd")
    shown = text_of(browse, address(account, "tile"), **HTMX)
    assert "No answer:" in shown
    assert "Group of companies, owners, beneficiaries" in shown


@pytest.mark.req("S4-54")
def test_a_tool_switched_off_hides_the_page_and_its_tab(browse, account):
    methodologist = UserFactory(roles=["methodologist"])
    change_methodology(methodologist, note="off", tools={"dossier": False})
    assert browse.get(address(account)).status_code == 404
    assert address(account) not in text_of(browse, reverse("desk:client", args=[account.pk]))


def test_the_tab_leads_here(browse, account):
    assert address(account) in text_of(browse, reverse("desk:client", args=[account.pk]))


def test_who_only_reads_sees_no_button_to_write(as_user, account):
    shown = as_user(UserFactory(roles=["owner"])).get(address(account)).content.decode()
    assert address(account, "answer", "1.1") not in shown
    assert "Legal and trade names" in shown


@pytest.mark.req("S4-53")
def test_a_newer_method_is_offered_and_taken_over(browse, account):
    answered(account, "1.1", "Acme Ltd")
    change_methodology(UserFactory(roles=["methodologist"]), note="more", dossier={"green": 0.8})
    assert "Take over the new version" in text_of(browse, address(account))
    browse.post(address(account, "adopt"))
    account.refresh_from_db()
    assert account.dossier.version == current().version
    assert "Take over the new version" not in text_of(browse, address(account))


def test_a_pack_adds_its_group(browse, account):
    browse.post(address(account, "packs"), {"pack": ["medtech"]})
    shown = text_of(browse, f"{address(account)}?group=medtech")
    assert "Installed equipment and its wear" in shown
    refused = browse.post(address(account, "packs"), {"pack": ["no-such"]})
    assert refused.status_code == 422
    account.dossier.refresh_from_db()
    assert account.dossier.packs == ["medtech"]


def test_a_full_dossier_costs_as_many_queries_as_an_empty_one(browse, manager, account):
    answered(account, "1.1", "Acme Ltd")
    browse.get(f"{address(account)}?group=all")
    costs = []
    for codes in ((), ("1.3", "1.4", "4.1", "4.2", "4.3", "10.2", "10.3", "12.1", "12.2")):
        for code in codes:
            answered(account, code, "Something")
        with CaptureQueriesContext(connection) as statements:
            assert browse.get(f"{address(account)}?group=all").status_code == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]
    assert costs[0] <= 32


def test_history_stands_under_the_question(browse, account):
    answered(account, "1.3", "In 1996", days_ago=40)
    answered(account, "1.3", "In 1998", source="document", source_note="Register")
    shown = text_of(browse, address(account, "history", "1.3"), **HTMX)
    assert shown.index("In 1998") < shown.index("In 1996")
    assert "counts now" in shown


def test_insights_are_written_shown_and_taken_out(browse, manager, account):
    answered(account, "1.3", "In 1998")
    done = browse.post(
        address(account, "insight-add"),
        {"text": "Old and loyal", "based_on": ["1.3"]},
        **HTMX,
    )
    assert done.status_code == 204
    assert "dossier-changed" in done["HX-Trigger"]
    assert "Old and loyal" in text_of(browse, address(account))
    note = account.dossier.insights.get()
    browse.post(address(account, "insight-archive", note.pk), **HTMX)
    assert "Old and loyal" not in text_of(browse, address(account))
    refused = browse.post(address(account, "insight-add"), {"text": "  "}, **HTMX)
    assert refused.status_code == 422
    assert account.dossier.insights.filter(archived_at=None).count() == 0


@pytest.mark.req("S4-34")
def test_a_client_is_asked_its_own_question_and_no_longer(browse, manager, account):
    done = browse.post(
        address(account, "question-add"),
        {"title": "Who repairs the pumps?", "group": "g2", "weight": "3", "ttl_months": "6"},
        **HTMX,
    )
    assert done["HX-Redirect"].endswith("?group=g2")
    own = account.dossier.own_questions.get()
    assert "Who repairs the pumps?" in text_of(browse, f"{address(account)}?group=g2")
    answered(account, own.code, "Their own workshop")
    again = browse.post(
        address(account, "question-add"),
        {"title": "Who repairs the pumps?", "group": "g2", "weight": "3", "ttl_months": "6"},
        **HTMX,
    )
    assert again.status_code == 422
    browse.post(address(account, "question-drop", own.code), **HTMX)
    shown = browse.get(f"{address(account)}?group=g2")
    assert own.code not in [one.row.code for one in shown.context["rows"]]
    assert account.dossier.answers.filter(question=own.code).exists()


def test_a_citation_is_counted_on_the_question(browse, manager, account):
    answered(account, "1.3", "In 1998", days_ago=3)
    use = actions.Use("proposal", "proposal:1", "Offer for valves")
    actions.cite(manager, account, use=use, codes=["1.3"])
    assert "cited 1 time" in text_of(browse, address(account))


def test_the_age_bar_empties_with_time(account):
    made = answered(account, "1.3", "In 1998")
    today = timezone.localdate()
    shares = [age_of(made, today + dt.timedelta(days=days)).share for days in (0, 200, 400, 1000)]
    assert shares == sorted(shares, reverse=True)
    assert [age_of(made, today + dt.timedelta(days=days)).state for days in (0, 400, 1000)] == [
        "ok",
        "warn",
        "bad",
    ]
