"""A file of people: columns guessed, checked with nothing written, brought in, given up."""

import io

import pytest
from django.conf import settings

from kamerton.domain.hiring import actions
from kamerton.domain.hiring.models import Application, Candidate, CandidateImport
from kamerton.flows import import_candidates as flow
from kamerton.flows import order_candidates as order
from kamerton.flows.candidate_table import guess_columns, read_table
from kamerton.platform.errors import BusinessError, NotAllowed
from kamerton.platform.jobs import worker
from kamerton.platform.tables import Column, write_xlsx
from tests.factories import UserFactory
from tests.factories.hiring import a_candidate, an_application, an_open_vacancy

pytestmark = pytest.mark.django_db
EXPORT = """Отклики на вакансию;;;;
ФИО;Моб. телефон;E-mail;Последнее место работы;Зарплата
Орлова Анна;8 916 000-00-01;anna@x.example;ООО «Труба»;120 000 руб.
Соколов Борис;+7 916 000 00 02;;Вентиль;
;8 916 000-00-09;;;
Орлова Анна;89160000001;;;
"""


@pytest.fixture
def kim(company):
    return UserFactory(roles=["recruiter"])


@pytest.fixture
def vacancy(kim):
    return an_open_vacancy(kim)


def received(kim, vacancy, text=EXPORT, name="hh.csv", encoding="utf-8"):
    sent = io.BytesIO(text if isinstance(text, bytes) else text.encode(encoding))
    return flow.receive_candidates(kim, vacancy, sent, name=name)


def columns_of(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode(encoding))
    return guess_columns(read_table(path))


@pytest.mark.req("S0-22")
def test_a_check_says_who_is_new_known_twice_and_unreadable(kim, vacancy):
    an_application(vacancy, candidate=a_candidate(full_name="B", phone="+79160000002"))
    found = flow.check_candidates(kim, received(kim, vacancy))
    seen = flow.outcome_of(found)
    assert (seen.rows, seen.new, seen.known, seen.repeated, seen.already) == (3, 1, 1, 1, 1)
    assert seen.columns.head == 2
    assert [one.name for one in seen.people][:2] == ["Орлова Анна", "Соколов Борис"]
    ((row, cells, why),) = seen.errors
    assert (row, cells) == (5, "8 916 000-00-09")
    assert "Write the name" in why
    assert Candidate.objects.count() == 1, "nobody came into the base"
    out = io.BytesIO()
    flow.write_errors_sheet(found, out)
    assert out.getvalue().startswith(b"PK")


@pytest.mark.req("S0-22")
def test_the_same_file_twice_brings_the_people_once(
    kim, vacancy, django_capture_on_commit_callbacks
):
    for made in (2, 0):
        found = flow.check_candidates(kim, received(kim, vacancy))
        with django_capture_on_commit_callbacks(execute=True):
            found = flow.import_candidates(kim, found)
        assert found.report["done"]["made"] == made
        assert not (settings.FILES / found.file).exists()
        assert not (flow.work_folder(found) / "people.json").exists()
    assert Application.objects.count() == 2
    assert Candidate.objects.get(phone="+79160000001").pay_wanted == 12_000_000
    assert flow.import_candidates(kim, found).state == "done", "a task may run twice"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_columns_are_known_by_their_titles_in_any_encoding(tmp_path, encoding):
    found = columns_of(tmp_path, EXPORT, encoding)
    assert found.head == 2
    assert dict(found.places) == {
        "full_name": 0, "phone": 1, "email": 2, "employer": 3, "pay_wanted": 4,
    }  # fmt: skip


def test_a_pasted_list_without_titles_is_known_by_its_look(tmp_path):
    text = "Анна Орлова\t+7 916 000-00-01\tТруба\nБорис Соколов\t8(916)0000002\tВентиль\n"
    found = columns_of(tmp_path, text)
    assert found.head == 0
    assert dict(found.places) == {"full_name": 0, "phone": 1, "employer": 2}


