"""A question answered in place; two people at once lose nothing; files are served safely."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.activities.models import Activity
from kamerton.domain.dossier.models import AnswerFile, DossierAnswer
from tests.factories import UserFactory
from tests.factories.dossier import answered

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
PDF = b"%PDF-1.7 contract"


def address(account, name, *more):
    return reverse(f"dossier:{name}", args=[account.pk, *more])


def typed(code, **changed):
    """What the form of a question sends."""
    given = {
        "seen": "0",
        "value": "Valves to plants",
        "source": "client_said",
        "source_on": timezone.localdate().isoformat(),
        "source_contact": "",
        "source_note": "",
    } | changed
    prefix = f"a{code.replace('.', '-')}"
    return {f"{prefix}-{name}": value for name, value in given.items()}


def save(browse, account, code, **changed):
    return browse.post(address(account, "answer", code), typed(code, **changed), **HTMX)


def test_the_form_stands_in_the_place_of_the_question_with_help_for_the_source(browse, account):
    shown = browse.get(address(account, "answer", "2.1"), **HTMX).content.decode()
    assert "<html" not in shown
    assert "Help me choose the source" in shown
    assert "a2-1-value" in shown
    assert 'value="0"' in shown


def test_saved_it_is_the_question_again_and_the_rest_is_told(browse, account):
    done = save(browse, account, "2.1")
    assert done.status_code == 200
    assert "Valves to plants" in done.content.decode()
    assert "dossier-changed" in done["HX-Trigger"]
    assert DossierAnswer.objects.get().text == "Valves to plants"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"value": ""}, "This field is required"),
        ({"source": "rumour"}, "Select a valid choice"),
        ({"source_on": "2999-01-01"}, "cannot be true from a day to come"),
    ],
)
def test_a_refused_answer_keeps_what_was_typed(browse, account, changed, words):
    shown = save(browse, account, "2.1", source_note="kept note", **changed)
    assert shown.status_code == 422
    assert words in shown.content.decode()
    assert "kept note" in shown.content.decode()
    assert not DossierAnswer.objects.exists()


def test_of_two_people_the_second_is_told_sees_both_and_loses_nothing(browse, account):
    theirs = answered(account, "2.1", "Pumps to cities")
    refused = save(browse, account, "2.1", value="Valves to plants")
    shown = refused.content.decode()
    assert refused.status_code == 409
    assert "Pumps to cities" in shown
    assert "Valves to plants" in shown
    assert f'value="{theirs.pk}"' in shown
    assert DossierAnswer.objects.get().text == "Pumps to cities"
    again = save(browse, account, "2.1", value="Valves to plants", seen=str(theirs.pk))
    assert again.status_code == 200
    assert DossierAnswer.objects.current().get().text == "Valves to plants"


def test_an_assumption_saved_here_becomes_a_task(browse, account):
    shown = save(browse, account, "2.1", source="assumption").content.decode()
    assert "To be found out by" in shown
    assert Activity.objects.get().origin == "dossier:2.1"


def test_check_it_plans_a_task_once(browse, account):
    answered(account, "1.3", "In 1998", days_ago=500)
    for _ in range(2):
        assert browse.post(address(account, "check", "1.3"), **HTMX).status_code == 200
    assert Activity.objects.count() == 1


def test_a_question_is_left_out_with_a_reason_and_taken_back(browse, account):
    shown = browse.post(
        address(account, "pass", "6.5"), {"reason": "One owner decides", "seen": "0"}, **HTMX
    )
    assert "does not apply" in shown.content.decode()
    left = DossierAnswer.objects.get()
    assert browse.post(address(account, "pass", "6.6"), {"reason": ""}, **HTMX).status_code == 422
    browse.post(
        address(account, "withdraw", "6.5"),
        {"reason": "They have a board", "seen": left.pk},
        **HTMX,
    )
    assert not DossierAnswer.objects.current().exists()


def test_choices_are_read_in_the_language_of_the_page(browse, account):
    shown = browse.get(address(account, "answer", "6.7"), **HTMX).content.decode()
    assert "Two suppliers" in shown
    save(browse, account, "6.7", value="Два поставщика")
    assert DossierAnswer.objects.get().data == "Два поставщика"
    read = browse.get(address(account, "question", "6.7"), **HTMX).content.decode()
    assert "Two suppliers" in read


def attach(browse, account, content=PDF, name="Contract <1>.pdf", code="1.6"):
    sent = io.BytesIO(content)
    sent.name = name
    return browse.post(address(account, "attach", code), {"file": sent}, **HTMX)


@pytest.mark.req("S4-36")
def test_a_file_is_attached_served_to_be_saved_and_removed(browse, account):
    assert "Contract" in attach(browse, account).content.decode()
    file = AnswerFile.objects.get()
    assert (file.group, file.question, file.kind) == ("g1", "1.6", "pdf")
    served = browse.get(address(account, "file", file.pk))
    assert b"".join(served.streaming_content) == PDF
    assert served["Content-Disposition"].startswith("attachment")
    assert served["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in served["Content-Security-Policy"]
    assert attach(browse, account).status_code == 422
    browse.post(address(account, "file-remove", file.pk), **HTMX)
    assert browse.get(address(account, "file", file.pk)).status_code == 404


def test_a_page_in_disguise_is_served_as_plain_bytes(browse, account):
    attach(browse, account, b"<script>alert(1)</script>", "chart.html")
    served = browse.get(address(account, "file", AnswerFile.objects.get().pk))
    assert b"".join(served.streaming_content)
    assert served["Content-Type"] == "application/octet-stream"
    assert served["Content-Disposition"].startswith("attachment")


def test_a_file_of_another_client_is_not_there(as_user, browse, account):
    attach(browse, account)
    stranger = as_user(UserFactory())
    assert stranger.get(address(account, "file", AnswerFile.objects.get().pk)).status_code == 404


def test_an_assistant_attaches_and_does_not_answer(as_user, manager, account):
    assistant = as_user(UserFactory(roles=["assistant"], supervisor=manager))
    assert attach(assistant, account).status_code == 200
    assert assistant.get(address(account, "answer", "2.1"), **HTMX).status_code == 403
    assert save(assistant, account, "2.1").status_code == 403
    assert not DossierAnswer.objects.exists()


def test_a_program_is_no_attachment(browse, account):
    refused = attach(browse, account, b"\x7fELF\x00\x00\x00", "tool.pdf")
    assert refused.status_code == 422
    assert not AnswerFile.objects.exists()
