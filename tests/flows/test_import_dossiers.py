"""A table of answers: checked, imported whole or not at all, undone; a dossier comes back whole."""

import datetime as dt
import io
import time
import zipfile

import pytest
from django.utils import timezone
from django.utils.translation import override

from kamerton.domain.dossier import actions, queries
from kamerton.domain.dossier.actions import NotReady, ReasonMissing
from kamerton.domain.dossier.models import Dossier, DossierAnswer, DossierImport, OwnQuestion
from kamerton.domain.methodology.queries import current
from kamerton.flows import import_dossiers as flow
from kamerton.flows import order_dossiers as order
from kamerton.flows.export_dossier import export_dossier
from kamerton.flows.read_dossiers import NoSuchColumns
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from kamerton.platform.jobs import actions as jobs
from kamerton.platform.jobs import worker
from kamerton.platform.jobs.models import Job
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.dossier import answered, workbook

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
State = DossierImport.State


@pytest.fixture
def head(company):
    return UserFactory(roles=["head_of_sales"], full_name="Igor Orlov")


@pytest.fixture
def client(head):
    return ClientFactory(name="Acme", manager=head, code="C-1", inn="7707083893")


def line(client="C-1", code="2.1", answer="Valves", **more):
    """A row of the table, as a spreadsheet holds it."""
    cells = {
        "source": "Document",
        "contact": "",
        "note": "Contract 5",
        "on": TODAY().isoformat(),
        "group": "",
        "question": "",
        "reason": "",
    } | more
    return [
        *(client, "", "", cells["group"], code, cells["question"], answer, cells["reason"]),
        *(cells["source"], cells["contact"], cells["note"], cells["on"]),
    ]


def received(actor, rows, **more):
    return flow.receive_dossiers(actor, workbook(rows, **more), name="dossiers.xlsx")


def checked(actor, rows, **more):
    return flow.check_dossiers(actor, received(actor, rows, **more))


def imported(actor, rows, **more):
    return flow.import_dossiers(actor, checked(actor, rows, **more))


@pytest.mark.req("S4-55")
def test_a_check_tells_what_it_would_do_and_writes_nothing(head, client):
    found = checked(head, [line(), line(code="4.1", answer="Grow"), line(code="4.2", answer="")])
    outcome = flow.outcome_of(found)
    assert (found.state, outcome.rows, outcome.clients, outcome.answers) == ("checked", 3, 1, 2)
    assert outcome.may_go_in
    assert not Dossier.objects.exists()


@pytest.mark.req("S4-55")
def test_an_import_writes_answers_with_source_person_and_day(head, client):
    buyer = ContactPersonFactory(client=client, full_name="Olga Lapteva")
    day = TODAY() - dt.timedelta(days=20)
    rows = [
        line(source="The client said so", contact="olga  LAPTEVA", on=f"{day:%d.%m.%Y}"),
        line(code="", question="Goals for 1–3 years", answer="Grow", source="документ"),
        line(code="6.7", answer="два поставщика"),
        line(code="9.4", answer="", reason="Wholesale only", source="", on=""),
    ]
    imported(head, rows)
    made = queries.answer_of(head, client, "2.1")
    assert (made.source, made.source_contact, made.source_on) == ("client_said", buyer, day)
    assert (made.source_note, made.author) == ("Contract 5", head)
    assert queries.answer_of(head, client, "4.1").text == "Grow"
    assert queries.answer_of(head, client, "6.7").data == "Два поставщика"
    assert not queries.answer_of(head, client, "9.4").is_applicable
    assert AuditEntry.objects.filter(action="dossier.import_done").count() == 1


@pytest.mark.parametrize("named", ["C-1", "7707083893", "acme"])
def test_a_client_is_named_by_code_inn_or_name(head, client, named):
    imported(head, [line(client=named)])
    assert queries.answer_of(head, client, "2.1").text == "Valves"


@pytest.mark.parametrize(
    ("wrong", "column", "words"),
    [
        (line(client="Nobody"), "Client", "No client in your hands"),
        (line(client=""), "Client", "Name the client"),
        (line(code="99.9"), "Question", "no such question"),
        (line(code="4.1", source="rumour"), "Source", "Say where the answer is known from"),
        (line(code="4.1", on=""), "True on", "Write the day"),
        (line(code="4.1", on="soon"), "True on", "is no day"),
        (line(code="4.1", on="2999-01-01"), "True on", "between 1990 and today"),
        (line(code="4.1", contact="A Stranger"), "Who said it", "Not among the people"),
        (line(code="6.7", answer="Ten"), "Answer", "not among the choices"),
        (line(code="2.1", answer="Pumps"), "Question", "stands in row 2 already"),
    ],
)
def test_one_error_keeps_the_whole_file_out_and_says_where(head, client, wrong, column, words):
    found = checked(head, [line(), wrong])
    outcome = flow.outcome_of(found)
    assert not outcome.may_go_in
    (error,) = outcome.errors
    assert (error["row"], error["column"]) == (3, column)
    assert words in error["sentence"]
    with pytest.raises(NotReady):
        flow.import_dossiers(head, found)
    assert not DossierAnswer.objects.exists()
    sheet = io.BytesIO()
    flow.write_errors_sheet(found, sheet)
    assert sheet.getvalue().startswith(b"PK")


