"""What is asked of a refusal, an offer and its answer; the rules themselves are the actions'."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from kamerton.domain.hiring.actions import OfferText
from kamerton.domain.hiring.models import Application, Candidate, Offer
from kamerton.web.hiring.vacancies.fields import DayField, MoneyField

WORDS = 4000
DAYS_TO_ANSWER = 5


class RefuseForm(forms.Form):
    """Out of the contest: why, and what the person is told."""

    to = forms.ChoiceField(
        label=_("What then"),
        widget=forms.RadioSelect,
        choices=(
            (Application.Stage.REFUSED, _("Refuse")),
            (Application.Stage.RESERVE, _("Keep in the reserve: good, but not for this seat")),
        ),
        initial=Application.Stage.REFUSED,
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For us and for the statistics; the candidate does not see it."),
    )
    tell = forms.BooleanField(label=_("Send a letter of refusal"), required=False, initial=True)
    letter = forms.CharField(
        label=_("Letter"), max_length=WORDS, required=False, widget=forms.Textarea({"rows": 6})
    )

    def __init__(self, application: Application, data: Any = None) -> None:
        has_mail = bool(application.candidate.email)
        super().__init__(data, initial={"tell": has_mail, "letter": _refusal(application)})


class OfferForm(forms.Form):
    """An offer: pay, sections of the method, what draws the person and what may hinder him."""

    pay = MoneyField(label=_("Pay a month"))
    answer_by = DayField(label=_("Answer by"))
    track = forms.ChoiceField(label=_("Way to grow"), choices=Offer.Track.choices)
    motive = forms.ChoiceField(label=_("What draws the person"), choices=Candidate.Motive.choices)
    adaptation_risk = forms.CharField(
        label=_("What may hinder him with us"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Other people's habits, pace, rules. For those who approve, not for him."),
    )

    def __init__(self, sections: Sequence[Any], data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.sections = list(sections)
        for one in self.sections:
            self.fields[f"section_{one.code}"] = forms.CharField(
                label=str(one.title),
                help_text=str(one.help),
                required=one.required,
                max_length=WORDS,
                widget=forms.Textarea({"rows": 3}),
            )

    @property
    def section_fields(self) -> list[forms.BoundField]:
        """The fields of the sections in their order."""
        return [self[f"section_{one.code}"] for one in self.sections]

    def text(self) -> OfferText:
        """The same as the action takes it."""
        given = self.cleaned_data
        return OfferText(
            pay=given["pay"],
            sections={one.code: given[f"section_{one.code}"] for one in self.sections},
            track=given["track"],
            motive=given["motive"],
            adaptation_risk=given["adaptation_risk"],
            answer_by=given["answer_by"],
        )


class AnswerForm(forms.Form):
    """What the candidate answered."""

    accepted = forms.ChoiceField(
        label=_("Answer"),
        widget=forms.RadioSelect,
        choices=(("yes", _("Accepted")), ("no", _("Declined"))),
    )
    note = forms.CharField(
        label=_("In his words"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Why he declines: needed. Why he accepts: worth knowing later."),
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea({"rows": 2}))


def written(offer: Offer) -> dict[str, Any]:
    """What the form shows of an offer that was drafted."""
    names = ("pay", "answer_by", "track", "motive", "adaptation_risk")
    sections = {f"section_{code}": text for code, text in offer.sections.items()}
    return {name: getattr(offer, name) for name in names} | sections


def proposed(application: Application, probation: str, mentor: str) -> dict[str, Any]:
    """What a new offer begins with, as far as the vacancy and the probation tell it."""
    vacancy = application.vacancy
    return {
        "answer_by": timezone.localdate() + dt.timedelta(days=DAYS_TO_ANSWER),
        "motive": application.candidate.motive,
        "pay": application.candidate.pay_wanted,
        "section_role": "\n".join(
            text for text in (vacancy.title, vacancy.get_mandate_display()) if text
        ),
        "section_portfolio": vacancy.letter.get("manages", ""),
        "section_now": vacancy.letter.get("pay", ""),
        "section_probation": probation,
        "section_advantages": vacancy.letter.get("about", ""),
        "section_mentor": mentor,
    }


def _refusal(application: Application) -> str:
    """A letter that says no as one would like to hear it, in the vacancy's language."""
    with override(application.vacancy.language):
        return gettext(
            "Hello, %(name)s!\n\nThank you for the time you gave us and for your interest in"
            " “%(vacancy)s”. This time we chose another candidate. We wish you luck and hope"
            " that our ways meet again."
        ) % {
            "name": application.candidate.full_name,
            "vacancy": application.vacancy.title,
        }
