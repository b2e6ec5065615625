"""Candidates of one contest in order, with the parts of each place and what speaks against."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kamerton.calc.candidate_rank import (
    PROFILES,
    RANK_PARTS,
    ClientProfile,
    ProfileMatch,
    Ranking,
    client_overlap,
    competency_points,
    match_profile,
    rank_candidates,
    tier_points,
)
from kamerton.calc.text import folded
from kamerton.domain.hiring.models import (
    Application,
    Candidate,
    ClaimCheck,
    TaskResult,
    Vacancy,
)
from kamerton.domain.hiring.queries.marking import Compared, compared
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.platform.access.models import User

ABSENT = 2.0  # a mark below it says that the competency is absent
#: Cautions that cost points of the rank; the others are shown only.
COUNTED = ("owner", "money_only", "open_claim")
NAN = math.nan


@dataclass(frozen=True)
class Ranked:
    """One candidate's place; parts by name, None where not known; `missing` bars an offer."""

    application: Application
    place: int  # 0: held, or nothing is known
    score: float | None
    parts: dict[str, float | None]  # what each part brings to the score
    penalty: float
    cautions: tuple[str, ...]
    hold: bool
    missing: tuple[str, ...]
    lacks: tuple[str, ...]  # competencies that refuse whoever lacks them, marked as absent
    overlap: tuple[str, ...]  # our targets he has worked with

    @property
    def may_be_offered(self) -> bool:
        """True if nothing is missing or lacking and nothing holds him."""
        return not (self.hold or self.missing or self.lacks)


@dataclass(frozen=True)
class _Facts:
    marks: list[Compared]
    results: dict[str, float]
    claims: list[str]


@dataclass(frozen=True)
class _Barred:
    """What stands between a candidate and an offer, beside the clients we want."""

    missing: tuple[str, ...]
    lacks: tuple[str, ...]
    targets: list[str]

    @classmethod
    def of(
        cls, facts: _Facts, vacancy: Vacancy, method: Methodology, refusing: set[str]
    ) -> "_Barred":
        lacks = tuple(
            line.code for line in facts.marks if line.code in refusing and line.value < ABSENT
        )
        return cls(_missing(facts, vacancy, method), lacks, vacancy.targets)


def ranking(
    viewer: User, vacancy: Vacancy, *, profile: str = "", stages: Sequence[str] = ()
) -> list[Ranked]:
    """Those who take part in the contest, the best first (7 queries for any number).

    `profile`: "standard" or "potential", else the vacancy's own. Without `stages`: all who came
    once and are in the contest, also while they are invited to another session.
    """
    if not viewer.may("hiring.view"):
        return []
    rows = Application.objects.visible_to(viewer).filter(vacancy=vacancy)
    if stages:
        rows = rows.filter(stage__in=stages)
    else:
        rows = rows.filter(reached__gte=Application.WAY.index("showed")).alive()
    found = list(rows.select_related("candidate", "source").order_by("pk"))
    return _ranked(found, vacancy, profile or vacancy.rank_profile)


def ranked(viewer: User, application: Application) -> Ranked | None:
    """One candidate as he stands, without his place among others (7 queries)."""
    seen = Application.objects.visible_to(viewer).filter(pk=application.pk)
    found = list(seen.select_related("candidate", "source", "vacancy"))
    return next(iter(_ranked(found, found[0].vacancy, "")), None) if found else None


def best_of_group(viewer: User, vacancy: Vacancy) -> list[Ranked]:
    """The two or three a group gives as a rule: the best who may be offered (7 queries)."""
    return [one for one in ranking(viewer, vacancy) if one.place and not one.hold][:3]


def profile_match(viewer: User, application: Application) -> ProfileMatch:
    """How far the clients the candidate calls key are like ours (no query)."""
    del viewer  # the application was given by a query
    ours = application.vacancy.profile
    person = application.candidate
    his = ClientProfile(
        deal_size=_number(person.deal_size),
        products=person.products,
        buyers=person.buyers,
        project=_number(person.largest_project),
        level=_number(person.highest_level),
        budget=_number(person.largest_budget),
    )
    return match_profile(
        his,
        ClientProfile(
            deal_size=_number(ours.get("deal_size")),
            products=ours.get("products", ()),
            buyers=ours.get("buyers", ()),
            project=_number(ours.get("project")),
            level=_number(ours.get("level")),
            budget=_number(ours.get("budget")),
        ),
    )


