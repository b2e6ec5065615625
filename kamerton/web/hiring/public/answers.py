"""A candidate's questions as a form: what was typed stays as it was typed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kamerton.domain.methodology.content.hiring import FormQuestion

LONGEST = 5000
SHORT = 200
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
SHORT_TEXTS = frozenset({"employer"})


class Answer(forms.CharField):
    """An answer as it was typed; whether it will do is said by the rules of the form."""

    def validate(self, value: Any) -> None:
        """Let everything through."""


class ConsentForm(forms.Form):
    """What the candidate agrees to; the version is that of the policy he was shown."""

    selection = forms.BooleanField(required=False)
    reserve = forms.BooleanField(
        required=False,
        label=gettext_lazy("Keep me in mind for other vacancies too (you need not agree)"),
    )
    policy = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    def __init__(self, sentence: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["selection"].label = sentence


class QuestionsForm(forms.Form):
    """The questions of one form, in their order."""

    def __init__(self, questions: Sequence[FormQuestion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.code] = _field(question)


def typed(questions: Sequence[FormQuestion], data: Mapping[str, Any]) -> dict[str, str]:
    """What was sent for these questions; the rest is left aside."""
    return {one.code: data[one.code] for one in questions if one.code in data}


def restored(draft: Mapping[str, Any]) -> dict[str, str]:
    """A draft as the fields hold it."""
    return {
        code: "\n".join(value) if isinstance(value, list) else value
        for code, value in draft.items()
    }


def answered(questions: Sequence[FormQuestion], given: Mapping[str, Any]) -> int:
    """How many of the questions have some answer."""
    return sum(bool(str(given.get(one.code) or "").strip()) for one in questions)


def _field(question: FormQuestion) -> Answer:
    return Answer(
        label=str(question.title),
        required=question.required,
        widget=_WIDGETS.get(question.answer, _words)(question),
        help_text=_HELP.get(question.answer, ""),
    )


def _words(question: FormQuestion) -> forms.Widget:
    if question.code in SHORT_TEXTS:
        return forms.TextInput(attrs={"maxlength": SHORT, "autocomplete": "off"})
    return forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST})


def _number(question: FormQuestion) -> forms.Widget:
    return forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 20, "autocomplete": "off"})


def _names(question: FormQuestion) -> forms.Widget:
    return forms.Textarea(attrs={"rows": 3, "maxlength": 2000})


def _yes_no(question: FormQuestion) -> forms.Widget:
    return forms.RadioSelect(choices=[("yes", _("Yes")), ("no", _("No"))])


def _choice(question: FormQuestion) -> forms.Widget:
    return forms.RadioSelect(
        choices=[(str(at), str(one)) for at, one in enumerate(question.choices)]
    )


def _level(question: FormQuestion) -> forms.Widget:
    return forms.Select(choices=[("", "—"), *((one, one) for one in LEVELS)])


_WIDGETS: Mapping[str, Callable[[FormQuestion], forms.Widget]] = {
    "number": _number,
    "money": _number,
    "names": _names,
    "yes_no": _yes_no,
    "choice": _choice,
    "language": _level,
}
_HELP = {"names": gettext_lazy("One a line.")}
