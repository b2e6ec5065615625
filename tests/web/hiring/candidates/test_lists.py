"""The list and the board of candidates: what is found, what is moved, at what cost."""

import pytest
from django.urls import reverse

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, Source, StageChange
from kamerton.platform.audit.models import AuditEntry
from tests.factories.hiring import a_candidate, an_application, an_open_vacancy

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def text(response):
    return response.content.decode()


def test_the_list_is_narrowed_and_shows_no_contacts(browse, vacancy):
    site = Source.objects.create(name="hh.ru", kind="job_site")
    words = {"searched": "anna orlova truba 79161234567"}
    anna = a_candidate(full_name="Anna Orlova", employer="Truba", phone="+79161234567", **words)
    an_application(vacancy, candidate=anna, stage="passed", tier="T1", source=site)
    a_candidate(full_name="Boris Sokolov")
    page = text(browse.get(reverse("hiring:candidates")))
    assert "Anna Orlova" in page
    assert "Boris Sokolov" in page
    assert "79161234567" not in page
    for asked in (
        {"search": "truba"},
        {"vacancy": vacancy.pk},
        {"stage": "open"},
        {"tier": "T1"},
        {"source": site.pk},
        {"search": "8 (916) 123-45-67"},
    ):
        page = text(browse.get(reverse("hiring:candidates"), asked))
        assert "Anna Orlova" in page, asked
        assert "Boris Sokolov" not in page, asked


@pytest.mark.parametrize(
    "asked",
    [
        {"vacancy": "99999999999999999999"},
        {"stage": "nonsense", "tier": "T9", "sort": "phone"},
        {"search": "\x00%_\\"},
        {"page": "x", "source": "-1"},
    ],
)
def test_a_spoilt_address_is_as_good_as_none(browse, asked):
    a_candidate(full_name="Anna Orlova")
    assert browse.get(reverse("hiring:candidates"), asked).status_code == 200
    assert browse.get(reverse("hiring:candidates-table"), asked).status_code == 200


def test_an_empty_base_says_how_it_is_filled(browse, vacancy):
    page = text(browse.get(reverse("hiring:candidates")))
    assert reverse("hiring:import", args=[vacancy.pk]) in page
    page = text(browse.get(reverse("hiring:candidates"), {"search": "nobody"}))
    assert "Nobody fits these filters" in page


def test_the_table_leaves_the_house_without_contacts(browse, vacancy):
    an_application(vacancy, candidate=a_candidate(full_name="=Anna", phone="+79161234567"))
    sheet = browse.get(reverse("hiring:candidates-table"), {"format": "csv"})
    told = b"".join(sheet.streaming_content).decode()
    assert "'=Anna" in told
    assert "79161234567" not in told


@pytest.mark.parametrize("name", ["candidates", "board", "calls", "reserve"])
def test_a_page_costs_the_same_for_many_as_for_few(
    browse, vacancy, name, django_assert_max_num_queries
):
    args = [vacancy.pk] if name == "board" else []
    for one in range(30):
        person = a_candidate(employer=f"Company {one}")
        stage = "reserve" if one % 3 == 0 else "sourced"
        an_application(vacancy, candidate=person, stage=stage)
        if stage == "reserve":
            person.consents.create(
                purpose="reserve",
                policy_version="1",
                given_at=person.created_at,
                until=person.keep_until,
            )
    browse.get(reverse(f"hiring:{name}", args=args))
    with django_assert_max_num_queries({"calls": 32}.get(name, 24)):
        assert browse.get(reverse(f"hiring:{name}", args=args)).status_code == 200


@pytest.mark.req("S0-25")
def test_the_board_counts_each_stage_and_shows_the_first_cards(browse, vacancy):
    for _one in range(15):
        an_application(vacancy)
    an_application(vacancy, stage="refused")
    page = text(browse.get(reverse("hiring:board", args=[vacancy.pk])))
    assert "15 of 16 are in the contest." in page
    assert page.count("data-move=") == 9
    assert "and 6 more" in page
    assert f"?vacancy={vacancy.pk}&amp;stage=refused" in page


