"""Forms: a competency, a question of the candidate's form, a block of the letter, probation."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kamerton.domain.methodology.content import Methodology, Text
from kamerton.domain.methodology.content.hiring import (
    EXPERIENCE,
    INFO,
    KNOCKOUT,
    KNOWLEDGE,
    QUALITY,
    SCORED,
    Competency,
    FormQuestion,
    LetterBlock,
    ProbationCriterion,
)
from kamerton.web.methodology.noted import NotedForm, long, short

Data = Mapping[str, Any] | None
KINDS = ((KNOWLEDGE, _("knowledge")), (EXPERIENCE, _("experience")), (QUALITY, _("quality")))
ASKED_AS = ((SCORED, _("marked")), (INFO, _("for information")))
ANSWERED = (
    ("text", _("text")),
    ("number", _("number")),
    ("yes_no", _("yes or no")),
    ("choice", _("one of several")),
)
SCORING = {KNOCKOUT: _("refuses"), SCORED: _("marked"), INFO: _("for information")}
WEEKS = ("week_1", "week_2", "week_4")
WEEK_TITLES = {"week_1": _("1 week"), "week_2": _("2 weeks"), "week_4": _("4 weeks")}
ANCHORS = 3
PERCENT = 100


class CompetencyForm(NotedForm):
    """What a key account manager is judged by: signs, anchors of marks, a question, a flag."""

    title_ru = short(_("Name in Russian"))
    title_en = short(_("Name in English"))
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS)
    indicators_ru = long(_("Signs in Russian, one a line"), rows=4)
    indicators_en = long(_("Signs in English, one a line"), rows=4)
    anchors_ru = long(
        _("What deserves 1, 3 and 5, in Russian"),
        rows=3,
        help_text=_("Three lines: absent, the norm, a model for others."),
    )
    anchors_en = long(_("What deserves 1, 3 and 5, in English"), rows=3)
    question_ru = long(_("Question in Russian"))
    question_en = long(_("Question in English"))
    red_flag_ru = long(_("Red flag in Russian"))
    red_flag_en = long(_("Red flag in English"))
    must = forms.BooleanField(
        label=_("A must-have of every new vacancy"),
        required=False,
        help_text=_("More than five must-haves narrow a vacancy."),
    )

    def __init__(self, method: Methodology, data: Data, one: Competency | None) -> None:
        super().__init__(method, data)
        self.one = one
        if one is None:
            return
        for name in ("title", "question", "red_flag"):
            self.start_text(name, getattr(one, name))
        self.start_lines("indicators", one.indicators)
        self.start_lines("anchors", one.anchors)
        self.start(kind=one.kind, must=one.must)

    def clean(self) -> None:
        """See that both languages say the same, and that there are three anchors."""
        super().clean()
        self.check_lines("indicators")
        self.check_lines("anchors")
        given = self.cleaned_data.get("anchors_ru", "").splitlines()
        if len([line for line in given if line.strip()]) != ANCHORS:
            self.add_error("anchors_ru", _("Three lines are needed: for 1, 3 and 5."))

    def made(self, code: str) -> Competency:
        """The competency as changed, or a new one called `code`."""
        given: dict[str, Any] = {name: self.cleaned_data[name] for name in ("kind", "must")}
        given |= {name: self.text(name) for name in ("title", "question", "red_flag")}
        given |= {name: self.lines(name) for name in ("indicators", "anchors")}
        return replace(self.one, **given) if self.one else Competency(code, **given)


class FormQuestionForm(NotedForm):
    """A question of the candidate's form: its words, its weight, what its choices are worth."""

    title_ru = long(_("Question in Russian"))
    title_en = long(_("Question in English"))
    kind = forms.ChoiceField(label=_("What it is for"), choices=ASKED_AS)
    answer = forms.ChoiceField(label=_("How it is answered"), choices=ANSWERED)
    choices_ru = long(
        _("Choices in Russian, one a line"),
        rows=4,
        required=False,
        help_text=_("Only for one of several."),
    )
    choices_en = long(_("Choices in English, one a line"), rows=4, required=False)
    marks = forms.CharField(
        label=_("What each choice is worth, from 0 to 1"),
        max_length=200,
        required=False,
        help_text=_("As many numbers as choices, with spaces: 1 0.7 0."),
    )
    weight = forms.FloatField(label=_("Weight"), min_value=0, max_value=100, initial=0)
    full = forms.FloatField(
        label=_("Full marks from"),
        min_value=0,
        required=False,
        help_text=_("For a number: from so much on it has full marks."),
    )
    required = forms.BooleanField(label=_("Has to be answered"), required=False, initial=True)

    def __init__(self, method: Methodology, data: Data, one: FormQuestion | None) -> None:
        super().__init__(method, data)
        self.one = one
        if one is None:
            return
        del self.fields["kind"], self.fields["answer"]  # answers are kept and judged by them
        if one.answer == "choice":
            self.start_lines("choices", one.choices)
            self.start(marks=" ".join(f"{mark:g}" for mark in one.marks))
        else:
            del self.fields["choices_ru"], self.fields["choices_en"], self.fields["marks"]
        self.start_text("title", one.title)
        self.start(weight=one.weight, full=one.full, required=one.required)

    def clean_marks(self) -> tuple[float, ...]:
        """Read the numbers."""
        try:
            marks = [float(each) for each in self.cleaned_data["marks"].replace(",", ".").split()]
        except ValueError:
            raise forms.ValidationError(_("Write numbers with spaces.")) from None
        if not all(0 <= mark <= 1 for mark in marks):
            raise forms.ValidationError(_("A choice is worth from 0 to 1."))
        return tuple(marks)

    def clean(self) -> None:
        """See that both languages have the same choices."""
        super().clean()
        if "choices_ru" in self.fields:
            self.check_lines("choices")

    def made(self, code: str) -> FormQuestion:
        """The question as changed, or a new one called `code`."""
        given = self.cleaned_data
        names = ("kind", "answer", "weight", "required", "marks")
        changed = {name: given[name] for name in names if name in given}
        changed |= {"title": self.text("title"), "full": given["full"] or 0.0}
        if "choices_ru" in self.fields:
            changed["choices"] = self.lines("choices")
        if self.one:
            return replace(self.one, **changed)
        return FormQuestion(code, **changed)


