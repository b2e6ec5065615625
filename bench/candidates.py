"""`bench candidates`: the board, the search, the call queue at fifty thousand candidates."""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import installation
from bench.report import Bar, Part, number

PEOPLE = 50_000
LIMIT = 200.0  # ms, 95 % of the looks
SHOWN = 50
PART = 20_000  # rows of one import
SURNAMES = ("Volkov", "Orlova", "Sidorov", "Belova", "Kuznetsov", "Morozova", "Egorov", "Zaytseva")
CITIES = ("Perm", "Kazan", "Samara", "Tver", "Omsk", "Tula")


def bench_candidates(folder: Path, rounds: int, people: int = PEOPLE) -> list[Part]:
    """Build an installation with so many candidates of one vacancy; measure in its process."""
    home, found = folder / f"candidates-{people}", folder / "candidates.json"
    env = installation.made_in(home)
    installation.in_child("bench.candidates", "look", env, people, rounds, found)
    said = json.loads(found.read_text())
    rows: list[Sequence[object]] = [
        (name, n, number(one["median"]), number(one["p95"]), number(one["worst"]))
        for name, one in said["looks"].items()
        for n in [one["n"]]
    ]
    part = Part(
        f"Candidates: {people:,} in one vacancy, SQLite",
        ["question, ms", "looks", "median", "95 %", "worst"],
        rows,
    )
    if said["import"]:
        part.notes = [f"{people:,} imported with search for doubles in {number(said['import'])} s"]
    part.bars = [
        Bar(f"{name}, 95 % of the looks", one["p95"], "≤", LIMIT, "ms")
        for name, one in said["looks"].items()
    ]
    part.data = said
    return [part]


def look(people: str, rounds: str, path: str) -> None:
    """Make the people, ask each question many times, each time another one."""
    installation.django()
    vacancy, actor, took = _made(int(people))
    looks = {
        name: _measured(question, 40 * max(int(rounds), 1))
        for name, question in _questions(vacancy, actor, int(people)).items()
    }
    Path(path).write_text(json.dumps({"import": took, "looks": looks}), encoding="utf-8")


def _made(people: int) -> tuple[Any, Any, float]:
    from kamerton.domain.hiring import actions
    from kamerton.domain.hiring.models import Vacancy

    actor = _recruiter()
    there = Vacancy.objects.filter(applications__isnull=False).distinct().first()
    if there is not None:
        return there, actor, 0.0
    vacancy = _vacancy(actor)
    rows = [_row(number) for number in range(people)]
    began = time.perf_counter()
    for start in range(0, people, PART):
        actions.import_candidates(actor, vacancy, rows=rows[start : start + PART])
    took = time.perf_counter() - began
    _spread(vacancy)
    return vacancy, actor, took


def _vacancy(actor: Any) -> Any:
    import datetime as dt

    from django.utils.timezone import localdate

    from kamerton.domain.hiring import actions

    vacancy = actions.create_vacancy(
        actor,
        title="Key account manager",
        reason="growth",
        seats=3,
        mandate="develop",
        needed_by=localdate() + dt.timedelta(days=30),
        pay_low=10_000_000,
        pay_high=15_000_000,
    )
    return actions.approve_vacancy(installation.owner(), vacancy)


def _recruiter() -> Any:
    from kamerton.platform.access import actions
    from kamerton.platform.access.models import User
    from kamerton.platform.access.roles import Role

    email = "recruiter@bench.example"
    known = User.objects.filter(email=email).first()
    return known or actions.add_person(
        installation.owner(), email=email, full_name="Recruiter", roles=[Role.RECRUITER]
    )


def _row(number: int) -> Any:
    from kamerton.domain.hiring.queries import ImportRow, Person, tidied

    surname, city = SURNAMES[number % len(SURNAMES)], CITIES[number % len(CITIES)]
    person = Person(
        f"{surname} Ivan {number}",
        phone=f"+7 555 {number:07}",
        email=f"candidate{number}@mail.example",
        employer=f"Company {number % 900}",
        region=city,
    )
    return ImportRow(tidied(person), 12_000_000)


def _spread(vacancy: Any) -> None:
    """Put people on stages as a funnel does, and let two of five wait for a call."""
    import datetime as dt

    from django.utils import timezone

    from kamerton.domain.hiring.models import Application

    now, stages = timezone.now(), list(Application.Stage)
    weights = [40, 20, 12, 6, 4, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, *[1] * (len(stages) - 15)]
    wheel = [stage for stage, times in zip(stages, weights, strict=True) for _ in range(times)]
    rows = list(vacancy.applications.order_by("pk"))
    for at, row in enumerate(rows):
        row.stage = wheel[at * 7919 % len(wheel)]
        row.reached = Application.WAY.index(row.stage) if row.stage in Application.WAY else at % 4
        row.stage_since = now - dt.timedelta(minutes=at * 37 % 40_000)
        row.call_rank = at % 4
        row.call_due_at = now - dt.timedelta(minutes=at % 9000) if at % 5 < 2 else None
    Application.objects.bulk_update(
        rows, ["stage", "reached", "stage_since", "call_rank", "call_due_at"], batch_size=500
    )


def _questions(vacancy: Any, actor: Any, people: int) -> dict[str, Callable[[int], Any]]:
    from kamerton.domain.hiring import queries
    from kamerton.domain.hiring.models import Application

    stages = [stage.value for stage in Application.Stage]

    def who(at: int) -> str:
        number = at * 7919 % people
        words = (f"ivan {number}", SURNAMES[at % 8].lower(), CITIES[at % 6].lower(), "nobody here")
        return words[at % 4]

    def listed(found: Any) -> Any:
        return found.count(), list(found[:SHOWN])

    return {
        "board": lambda at: queries.board(actor, vacancy),
        "list of a stage": lambda at: listed(
            queries.applications(actor, vacancy, stage=stages[at % len(stages)])
        ),
        "search in a vacancy": lambda at: listed(
            queries.applications(actor, vacancy, search=who(at))
        ),
        "search in the base": lambda at: listed(queries.candidates(actor, search=who(at))),
        "call queue": lambda at: listed(queries.call_queue(actor, vacancy, mine=at % 2 == 0)),
        "funnel": lambda at: queries.funnel(actor, vacancy),
    }


def _measured(question: Callable[[int], Any], times: int) -> dict[str, float]:
    question(0)
    took = []
    for at in range(times):
        began = time.perf_counter()
        question(at)
        took.append(1000 * (time.perf_counter() - began))
    p95 = quantiles(took, n=20)[-1]
    return {"n": times, "median": median(took), "p95": p95, "worst": max(took)}
