"""Rules of the candidate's form: what is asked, how answers are read, who is refused and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from kamerton.domain.hiring.models import Candidate, Vacancy, VacancyQuestion
from kamerton.domain.hiring.models.candidates import company_key
from kamerton.domain.hiring.queries.people import searched_of
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.hiring import FormQuestion
from kamerton.domain.methodology.content.rules import Hiring
from kamerton.domain.methodology.content.texts import Text

CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")
LONGEST = 5000
Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Knock:
    """What refused a person: the question, the rule, what is needed, in words."""

    code: str
    rule: str
    why: str


@dataclass(frozen=True)
class FormVerdict:
    """What the rules say of a filled form."""

    knocked: tuple[Knock, ...]
    cautions: tuple[str, ...]  # years, pay
    stopped: bool  # the last employer is on the stop list


def asked_questions(
    method: Methodology, vacancy: Vacancy, own: Sequence[VacancyQuestion] = ()
) -> tuple[FormQuestion, ...]:
    """The questions of a vacancy's form: those of its pack, only what it needs, and its own."""
    found = [
        question
        for question in method.questionnaire
        if question.code != "consent"
        and question.pack in ("", vacancy.pack)
        and (question.rule != "language" or vacancy.languages)
        and (question.rule != "trips" or vacancy.trip_days)
    ]
    return (*found, *(_own(question) for question in own))


def _own(question: VacancyQuestion) -> FormQuestion:
    kind = "knockout" if question.knockout else "info"
    words = Text(question.text, question.text)
    return FormQuestion(question.code, words, kind, question.answer, full=question.least or 0.0)


def read_answer(question: FormQuestion, given: object) -> Any:
    """Return an answer as it is kept; None for none. Money in minor units.

    Raises ValueError with a sentence if it is not of its kind.
    """
    text = plain_text(given if given is not None else "").strip()[:LONGEST]
    if not text and not isinstance(given, list):
        return None
    return _READ.get(question.answer, _text)(question, text, given)


def plain_text(given: object) -> str:
    """Return what was written without what a database refuses."""
    return str(given).replace("\x00", "")


def _text(question: FormQuestion, text: str, given: object) -> str:
    return text


def _amount(question: FormQuestion, text: str, given: object) -> float | int:
    return _number(text, minor=question.answer == "money")


def _yes(question: FormQuestion, text: str, given: object) -> bool:
    return text.casefold() in ("1", "true", "yes", "on", "да")


def _choice(question: FormQuestion, text: str, given: object) -> int:
    if not (text.isascii() and text.isdigit() and int(text) < len(question.choices)):
        raise ValueError(_("Choose one of the answers."))
    return int(text)


def _level(question: FormQuestion, text: str, given: object) -> str:
    if text.upper() not in CEFR:
        raise ValueError(_("The level of a language is A1 to C2."))
    return text.upper()


def _names(question: FormQuestion, text: str, given: object) -> list[str]:
    names = given if isinstance(given, list) else text.replace(";", "\n").splitlines()
    return [plain_text(name).strip()[:200] for name in names if plain_text(name).strip()][:10]


_READ: Mapping[str, Callable[[FormQuestion, str, object], Any]] = {
    "number": _amount,
    "money": _amount,
    "yes_no": _yes,
    "choice": _choice,
    "language": _level,
    "names": _names,
}


def _number(text: str, *, minor: bool) -> float | int:
    plain = "".join(text.split()).replace(",", ".")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise ValueError(_("Write a number.")) from None
    if not value.is_finite() or not 0 <= value < 10**12:
        raise ValueError(_("Write a number that is not negative."))
    return int(value * 100) if minor else float(value)


def judge(
    questions: Sequence[FormQuestion],
    answers: Answers,
    vacancy: Vacancy,
    limits: Hiring,
    stopped: Sequence[str],
) -> FormVerdict:
    """Apply the rules; `stopped` are folded names of the stop list."""
    knocked: list[Knock] = []
    cautions: list[str] = []
    rules = _Rules(vacancy, limits)
    for question in questions:
        value = answers.get(question.code)
        if question.kind != "knockout" or value is None:
            continue
        verdict = rules.of(question, value)
        if isinstance(verdict, str):
            cautions.append(verdict)
        elif verdict is not None:
            knocked.append(verdict)
    employer = company_key(str(answers.get("employer") or ""))
    return FormVerdict(tuple(knocked), tuple(cautions), bool(employer) and employer in stopped)