class LetterBlockForm(NotedForm):
    """A block of the vacancy letter: its name, a sample, whether the letter needs it."""

    title_ru = short(_("Name in Russian"))
    title_en = short(_("Name in English"))
    sample_ru = long(_("Sample in Russian"))
    sample_en = long(_("Sample in English"))
    required = forms.BooleanField(label=_("The letter is not sent without it"), required=False)

    def __init__(self, method: Methodology, data: Data, block: LetterBlock) -> None:
        super().__init__(method, data)
        self.block = block
        self.start_text("title", block.title)
        self.start_text("sample", block.sample)
        self.start(required=block.required)

    def made(self) -> LetterBlock:
        """The block as changed."""
        return replace(
            self.block,
            title=self.text("title"),
            sample=self.text("sample"),
            required=self.cleaned_data["required"],
        )


class ProbationForm(NotedForm):
    """Targets and points of all criteria together: the points add up to 100."""

    def __init__(self, method: Methodology, data: Data = None) -> None:
        super().__init__(method, data)
        last = {name: self.fields.pop(name) for name in ("note", "based_on")}
        for one in method.probation_criteria:
            for name in WEEKS:
                self.fields[f"{one.code}_{name}"] = _target(one, name)
            self.fields[f"{one.code}_points"] = forms.FloatField(
                label=_labelled(one.title, _("points")),
                min_value=0,
                max_value=100,
                initial=shown_number(one.points),
            )
        self.fields.update(last)

    def made(self) -> tuple[ProbationCriterion, ...]:
        """The criteria as changed."""
        return tuple(self._criterion(one) for one in self.method.probation_criteria)

    def _criterion(self, one: ProbationCriterion) -> ProbationCriterion:
        given = {name: self.cleaned_data[f"{one.code}_{name}"] for name in (*WEEKS, "points")}
        if one.unit == "share":
            given |= {name: round(given[name] / PERCENT, 6) for name in WEEKS}
        numbers: dict[str, Any] = {name: shown_number(value) for name, value in given.items()}
        return replace(one, **numbers)


def target_words(one: ProbationCriterion, name: str) -> str:
    """A target as it is read: a share in per cent."""
    value = getattr(one, name)
    if not value:
        return "—"
    return f"{value * PERCENT:g} %" if one.unit == "share" else f"{value:g}"


def shown_number(value: float) -> float | int:
    """30 rather than 30.0: what a person would type."""
    return int(value) if float(value).is_integer() else value


def _target(one: ProbationCriterion, name: str) -> forms.Field:
    share = one.unit == "share"
    value = getattr(one, name)
    label = _labelled(one.title, WEEK_TITLES[name])
    return forms.FloatField(
        label=f"{label}, %" if share else label,
        min_value=0,
        max_value=1000,
        initial=shown_number(round(value * PERCENT, 4) if share else value),
    )


def _labelled(title: Text, what: Any) -> str:
    return f"{title}: {what}"