def test_a_name_in_three_columns_is_put_together(kim, vacancy):
    text = "Фамилия,Имя,Отчество,Телефон\nОрлова,Анна,Ивановна,89160000001\n"
    found = flow.check_candidates(kim, received(kim, vacancy, text))
    assert flow.outcome_of(found).people[0].name == "Орлова Анна Ивановна"


def test_a_page_saved_as_xls_is_a_table_too(kim, vacancy):
    text = "<html><table><tr><th>ФИО</th><th>Телефон</th></tr><tr><td>Орлова <b>Анна</b></td>"
    text += "<td>89160000001</td></tr></table></html>"
    found = flow.check_candidates(kim, received(kim, vacancy, text, name="export.xls"))
    assert flow.outcome_of(found).people[0].name == "Орлова Анна"


def test_a_workbook_is_read(kim, vacancy):
    out = io.BytesIO()
    titles = (Column("ФИО"), Column("Телефон"))
    write_xlsx(out, titles, [("Орлова Анна", "89160000001")], title="Отклики")
    found = flow.check_candidates(kim, received(kim, vacancy, out.getvalue(), name="hh.xlsx"))
    assert flow.outcome_of(found).rows == 1


def test_columns_said_by_a_person_are_taken(kim, vacancy):
    text = "a;b;c\nОрлова Анна;Труба;менеджер\n"
    found = flow.check_candidates(kim, received(kim, vacancy, text))
    assert flow.outcome_of(found).rows == 0
    with pytest.raises(actions.WrongState):
        flow.import_candidates(kim, found)
    with pytest.raises(BusinessError, match="Say which column"):
        flow.choose_columns(kim, found, places={"full_name": 0}, head=1)
    found.refresh_from_db()
    assert found.state == "checked"
    found = flow.choose_columns(kim, found, places={"full_name": 0, "employer": 1}, head=1)
    assert flow.outcome_of(flow.check_candidates(kim, found)).new == 1


def test_a_picture_called_csv_is_refused(kim, vacancy):
    with pytest.raises(BusinessError):
        received(kim, vacancy, b"\x89PNG\r\n\x1a\n0000", name="photo.csv")
    assert not CandidateImport.objects.exists()


def test_a_file_given_up_leaves_nothing_behind(kim, vacancy, django_capture_on_commit_callbacks):
    found = flow.check_candidates(kim, received(kim, vacancy))
    with django_capture_on_commit_callbacks(execute=True):
        order.stop_import(kim, found)
    found.refresh_from_db()
    assert found.state == "cancelled"
    assert not (settings.FILES / found.file).exists()
    assert not flow.work_folder(found).exists()
    assert not Candidate.objects.exists()


def test_a_large_file_is_checked_and_brought_in_the_background(kim, vacancy):
    rows = "".join(
        f"Орлова Анна {n};+7 916 {n:07};anna{n}@company.example;Труба {n}\n" for n in range(2100)
    )
    found = received(kim, vacancy, f"ФИО;Телефон;E-mail;Компания\n{rows}")
    order.order_check(kim, found)
    found.refresh_from_db()
    assert found.state == "checking"
    assert order.running_job(found) is not None
    assert worker.drain() == 1
    found.refresh_from_db()
    assert flow.outcome_of(found).new == 2100
    order.order_import(kim, found)
    assert worker.drain() == 1
    found.refresh_from_db()
    assert found.state == "done"
    assert Application.objects.filter(vacancy=vacancy).count() == 2100


def test_who_does_not_hire_brings_nothing(kim, vacancy):
    kam = UserFactory()
    with pytest.raises(NotAllowed):
        received(kam, vacancy)
    found = flow.check_candidates(kim, received(kim, vacancy))
    with pytest.raises(NotAllowed):
        flow.import_candidates(kam, found)
    assert not Candidate.objects.exists()
