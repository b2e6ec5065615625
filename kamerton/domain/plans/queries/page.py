"""The plan on one page, in plain values: what the page shows and what every export writes.

Money in minor units (kopecks), shares 0–1, None: no data. Texts are in the reader's language.
"""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A section of the method's template; not `shown`: the company does without it."""

    code: str  # s1 … s13
    title: str
    help: str
    shown: bool


@dataclass(frozen=True)
class Head:
    """s1: the client and the horizon."""

    client_id: int
    client: str
    company: str  # ours
    currency: str  # "RUB"
    manager: str
    supervisor: str  # "" if nobody stands above
    author: str
    horizon_years: int
    starts_on: dt.date
    ends_on: dt.date
    state: str
    state_title: str
    next_review_on: dt.date | None
    review_overdue: bool


@dataclass(frozen=True)
class Now:
    """s2: where we stand."""

    sales: int
    profit: int | None
    wallet: int | None
    share: float | None
    categories: str
    stage: int
    stage_title: str
    level: int
    competitors: str
    strengths: str
    vulnerabilities: tuple["Line", ...]  # the first is the critical one


@dataclass(frozen=True)
class Line:
    """A line of text of the plan: a vulnerability, something we give up, a day of control."""

    pk: int
    revision: int
    text: str
    note: str = ""
    on: dt.date | None = None


@dataclass(frozen=True)
class Year:
    """s4: a year of the trajectory; `fact` is of `months` closed months, `expected` of the same.

    `forecast` is the whole year: closed months and the forecast of the rest, with its interval.
    """

    number: int
    since: dt.date
    until: dt.date
    trajectory: int
    months: int
    fact: int | None
    expected: int | None
    attainment: float | None  # fact / expected
    colour: str  # ok, warn, bad, mute
    forecast: int | None
    low: int | None
    high: int | None
    planned: int  # s13: sum of the month plans
    planned_months: int
    reconciled: float | None  # planned / trajectory of the same months
    reconciled_ok: bool | None


@dataclass(frozen=True)
class Goal:
    """s4: a goal by year; `kind`: money, share, stage or number. `words` are values as written."""

    pk: int
    revision: int
    metric: str
    title: str
    kind: str
    unit: str
    baseline: float | None
    targets: tuple[float | None, ...]
    actual: float | None  # where it can be computed
    words: tuple[str, ...]  # now, then each year
    actual_words: str
    source: str
    owner: str


@dataclass(frozen=True)
class Strategy:
    """s5."""

    pk: int
    revision: int
    text: str
    closes: tuple[str, ...]
    people: tuple[str, ...]
    actions: int


@dataclass(frozen=True)
class Action:
    """s6: what the manager does; `state`: done, late, due, waits, planned or dropped."""

    pk: int
    revision: int
    kind: str
    kind_title: str
    title: str
    trigger: str
    due_on: dt.date
    owner: str
    strategy: str
    state: str
    state_title: str
    done_on: dt.date | None
    on_time: bool | None  # None while it is not due
    evidence: tuple[str, ...]  # what was done, in words
    open_task: int | None  # the activity that is planned for it
    expected_profit: int | None


@dataclass(frozen=True)
class CompanyAction:
    """s7: what the company does for the plan."""

    pk: int
    revision: int
    department: str
    title: str
    owner: str
    due_on: dt.date
    cost: int
    state: str
    state_title: str
    late: bool
    decided_by: str
    proof: str


@dataclass(frozen=True)
class Cost:
    """s7: a line of the budget that is no action."""

    pk: int
    revision: int
    title: str
    amount: int
    year: int


@dataclass(frozen=True)
class Budget:
    """s7: what the plan costs against what it should bring."""

    lines: tuple[Cost, ...]
    actions: int
    total: int
    extra_profit: int | None
    note: str
    ratio: float | None


@dataclass(frozen=True)
class Person:
    """s8: somebody to win; attitude −2…+2 and coverage 0–3 come from the buying centre."""

    pk: int
    revision: int
    member: int | None
    name: str
    role: str
    aim: str
    attitude: int | None
    coverage: int | None


@dataclass(frozen=True)
class Risk:
    """s9."""

    pk: int
    revision: int
    text: str
    probability: int
    impact: int
    weight: int
    trigger: str
    response: str


@dataclass(frozen=True)
class Scenario:
    """s9."""

    pk: int
    revision: int
    kind: str
    kind_title: str
    text: str
    trigger: str
    sales: int | None
    response: str


@dataclass(frozen=True)
class Held:
    """s11: a joint session or a review."""

    pk: int
    kind: str  # session, review
    on: dt.date
    who: str
    seen: str
    decided: str


@dataclass(frozen=True)
class Comment:
    """A word about a section."""

    section: str
    text: str
    author: str
    at: dt.datetime


@dataclass(frozen=True)
class Approval:
    """s12: who submitted, who approved, by what version."""

    submitted_by: str
    submitted_at: dt.datetime | None
    approved_by: str
    approved_at: dt.datetime | None
    returned_because: str
    version: int | None
    method: int


@dataclass(frozen=True)
class Chart:
    """Sales of 12 months at the end of each quarter: plan, fact, forecast with its interval."""

    labels: tuple[str, ...]
    days: tuple[dt.date, ...]
    plan: tuple[int | None, ...]
    fact: tuple[int | None, ...]
    forecast: tuple[int | None, ...]
    low: tuple[int | None, ...]
    high: tuple[int | None, ...]


@dataclass(frozen=True)
class PlanPage:
    """All 13 sections. `text_revision` goes with edits of s1–s4's own fields, rows have theirs."""

    pk: int
    revision: int
    text_revision: int
    sections: tuple[Section, ...]
    head: Head  # s1
    now: Now  # s2
    vision: str  # s3
    trajectory: str  # s4: the way to the goal, in words
    baseline: int
    target: int
    years: tuple[Year, ...]  # s4 and s13
    chart: Chart
    goals: tuple[Goal, ...]
    strategies: tuple[Strategy, ...]  # s5
    actions: tuple[Action, ...]  # s6
    company_actions: tuple[CompanyAction, ...]  # s7
    budget: Budget
    people: tuple[Person, ...]  # s8
    risks: tuple[Risk, ...]  # s9
    scenarios: tuple[Scenario, ...]
    stops: tuple[Line, ...]  # s10
    control_points: tuple[Line, ...]  # s11
    held: tuple[Held, ...]
    approval: Approval  # s12
    comments: tuple[Comment, ...]

    def section(self, code: str) -> Section:
        """Return the section of the template called `code`."""
        return next(section for section in self.sections if section.code == code)