def cautions_of(application: Application, claims: Sequence[str]) -> tuple[str, ...]:
    """What asks for caution, by code: of the form, of the answers, of claims."""
    person = application.candidate
    found = list(application.cautions)
    if application.five_years == Application.FiveYears.OWNER:
        found.append("owner")
    if person.motive == Candidate.Motive.MONEY:
        found.append("money_only")
    if ClaimCheck.State.OPEN in claims:
        found.append("open_claim")
    return tuple(found)


def _ranked(found: list[Application], vacancy: Vacancy, profile: str) -> list[Ranked]:
    if not found:
        return []
    method = methodology.current()
    facts = _facts(found)
    table = np.array([_parts(one, facts[one.pk], vacancy, method) for one in found])
    cautions = [cautions_of(one, facts[one.pk].claims) for one in found]
    refuted = [ClaimCheck.State.REFUTED in facts[one.pk].claims for one in found]
    counts = [sum(code in COUNTED for code in codes) for codes in cautions]
    order = rank_candidates(table, counts, refuted, PROFILES.get(profile, PROFILES["standard"]))
    refusing = {one.code for one in vacancy.requirements.all() if one.knockout and one.code}
    rows = [
        _row(one, at, order, cautions[at], _Barred.of(facts[one.pk], vacancy, method, refusing))
        for at, one in enumerate(found)
    ]
    return sorted(rows, key=lambda row: (row.place == 0, row.place))


def _row(
    application: Application,
    at: int,
    order: Ranking,
    cautions: tuple[str, ...],
    barred: _Barred,
) -> Ranked:
    brought = zip(RANK_PARTS, order.parts[at].tolist(), strict=True)
    return Ranked(
        application=application,
        place=int(order.place[at]),
        score=_known(float(order.score[at])),
        parts={name: _known(value) for name, value in brought},
        penalty=float(order.penalty[at]),
        cautions=cautions,
        hold=bool(order.hold[at]),
        missing=barred.missing,
        lacks=barred.lacks,
        overlap=client_overlap(application.candidate.known_clients, barred.targets).common,
    )


def _facts(found: list[Application]) -> dict[int, _Facts]:
    """Marks, results and claims of all (4 queries)."""
    ids = [one.pk for one in found]
    marks = compared(ids)
    results: dict[int, dict[str, float]] = defaultdict(dict)
    for pk, task, score in TaskResult.objects.filter(application__in=ids).values_list(
        "application", "task", "score"
    ):
        results[pk][task] = score
    claims: dict[int, list[str]] = defaultdict(list)
    people = [one.candidate_id for one in found]
    for pk, state in ClaimCheck.objects.filter(candidate__in=people).values_list(
        "candidate", "state"
    ):
        claims[pk].append(state)
    return {
        one.pk: _Facts(marks.get(one.pk, []), results[one.pk], claims[one.candidate_id])
        for one in found
    }


def _parts(one: Application, facts: _Facts, vacancy: Vacancy, method: Methodology) -> list[float]:
    """The six parts from 0 to 100, in the order of RANK_PARTS; NaN where not known."""
    person = one.candidate
    overlap = client_overlap(person.known_clients, vacancy.targets).share
    codes = {each.code for each in method.competencies}
    marks = [line.value for line in facts.marks if line.code in codes]
    tests = list(facts.results.values())
    return [
        100.0 * overlap if person.known_clients else NAN,
        float(tier_points([one.tier])[0]),
        _region(person.region, vacancy.region),
        float(competency_points([marks])[0]) if marks else NAN,
        sum(tests) / len(tests) if tests else NAN,
        NAN if one.form_score is None else one.form_score,
    ]


def _region(his: str, ours: str) -> float:
    if not his or not ours:
        return NAN
    return 100.0 if folded(his) == folded(ours) else 0.0


def _missing(facts: _Facts, vacancy: Vacancy, method: Methodology) -> tuple[str, ...]:
    """What bars an offer: no needed test, no open marks, no culture fit, no loyalty."""
    marked = {line.code for line in facts.marks}
    fit = {item.code for item in method.selection_items if item.code != "loyalty"}
    needed = [
        task.code
        for task in method.business_tasks
        if task.needed and task.pack in ("", vacancy.pack)
    ]
    found = ["test"] if any(code not in facts.results for code in needed) else []
    if not facts.marks:
        found.append("scorecards")
    if not fit <= marked:
        found.append("fit")
    if "loyalty" not in marked:
        found.append("loyalty")
    return tuple(found)


def _known(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _number(value: float | None) -> float | None:
    return float(value) if value else None