def test_what_lacks_the_columns_is_refused_with_their_names(head):
    found = received(head, [["x"]], heads=["Something"])
    with pytest.raises(NoSuchColumns, match=r"Client, No\. or Question, Answer"):
        flow.check_dossiers(head, found)
    found.refresh_from_db()
    assert (found.state, "Client" in found.failure) == ("failed", True)


def test_the_same_file_again_changes_nothing(head, client):
    imported(head, [line()])
    again = imported(head, [line()])
    assert again.report["written"] == {
        "dossiers": 0,
        "answers": 0,
        "unchanged": 1,
        "insights": 0,
    }
    assert DossierAnswer.objects.count() == 1


def test_clients_of_others_are_not_there(head, client):
    stranger = UserFactory(roles=["kam"])
    found = checked(stranger, [line()])
    assert flow.outcome_of(found).error_count == 1
    with pytest.raises(NotAllowed):
        flow.receive_dossiers(UserFactory(roles=["finance"]), workbook([line()]), name="x.xlsx")
    with pytest.raises(NotAllowed):
        flow.import_dossiers(stranger, checked(head, [line()]))
    assert not DossierAnswer.objects.exists()


@pytest.mark.req("S4-55")
def test_undo_brings_back_what_was_and_leaves_what_came_after(head, client):
    before = answered(client, "2.1", "Pumps", actor=head)
    rows = [
        line(),
        line(code="4.1", answer="Grow"),
        line(code="medtech.1", answer="CT; 2015"),
        line(code="", group="g2", question="Who repairs?", answer="Themselves"),
    ]
    found = imported(head, rows)
    after = answered(client, "4.1", "Grow twice", actor=head)
    with pytest.raises(ReasonMissing):
        actions.undo_import(head, found, reason=" ")
    undone = actions.undo_import(head, found, reason="Wrong file")
    assert undone.state == "undone"
    assert queries.answer_of(head, client, "2.1") == before
    assert queries.answer_of(head, client, "4.1") == after
    dossier = Dossier.objects.get()
    assert dossier.packs == []
    assert not OwnQuestion.objects.filter(archived_at=None).exists()
    kept = DossierAnswer.objects.filter(batch=found)
    assert (kept.count(), kept.filter(withdrawn_at=None).count()) == (4, 0)
    with pytest.raises(NotReady):
        actions.undo_import(head, found, reason="Again")


def test_two_imports_undone_in_their_order_bring_back_the_first_answer(head, client):
    before = answered(client, "2.1", "Pumps", actor=head)
    first, second = imported(head, [line()]), imported(head, [line(answer="Taps")])
    actions.undo_import(head, first, reason="x")
    assert queries.answer_of(head, client, "2.1").text == "Taps"
    actions.undo_import(head, second, reason="x")
    assert queries.answer_of(head, client, "2.1") == before


@pytest.mark.req("S4-55", "S4-36")
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_dossier_leaves_as_a_zip_and_comes_back_the_same(head, client, language):
    buyer = ContactPersonFactory(client=client, full_name="Olga Lapteva")
    kinds = {
        "2.1": "Valves\nand pumps; =1+1",
        "2.3": "Peak in summer; Peak in autumn",
        "2.7": "300000.55",
        "5.1": "Flanges; 6.2\nGates; 9.8",
        "6.7": "Two suppliers",
    }
    for code, value in kinds.items():
        answered(client, code, value, actor=head, days_ago=40, source_contact=buyer)
    actions.pass_over_question(head, client, "9.4", reason="Wholesale only")
    own = actions.ask_own_question(head, client, group="g2", title="Who repairs?")
    answered(client, own.code, "Their shop", actor=head, source="observed", source_note="visit")
    actions.choose_packs(head, client, ["medtech"])
    answered(client, "medtech.2", "75", actor=head)
    actions.add_insight(head, client, text="They will grow", based_on=["2.1", own.code])
    before = as_told(head, client)
    with override(language):
        out = io.BytesIO()
        name = export_dossier(head, client, out)
        archive = zipfile.ZipFile(out)
        root = next(one for one in archive.namelist() if "/" not in one)
        assert name.endswith(".zip")
        content = archive.read(root)
    emptied(head, client)
    assert as_told(head, client) == {}
    found = flow.receive_dossiers(head, io.BytesIO(content), name=root)
    flow.import_dossiers(head, flow.check_dossiers(head, found))
    assert as_told(head, client) == before
    (note,) = queries.insights(head, client)
    assert note.text == "They will grow"
    assert note.based_on.count() == 2
    assert Dossier.objects.get().packs == ["medtech"]