def test_a_card_dropped_on_a_stage_moves_there(browse, vacancy):
    one = an_application(vacancy)
    answer = browse.post(
        reverse("hiring:move", args=[one.pk]), {"to": "contacted", "on": "board"}, headers=HTMX
    )
    assert answer["HX-Retarget"] == "#board"
    assert "is now at" in text(answer)
    one.refresh_from_db()
    assert one.stage == "contacted"


def test_leaving_asks_for_the_reason_first(browse, vacancy):
    one = an_application(vacancy)
    address = reverse("hiring:move", args=[one.pk])
    asks = browse.post(address, {"to": "reserve", "on": "board"}, headers=HTMX)
    assert asks["HX-Retarget"] == "#dialog-content"
    assert 'value="reserve"' in text(asks)
    assert not StageChange.objects.exists()
    empty = browse.post(address, {"to": "reserve", "on": "board", "reason": " "}, headers=HTMX)
    assert empty.status_code == 422
    assert not StageChange.objects.exists()
    browse.post(address, {"to": "reserve", "on": "board", "reason": "Next spring"}, headers=HTMX)
    one.refresh_from_db()
    assert (one.stage, one.exit_reason) == ("reserve", "Next spring")
    back = browse.post(address, {"to": "contacted", "reason": "Wants to again"}, headers=HTMX)
    assert back["HX-Redirect"] == reverse("hiring:candidate", args=[one.pk])
    one.refresh_from_db()
    assert one.stage == "contacted"


@pytest.mark.parametrize("to", ["hired", "invited", "nonsense", ""])
def test_a_stage_that_is_not_set_by_hand_is_refused(browse, vacancy, to):
    one = an_application(vacancy)
    answer = browse.post(reverse("hiring:move", args=[one.pk]), {"to": to}, headers=HTMX)
    assert answer.status_code == 422
    one.refresh_from_db()
    assert one.stage == "sourced"


@pytest.mark.req("S0-19")
def test_a_stop_listed_person_is_not_chosen_by_drag(browse, kim, vacancy):
    actions.stop_company(kim, name="Kickback LLC", reason="Kickbacks")
    person = a_candidate(employer="Kickback LLC")
    one = an_application(vacancy, candidate=person, stage="interviewed")
    answer = browse.post(
        reverse("hiring:move", args=[one.pk]), {"to": "selected", "on": "board"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "on the stop list" in text(answer)
    one.refresh_from_db()
    assert one.stage == "interviewed"


def test_a_borderline_form_is_let_pass_by_the_head_alone(as_user, kim, head, vacancy):
    one = an_application(vacancy, stage="form_done", cautions=["years"])
    address = reverse("hiring:move", args=[one.pk])
    assert as_user(kim).post(address, {"to": "passed"}, headers=HTMX).status_code == 422
    one.refresh_from_db()
    assert one.stage == "form_done"
    as_user(head).post(address, {"to": "passed"}, headers=HTMX)
    one.refresh_from_db()
    assert one.stage == "passed"


def test_the_board_of_a_closed_vacancy_moves_nobody(browse, vacancy):
    one = an_application(vacancy)
    type(vacancy).objects.filter(pk=vacancy.pk).update(state="closed")
    assert "data-move" not in text(browse.get(reverse("hiring:board", args=[vacancy.pk])))
    moved = browse.post(reverse("hiring:move", args=[one.pk]), {"to": "contacted"}, headers=HTMX)
    assert moved.status_code == 422
    assert Application.objects.get().stage == "sourced"


def test_the_list_leaves_no_trace_of_a_view(browse, vacancy):
    an_application(vacancy)
    before = AuditEntry.objects.count()
    browse.get(reverse("hiring:candidates"))
    browse.get(reverse("hiring:board", args=[vacancy.pk]))
    assert AuditEntry.objects.count() == before


def test_another_vacancy_has_its_own_board(browse, kim, vacancy):
    other = an_open_vacancy(kim)
    an_application(other, candidate=a_candidate(full_name="Anna Orlova"))
    assert "Anna Orlova" not in text(browse.get(reverse("hiring:board", args=[vacancy.pk])))
    assert "Nobody is looked at" in text(browse.get(reverse("hiring:board", args=[vacancy.pk])))
