"""The table of a centre as a file, and back: nothing is lost."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kamerton.domain.accounts.actions import OverExportLimit
from kamerton.domain.buying_centre import actions
from kamerton.domain.buying_centre.actions import Known
from kamerton.domain.buying_centre.models import Line, MatrixCell, Member
from kamerton.flows.exchange_centre import export_centre
from kamerton.flows.exchange_centre.matrix import PARTS
from kamerton.platform.access.roles import EXPORT_LIMIT
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import ClientFactory, UserFactory
from tests.factories.buying_centre import nine_people, opened, seated

pytestmark = pytest.mark.django_db
FIELDS = (
    "affiliation", "roles", "influence", "attitude", "response_mode", "results", "wins", "rival",
    "rival_name", "sources", "left_on",
)  # fmt: skip


@pytest.fixture
def ann():
    return UserFactory(full_name="Ann Bell")


@pytest.fixture
def filled(ann):
    """Nine people with everything that is written of them."""
    client = ClientFactory(manager=ann)
    made = nine_people(client)
    laptev = made["Laptev Andrey"]
    actions.change_member(
        ann,
        laptev,
        results="=No failures; no claims",
        wins="Peace\nat night",
        response_mode="trouble",
        rival=2,
        rival_name="Plant",
        known=Known("observed"),
    )
    actions.mark_left(ann, made["Ershov Denis"])
    bob = UserFactory(full_name="Bob | Stone", supervisor=ann)
    words = {"goal": 'Trust: "no" | yes; quickly', "plan": "Visit", "channel": "phone"}
    actions.write_cell(ann, laptev, colleague=ann, frequency_days=14, **words)
    actions.write_cell(ann, laptev, colleague=bob, role="Engineer")
    actions.place_members(ann, laptev.centre, places={laptev.pk: (120.5, -40)})
    return made["Kim Anton"].centre


def download(web, centre, **query):
    address = reverse("buying_centre:export", args=[centre.client_id, centre.pk], query=query)
    answer = web.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def send(web, centre, name, data):
    address = reverse("buying_centre:import", args=[centre.client_id, centre.pk])
    return web.post(address, {"file": SimpleUploadedFile(name, data)})


def bring(web, centre, name, data):
    """Send a file and say yes to the preview."""
    shown = send(web, centre, name, data)
    assert shown.status_code == 200, shown.content.decode()
    kept = shown.context["kept"]
    address = reverse("buying_centre:import", args=[centre.client_id, centre.pk])
    return shown.context["compared"], web.post(address, {"rows": kept})


def written(centre):
    """All that is written of a centre, by names."""
    members = Member.objects.filter(centre=centre).select_related("contact", "reports_to__contact")
    people = {
        str(m): [getattr(m, field) for field in FIELDS]
        + [str(m.reports_to or ""), m.contact.position, m.contact.organisation]
        for m in members
    }
    lines = {
        (line.kind, str(line.source), str(line.target))
        if line.kind == "influence"
        else (line.kind, *sorted((str(line.source), str(line.target))))
        for line in Line.objects.filter(centre=centre)
    }
    cells = {
        (str(cell.member), str(cell.user)): [getattr(cell, name) for name in PARTS]
        for cell in MatrixCell.objects.filter(member__centre=centre)
    }
    places = {str(m): (m.x, m.y) for m in members}
    return people, lines, cells, places


@pytest.mark.req("S4-55", "S4-41")
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_round_trip_loses_nothing(as_user, ann, filled, kind, language, settings):
    web = as_user(ann)
    web.cookies["django_language"] = language
    data = download(web, filled, format=kind)
    empty = opened(ClientFactory(manager=ann))
    compared, answer = bring(web, empty, f"table.{kind}", data)
    assert {one.verdict for one in compared} == {"new"}
    assert answer.status_code == 302
    assert written(empty) == written(filled)
    again, _answer = bring(web, filled, f"table.{kind}", data)
    assert {one.verdict for one in again} == {"same"}


@pytest.mark.req("S4-41")
def test_the_file_has_the_columns_of_the_method(ann, filled):
    columns, rows = export_centre(ann, filled)
    heads = [str(column.title) for column in columns]
    assert {"Full name", "Roles", "Influence, 1–5", "Line of work", "Next step"} <= set(heads)
    assert len(rows) == 9
    assert AuditEntry.objects.filter(action="buying_centre.exported").count() == 1


def test_no_more_people_leave_than_the_role_allows(ann, filled):
    for number in range(EXPORT_LIMIT["kam"] - 8):
        seated(filled, f"Person {number}")
    with pytest.raises(OverExportLimit):
        export_centre(ann, filled)
    with pytest.raises(NotAllowed):
        export_centre(UserFactory(roles=["methodologist"]), filled)
    assert not AuditEntry.objects.filter(action="buying_centre.exported").exists()


def test_xlsx_has_no_formula(as_user, ann, filled):
    book = CalamineWorkbook.from_filelike(io.BytesIO(download(as_user(ann), filled)))
    cells = [cell for row in book.get_sheet_by_index(0).to_python() for cell in row]
    assert "=No failures; no claims" in cells  # as text


def test_what_is_changed_in_the_file_is_changed_and_the_rest_stays(as_user, ann, filled):
    lines = "Full name,Roles,Attitude\nKim Anton,User; Coach,\nOlga New,Buyer,\n"
    heads = lines.replace("Attitude", "Attitude, −2…+2").replace(
        "Roles,Attitude, −2…+2", 'Roles,"Attitude, −2…+2"'
    )
    compared, answer = bring(as_user(ann), filled, "t.csv", heads.encode())
    assert [one.verdict for one in compared] == ["changed", "new"]
    assert answer.status_code == 302
    kim = Member.objects.get(contact__full_name="Kim Anton", centre=filled)
    assert (kim.roles, kim.attitude, str(kim.reports_to)) == (
        ["user", "coach"],
        1,
        "Kravtsov Sergey",
    )
    assert Member.objects.filter(centre=filled).count() == 10


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Olga,Astronaut,3", "there is no role “Astronaut”"),
        ("Olga,User,9", "must be a number from 1 to 5"),
        ("Olga,,3", "somebody new needs a role"),
        ("Olga,User,3,Nobody|Trust", "nobody of ours is called “Nobody”"),
        ("Olga,User,3,Ann Bell|Trust||||fax", "“fax” is none of the choices"),
        ("Olga,User,3,Ann Bell|Trust|||||0", "must be a number from 1 to 999"),
        ("Olga,User,3,,here", "is no place like 120 -40"),
    ],
)
def test_a_row_that_does_not_fit_stops_all(as_user, ann, filled, row, said):
    before = written(filled)
    heads = 'Full name,Roles,"Influence, 1–5",pairs,place'
    data = f"{heads}\nNew One,User,3\n{row}\n".encode()
    shown = send(as_user(ann), filled, "t.csv", data)
    assert said in shown.content.decode()
    _compared, answer = bring(as_user(ann), filled, "t.csv", data)
    assert answer.status_code == 422
    assert written(filled) == before


@pytest.mark.parametrize(
    ("name", "data"),
    [("t.csv", b"a,b\n1,2\n"), ("t.xlsx", b"no book"), ("t.csv", b"\xff\xfe\x00"), ("t.csv", b"")],
)
def test_what_is_no_table_is_refused(as_user, ann, filled, name, data):
    assert send(as_user(ann), filled, name, data or b" ").status_code == 422


def test_a_preview_that_was_forged_brings_nothing(as_user, ann, filled):
    address = reverse("buying_centre:import", args=[filled.client_id, filled.pk])
    answer = as_user(ann).post(address, {"rows": "W10:forged"})
    assert answer.status_code == 422
    assert "send the file anew" in answer.content.decode()


def test_who_only_reads_brings_nothing(as_user, filled):
    owner = UserFactory(roles=["owner"])
    assert send(as_user(owner), filled, "t.csv", b"Full name,Roles\nX,User\n").status_code == 403
    assert Member.objects.filter(centre=filled).count() == 9
