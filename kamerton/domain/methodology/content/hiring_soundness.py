"""Plain: what is wrong with the hiring part of a method, in sentences."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from kamerton.domain.methodology.content.hiring import (
    ANSWERS,
    EXPERIENCE,
    INFO,
    KNOCKOUT,
    KNOWLEDGE,
    QUALITY,
    RULES,
    SCORED,
    Competency,
    FormQuestion,
)
from kamerton.domain.methodology.content.hiring_law import REASON, forbidden
from kamerton.domain.methodology.content.soundness import worded
from kamerton.domain.methodology.content.texts import Text

LISTS = (
    *("competencies", "questionnaire", "letter_blocks", "group_plan", "business_tasks"),
    *("selection_items", "probation_criteria", "offer_sections"),
)
GROUP_MINUTES = 120


def bad_hiring(method: Any, had: Any) -> Iterator[str]:
    """Yield what is wrong with a Methodology; what was shipped (`had`) is kept."""
    for name in LISTS:
        codes = [entry.code for entry in getattr(method, name)]
        if len(set(codes)) != len(codes) or {e.code for e in getattr(had, name)} - set(codes):
            yield _("In “%(name)s” a code stands twice or a shipped entry is missing.") % {
                "name": name
            }
    for competency in method.competencies:
        yield from _bad_competency(competency)
    for question in method.questionnaire:
        yield from _bad_question(question)
    yield from _bad_numbers(method)


def _bad_competency(competency: Competency) -> Iterator[str]:
    about = {"code": competency.code}
    words = (competency.title, competency.question, competency.red_flag, *competency.indicators)
    if not all(worded(text) for text in (*words, *competency.anchors)):
        yield _("Competency %(code)s needs words in both languages.") % about
    if len(competency.anchors) != 3 or not competency.indicators:
        yield _("Competency %(code)s needs indicators and three anchors: for 1, 3 and 5.") % about
    if competency.kind not in (KNOWLEDGE, EXPERIENCE, QUALITY):
        yield _("Competency %(code)s is knowledge, experience or a quality.") % about
    yield from _unlawful((*words, *competency.anchors))


def _bad_question(question: FormQuestion) -> Iterator[str]:
    about = {"code": question.code}
    known = question.kind in (KNOCKOUT, SCORED, INFO) and question.answer in ANSWERS
    if not (known and question.rule in RULES and worded(question.title)):
        yield _("Question %(code)s needs words, a known kind, answer and rule.") % about
    if question.rule and question.kind != KNOCKOUT:
        yield _("Only a knock-out question has a rule, not %(code)s.") % about
    if (question.answer == "choice") != (len(question.choices) >= 2) or (
        question.marks and len(question.marks) != len(question.choices)
    ):
        yield _("Question %(code)s needs choices, and a mark for each, if it is a choice.") % about
    yield from _unlawful((question.title, *question.choices))


def _unlawful(texts: Iterable[Text]) -> Iterator[str]:
    for text in texts:
        for words in (text.ru, text.en):
            if found := forbidden(words):
                yield _("“%(words)s” asks about: %(topic)s. %(reason)s") % {
                    "words": words,
                    "topic": found[0].title,
                    "reason": REASON,
                }
                return


def _bad_numbers(method: Any) -> Iterator[str]:
    if sum(part.minutes for part in method.group_plan) != GROUP_MINUTES:
        yield _("The parts of the group session must take 120 minutes together.")
    if abs(sum(one.points for one in method.probation_criteria) - 100) > 1e-9:
        yield _("The points of the probation must add up to 100.")
    if not any(block.code == "pay" and block.required for block in method.letter_blocks):
        yield _("The letter keeps its block on pay.")
    if method.hiring.years_knockout > method.hiring.years_caution:
        yield _("Experience that is refused must be below experience that asks for caution.")
