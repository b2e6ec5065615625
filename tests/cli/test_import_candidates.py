"""kamerton import-candidates: checked, imported, refused; what did not go in is not kept."""

import json

import pytest
from django.conf import settings
from django.utils import translation

from kamerton.cli.main import main
from kamerton.domain.hiring.models import Application, Candidate, CandidateImport, Source
from tests.factories import UserFactory
from tests.factories.hiring import an_open_vacancy

pytestmark = pytest.mark.django_db
TABLE = "ФИО;Телефон\nОрлова Анна;8 916 000-00-01\nСоколов Борис;8 916 000-00-02\n;1\n"


@pytest.fixture
def kamerton(company, capsys, monkeypatch):
    """Run the command in this process; return exit code, stdout, stderr."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def do(*words):
        capsys.readouterr()
        with translation.override("en"):
            code = main(["import-candidates", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return do


@pytest.fixture
def vacancy(company):
    return an_open_vacancy(UserFactory(roles=["recruiter"]))


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "hh.csv"
    path.write_text(TABLE)
    return path


@pytest.mark.req("S0-22")
def test_a_dry_run_tells_whom_the_file_names_and_keeps_nothing(
    kamerton, file, vacancy, tmp_path, django_capture_on_commit_callbacks
):
    sheet = tmp_path / "errors.xlsx"
    with django_capture_on_commit_callbacks(execute=True):
        code, out, _ = kamerton(file, "--vacancy", vacancy.pk, "--dry-run", "--errors", sheet)
    assert code == 0
    assert "Row 4: 1. Write the name" in out
    assert "nothing was changed" in out
    assert sheet.read_bytes().startswith(b"PK")
    assert not Candidate.objects.exists()
    found = CandidateImport.objects.get()
    assert found.state == "cancelled"
    assert not (settings.FILES / found.file).exists()


def test_the_people_go_in_with_their_source(kamerton, file, vacancy):
    Source.objects.create(name="hh.ru", kind="job_site")
    words = (file, "--vacancy", vacancy.pk, "--source", "hh.ru", "--yes", "--json")
    code, out, _ = kamerton(*words)
    said = json.loads(out)
    assert code == 0
    assert said["found"] == {
        "rows": 2, "new": 2, "known": 0, "repeated": 0, "already": 0, "bad": 1,
    }  # fmt: skip
    assert said["imported"] == {"made": 2, "known": 0, "applied": 2}
    assert {one.source.name for one in Application.objects.select_related("source")} == {"hh.ru"}
    assert json.loads(kamerton(*words)[1])["imported"]["applied"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--vacancy", "999999"), "There is no vacancy 999999"),
        (("--vacancy", "{pk}", "--source", "nowhere"), "There is no source"),
        (("--vacancy", "{pk}", "--no-input"), "Nothing was imported"),
    ],
)
def test_a_refusal_is_a_sentence_and_brings_nobody(kamerton, file, vacancy, words, said):
    code, _, err = kamerton(file, *(word.format(pk=vacancy.pk) for word in words))
    assert code == 1
    assert said in err
    assert not Candidate.objects.exists()


def test_a_table_without_titles_names_nobody(kamerton, file, vacancy):
    file.write_text("a;b\n1;2\n")
    code, _, err = kamerton(file, "--vacancy", vacancy.pk, "--yes")
    assert code == 1
    assert "Nobody could be read" in err
    assert CandidateImport.objects.get().state == "cancelled"