@dataclass(frozen=True)
class _Rules:
    vacancy: Vacancy
    limits: Hiring

    def of(self, question: FormQuestion, value: Any) -> Knock | str | None:
        """Return what refuses, the code of a caution, or None."""
        found = {
            "years": self._years,
            "pay": self._pay,
            "notice": self._notice,
            "trips": self._trips,
            "language": self._language,
            "": self._own,
        }.get(question.rule)
        return found(question, value) if found else None

    def _own(self, question: FormQuestion, value: Any) -> Knock | None:
        if question.answer == "number":
            return self._least(question, float(value), question.full)
        if question.answer == "yes_no" and not value:
            return Knock(question.code, "yes", _("The answer is no."))
        return None

    def _years(self, question: FormQuestion, years: Any) -> Knock | str | None:
        if years < self.limits.years_knockout:
            return self._least(question, years, self.limits.years_knockout)
        return "years" if years < self.limits.years_caution else None

    def _pay(self, question: FormQuestion, wanted: Any) -> str | None:
        top = self.vacancy.pay_high
        return "pay" if top is not None and wanted > top * (1 + self.limits.pay_over) else None

    def _least(self, question: FormQuestion, value: float, least: float) -> Knock | None:
        if value >= least:
            return None
        why = _("%(value)g, at least %(least)g is needed.") % {"value": value, "least": least}
        return Knock(question.code, question.rule or "least", why)

    def _notice(self, question: FormQuestion, days: Any) -> Knock | None:
        most = self.limits.notice_days
        if days <= most:
            return None
        why = _("%(value)g, at most %(most)g is possible.") % {"value": days, "most": most}
        return Knock(question.code, question.rule, why)

    def _trips(self, question: FormQuestion, days: Any) -> Knock | None:
        return self._least(question, float(days), float(self.vacancy.trip_days or 0))

    def _language(self, question: FormQuestion, level: Any) -> Knock | None:
        needed = [one["cefr"] for one in self.vacancy.languages if one.get("knockout")]
        if not needed or CEFR.index(level) >= max(CEFR.index(one) for one in needed):
            return None
        why = _("%(level)s, %(needed)s is needed.") % {"level": level, "needed": max(needed)}
        return Knock(question.code, question.rule, why)


def form_score(
    questions: Sequence[FormQuestion], answers: Answers, marks: Mapping[str, float]
) -> float | None:
    """The score of a form, 0 to 100; texts count once somebody marked them."""
    weighed = brought = 0.0
    for question in questions:
        part = _part(question, answers.get(question.code), marks.get(question.code))
        if part is not None and question.weight:
            weighed += question.weight
            brought += question.weight * part
    return 100.0 * brought / weighed if weighed else None


def _part(question: FormQuestion, value: Any, mark: float | None) -> float | None:
    if mark is not None:
        return mark
    if value is None:
        return None
    if question.answer == "choice" and question.marks:
        worth: float = question.marks[value]
        return worth
    if question.answer in ("number", "money") and question.full:
        full = question.full * (100 if question.answer == "money" else 1)
        return min(1.0, float(value) / full)
    return None


def put_on_candidate(candidate: Candidate, answers: Answers, vacancy: Vacancy) -> None:
    """Keep with the person what he said of himself."""
    columns = {
        "experience": "experience_years",
        "largest_deal": "largest_project",
        "known_clients": "known_clients",
        "pay_now": "pay_now",
        "pay_wanted": "pay_wanted",
        "buyer_level": "highest_level",
    }
    for code, name in columns.items():
        if (value := answers.get(code)) is not None:
            setattr(candidate, name, value + 1 if code == "buyer_level" else value)
    if (days := answers.get("notice_days")) is not None:
        candidate.notice_days = min(int(days), 32_767)
    if (motive := answers.get("motive")) is not None:
        candidate.motive = Candidate.Motive.values[motive]
    if employer := answers.get("employer"):
        candidate.employer, candidate.employer_key = employer[:250], company_key(employer)[:250]
        candidate.searched = searched_of(candidate)
    if (level := answers.get("language")) is not None and vacancy.languages:
        candidate.languages = [{"code": vacancy.languages[0]["code"], "cefr": level}]