def as_told(viewer, client):
    """What counts now, by the words of the question."""
    return {
        str(row.question.title): (
            *(row.answer.data, row.answer.text, row.answer.is_applicable, row.answer.source),
            *(row.answer.source_contact_id, row.answer.source_note, row.answer.source_on),
            row.answer.expires_on,
        )
        for row in queries.dossier_sheet(viewer, client).rows
        if row.answer
    }


def emptied(head, client):
    """As if nobody had ever known anything."""
    dossier = client.dossier
    dossier.insights.all().delete()
    dossier.answers.update(is_current=False)
    dossier.own_questions.update(archived_at=timezone.now())
    dossier.packs = []
    dossier.save()


@pytest.mark.req("S4-36")
def test_files_lie_in_folders_named_by_the_groups(head, client):
    for content, name in ((b"%PDF-1", "scheme.pdf"), (b"%PDF-2", "scheme.pdf")):
        sent = io.BytesIO(content)
        actions.attach_file(head, client, sent, name=name, group="g1", question="1.6")
    out = io.BytesIO()
    export_dossier(head, client, out)
    names = [one for one in zipfile.ZipFile(out).namelist() if "/" in one]
    assert names == ["Company profile/scheme.pdf", "Company profile/scheme (2).pdf"]
    titles = {str(group.title) for group in current().dossier_groups}
    assert {name.partition("/")[0] for name in names} <= titles
    assert AuditEntry.objects.filter(action="dossier.exported").exists()


def test_a_csv_is_read_too(head, client):
    text = "Клиент;№;Ответ;Источник;Верно на\nAcme;2.1;Задвижки;Документ;01.10.2026\n"
    with override("ru"):
        found = flow.receive_dossiers(head, io.BytesIO(text.encode("cp1251")), name="d.csv")
        flow.import_dossiers(head, flow.check_dossiers(head, found))
    assert queries.answer_of(head, client, "2.1").text == "Задвижки"


def test_it_goes_all_its_way_in_the_background(head, client):
    found = received(head, [line()])
    order.order_check(head, found)
    assert worker.drain() == 1
    found.refresh_from_db()
    assert found.state == State.CHECKED
    job = order.order_import(head, found)
    assert (job.name, job.subject) == ("Import of dossiers", "dossiers.xlsx")
    assert worker.drain() == 1
    found.refresh_from_db()
    assert found.state == State.DONE
    assert DossierAnswer.objects.count() == 1
    assert set(Job.objects.values_list("status", flat=True)) == {"done"}


def test_a_stopped_check_leaves_nothing(head, client):
    found = received(head, [line()])
    job = order.order_check(head, found)
    order.stop_import(head, found)
    job.refresh_from_db()
    found.refresh_from_db()
    assert (job.status, found.state) == ("cancelled", "cancelled")
    assert worker.drain() == 0
    with pytest.raises(NotReady):
        flow.check_dossiers(head, found)
    assert not DossierAnswer.objects.exists()


def test_a_job_that_is_cancelled_writes_it_down(head, client, monkeypatch):
    found = received(head, [line()])
    job = order.order_check(head, found)
    jobs.cancel(head, job)
    assert worker.drain() == 0
    assert order.running_job(found) is None


@pytest.mark.req("S4-55")
def test_a_thousand_dossiers_go_in_and_out_again_in_seconds(head):
    clients = [ClientFactory(manager=head, code=f"K-{n}") for n in range(1_000)]
    codes = [q.code for g in current().dossier_groups[:4] for q in g.questions if q.kind == "text"]
    rows = [line(f"K-{n}", code, f"Answer {n}") for n in range(1_000) for code in codes[:20]]
    stages: list[tuple[str, int, int | None]] = []
    found = received(head, rows)
    began = time.monotonic()
    found = flow.check_dossiers(head, found, progress=lambda *told: stages.append(told))
    flow.import_dossiers(head, found)
    took = time.monotonic() - began
    assert DossierAnswer.objects.current().count() == 20_000
    assert stages[-1][1:] == (20_000, 20_000)
    assert len(stages) > 30
    actions.undo_import(head, found, reason="Test")
    assert not DossierAnswer.objects.current().exists()
    assert Dossier.objects.count() == len(clients)
    assert took < 60
