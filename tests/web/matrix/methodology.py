"""The method: everybody reads it, only its keeper changes it."""

from kamerton.domain.methodology import actions, queries
from kamerton.web.methodology.hiring_forms import (
    CompetencyForm,
    FormQuestionForm,
    LetterBlockForm,
    ProbationForm,
)
from tests.web.matrix.row import Row, nothing

KEEP = {"methodologist"}


def section(world, user):
    return {"section": "norm_bands"}


def second(world, user):
    actions.change_methodology(
        world.people["methodologist"], note="Longer lists", norm_bands={"kam_high": 40}
    )
    return {"number": 2}


def change(world, user):
    bands = {"kam_low": 5, "kam_high": 25, "flow_low": 20, "flow_high": 100}
    return {**bands, "note": "Shorter lists", "based_on": 1}


def group(world, user):
    return {"group": "g1"}


def question(world, user):
    return {"group": "g1", "question": "1.3"}


def code_of(code):
    return lambda world, user: {"code": code}


def regrouped(world, user):
    return {"title_ru": "Клиент", "title_en": "Client", "place": 2, "note": "x", "based_on": 1}


def asked(world, user):
    words = {"title_ru": "Сколько лет?", "title_en": "How old?", "kind": "number"}
    held = {"weight": 1, "ttl_months": 60, "place": 1, "asked": "on"}
    return {**words, **held, "note": "x", "based_on": 1}


def role(world, user):
    words = {
        f"{name}_{language}": "…"
        for name in ("title", "definition", "work", "actions")
        for language in ("ru", "en")
    }
    return {**words, "cadence_days": 10, "note": "x", "based_on": 1}


def roles(world, user):
    chosen = {"roles": ["decider", "user", "buyer"], "mandatory": ["decider"], "in_force": "on"}
    return {**chosen, "title_ru": "Наш", "title_en": "Ours", "note": "x", "based_on": 1}


def plan_section(world, user):
    words = {"title_ru": "Мечта", "title_en": "Dream", "help_ru": "…", "help_en": "…"}
    return {**words, "shown": "on", "note": "x", "based_on": 1}


def changes(name, own, data):
    """Rows of a form: who may open it and who may send it."""
    return [
        Row(f"methodology:{name}", may=KEEP, own=own),
        Row(f"methodology:{name}", may=KEEP, method="post", own=own, data=data),
    ]


def part(world, user):
    return {"part": "competencies"}


def reworded(name):
    """The form of an entry as drawn, with one word changed."""

    def make(world, user):
        method = queries.current()
        if name == "letter":
            form = LetterBlockForm(method, None, method.letter_blocks[0])
        elif name == "question":
            form = FormQuestionForm(method, None, method.questionnaire[1])
        else:
            form = CompetencyForm(method, None, method.competencies[0])
        drawn = {key: form[key].value() for key in form.fields}
        given = drawn | {"title_en": "Another", "note": "x"}
        absent = (value is None or value is False for value in given.values())
        return {key: given[key] for key, gone in zip(given, absent, strict=True) if not gone}

    return make


def added(world, user):
    words = {"title_ru": "Сколько тендеров?", "title_en": "How many tenders?"}
    held = {"kind": "info", "answer": "text", "weight": 0, "required": "on"}
    return {**words, **held, "note": "x", "based_on": 1}


def targets(world, user):
    form = ProbationForm(queries.current())
    drawn = {key: form[key].value() for key in form.fields}
    return drawn | {"talks_week_4": 20, "note": "x"}


ROWS = [
    Row("methodology:home"),
    Row("methodology:versions"),
    Row("methodology:version", own=second),
    Row("methodology:groups"),
    Row("methodology:group", own=group),
    Row("methodology:roles"),
    Row("methodology:plan-sections"),
    *changes("section", section, change),
    *changes("group-edit", group, regrouped),
    *changes("question-edit", question, asked),
    *changes("question-add", group, asked),
    *changes("role-edit", code_of("coach"), role),
    *changes("role-add", nothing, role),
    *changes("set-edit", code_of("sales8"), roles),
    *changes("set-add", nothing, roles),
    *changes("plan-section-edit", code_of("s3"), plan_section),
    Row("methodology:hiring", own=part),
    *changes("competency-edit", code_of("C01"), reworded("competency")),
    *changes("competency-add", nothing, reworded("competency")),
    *changes("form-question-edit", code_of("experience"), reworded("question")),
    *changes("form-question-add", nothing, added),
    *changes("letter-edit", code_of("about"), reworded("letter")),
    *changes("probation-edit", nothing, targets),
]
