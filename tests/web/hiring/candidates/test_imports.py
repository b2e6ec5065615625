"""A table of people goes its way on pages: sent or pasted, columns said, imported, undone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kamerton.domain.hiring.models import Application, Candidate, CandidateImport, Source
from kamerton.platform.jobs import worker

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TABLE = "ФИО;Телефон;Компания\nОрлова Анна;8 916 000-00-01;Труба\n;+7 916 000-00-09;\n"


def text(response):
    return response.content.decode()


def sent(browse, vacancy, table=TABLE, **more):
    file = SimpleUploadedFile("hh.csv", table.encode())
    return browse.post(reverse("hiring:import", args=[vacancy.pk]), {"file": file} | more)


def page(name="import-report"):
    return reverse(f"hiring:{name}", args=[CandidateImport.objects.latest("pk").pk])


@pytest.mark.req("S0-22")
def test_a_file_is_checked_imported_and_undone(browse, vacancy):
    site = Source.objects.create(name="hh.ru", kind="job_site")
    assert sent(browse, vacancy, source=site.pk)["Location"] == page()
    shown = text(browse.get(page()))
    assert "1 new person." in shown
    assert "Орлова Анна" in shown
    assert "+79160000001" in shown
    assert "Write the name" in shown
    assert not Candidate.objects.exists()
    sheet = browse.get(page("import-errors"))
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    browse.post(page("import-run"))
    assert "1 candidate came into the vacancy." in text(browse.get(page()))
    assert Application.objects.get().source == site
    assert browse.post(page("import-undo"), {"reason": " "}).status_code == 422
    assert Application.objects.exists()
    browse.post(page("import-undo"), {"reason": "Wrong vacancy"})
    assert not Candidate.objects.exists()
    assert "Wrong vacancy" in text(browse.get(page()))


def test_a_pasted_table_is_as_good_as_a_file(browse, vacancy):
    pasted = "Анна Орлова\t+7 916 000-00-01\tТруба"
    address = reverse("hiring:import", args=[vacancy.pk])
    assert browse.post(address, {"text": pasted}, headers=HTMX)["HX-Redirect"] == page()
    assert "Анна Орлова" in text(browse.get(page()))


def test_columns_are_said_where_the_titles_are_not_understood(browse, vacancy):
    sent(browse, vacancy, "a;b\nОрлова Анна;Труба\n")
    assert "Say which column is what." in text(browse.get(page()))
    refused = browse.post(page("import-columns"), {"column-0": "full_name", "head": "1"})
    assert refused.status_code == 422
    browse.post(
        page("import-columns"), {"column-0": "full_name", "column-1": "employer", "head": "1"}
    )
    assert "1 new person." in text(browse.get(page()))


def test_a_large_file_is_worked_on_in_the_background(browse, vacancy):
    rows = "".join(
        f"Орлова Анна {n};+7 916 {n:07};Общество с ограниченной ответственностью {n}\n"
        for n in range(2500)
    )
    sent(browse, vacancy, f"ФИО;Телефон;Компания\n{rows}")
    assert "You may leave this page" in text(browse.get(page()))
    assert browse.get(page(), headers=HTMX).status_code == 204
    assert worker.drain() == 1
    assert browse.get(page(), headers=HTMX)["HX-Refresh"] == "true"
    browse.post(page("import-run"))
    assert worker.drain() == 1
    assert Application.objects.count() == 2500


@pytest.mark.parametrize("given", [{}, {"text": "  "}, {"file": b"\x89PNG\r\n\x1a\n\x00"}])
def test_what_is_no_table_is_refused_in_place(browse, vacancy, given):
    if "file" in given:
        given = {"file": SimpleUploadedFile("hh.csv", given["file"])}
    address = reverse("hiring:import", args=[vacancy.pk])
    answer = browse.post(address, given, headers=HTMX)
    assert answer.status_code == 422
    assert 'id="upload"' in text(answer)
    assert not CandidateImport.objects.exists()


def test_a_damaged_workbook_says_so_and_brings_nobody(browse, vacancy):
    broken = SimpleUploadedFile("hh.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken")
    answer = browse.post(reverse("hiring:import", args=[vacancy.pk]), {"file": broken})
    assert answer.status_code == 422
    assert "damaged" in text(answer)
    assert CandidateImport.objects.get().state == "failed"
    assert not Candidate.objects.exists()


def test_a_file_is_given_up(browse, vacancy):
    sent(browse, vacancy)
    assert browse.post(page("import-cancel"))["Location"] == reverse(
        "hiring:import", args=[vacancy.pk]
    )
    assert CandidateImport.objects.get().state == "cancelled"
    assert browse.post(page("import-run")).status_code == 409
    assert not Candidate.objects.exists()


def test_a_closed_vacancy_takes_nobody(browse, vacancy):
    type(vacancy).objects.filter(pk=vacancy.pk).update(state="closed")
    assert sent(browse, vacancy).status_code == 422
    assert not CandidateImport.objects.exists()
