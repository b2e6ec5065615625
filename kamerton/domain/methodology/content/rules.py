"""Plain: the thresholds and weights of the method, each with its title, unit and range."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

SHARE, POINTS, MONTHS, DAYS, COUNT, TIMES = "share", "points", "months", "days", "count", "times"
_RANGES = {
    SHARE: (0.0, 1.0),
    POINTS: (0.0, 100.0),
    MONTHS: (0, 120),
    DAYS: (1, 1000),
    COUNT: (0, 1000),
    TIMES: (0.0, 10.0),
}


def setting(default: Any, unit: str, title: Any, *, high: float | None = None) -> Any:
    """Declare one threshold: its shipped value, unit, title and the range it must keep."""
    low, top = _RANGES[unit]
    about = {"unit": unit, "title": title, "low": low, "high": top if high is None else high}
    return field(default=default, metadata=about)


@dataclass(frozen=True)
class Abc:
    """Classes by share of the base (3.1)."""

    a_share: float = setting(0.80, SHARE, _("class A reaches this share of the base"))
    b_share: float = setting(0.95, SHARE, _("class B reaches this share of the base"))
    crossing: str = field(
        default="A",
        metadata={"title": _("a client that crosses the border belongs to class"), "of": "AB"},
    )
    cost_coverage: float = setting(
        0.80, SHARE, _("gross profit is the base from this share of revenue with known cost")
    )


@dataclass(frozen=True)
class Xyz:
    """Classes by regularity (3.2)."""

    x_limit: float = setting(0.25, TIMES, _("class X up to this coefficient of variation"))
    y_limit: float = setting(0.50, TIMES, _("class Y up to this coefficient of variation"))
    min_months: int = setting(6, MONTHS, _("no class with less history than"), high=12)


@dataclass(frozen=True)
class Company:
    """When a client passes a criterion of the company (3.3)."""

    large_share: float = setting(0.10, SHARE, _("Large: share of revenue or gross profit"))
    large_a_share: float = setting(0.02, SHARE, _("Large: share within class A"))
    loyal_index: float = setting(70.0, POINTS, _("Loyal: loyalty index"))
    loyal_wallet: float = setting(0.50, SHARE, _("Loyal: our share of the client's purchases"))
    promising_sales: float = setting(1.0, TIMES, _("Promising: gap against our present sales"))
    promising_revenue: float = setting(0.02, SHARE, _("Promising: gap against company revenue"))
    promising_full: float = setting(0.04, SHARE, _("Promising: gap that scores 100"))
    status_score: float = setting(60.0, POINTS, _("Status: score"))
    partner_forms: int = setting(1, COUNT, _("Partner: documented forms"), high=7)
    complex_marks: int = setting(3, COUNT, _("Complex: marks"), high=8)


@dataclass(frozen=True)
class CompanyWeights:
    """What each criterion of the company weighs in the index; the sum is 100."""

    large: float = setting(30.0, POINTS, _("Large"))
    loyal: float = setting(15.0, POINTS, _("Loyal"))
    promising: float = setting(20.0, POINTS, _("Promising"))
    status: float = setting(15.0, POINTS, _("Status"))
    partner: float = setting(10.0, POINTS, _("Partner"))
    complex: float = setting(10.0, POINTS, _("Complex"))


@dataclass(frozen=True)
class InfluenceWeights:
    """What each of the seven marks weighs in the influence; the sum is 100."""

    volume: float = setting(20.0, POINTS, _("Volume"))
    assortment: float = setting(20.0, POINTS, _("Assortment"))
    timing: float = setting(10.0, POINTS, _("Timing"))
    price: float = setting(10.0, POINTS, _("Price and terms"))
    choice: float = setting(20.0, POINTS, _("Choice of supplier"))
    access: float = setting(10.0, POINTS, _("Access to deciders"))
    effect: float = setting(10.0, POINTS, _("Proven effect"))


@dataclass(frozen=True)
class Influence:
    """Gates of the influence (3.5)."""

    service_only_limit: float = setting(20.0, POINTS, _("influence at most, if only serviced"))
    external_limit: float = setting(30.0, POINTS, _("influence at most, if set from outside"))
    eligible: float = setting(40.0, POINTS, _("influence from which a client can be key"))
    valid_months: int = setting(6, MONTHS, _("an assessment is valid for"))


@dataclass(frozen=True)
class Manager:
    """When a client is key for a manager (3.5)."""

    large_share: float = setting(0.10, SHARE, _("Large: share of own gross profit that scores 100"))
    plan_share: float = setting(0.10, SHARE, _("Promising: share of own plan that scores 100"))
    offer_days: int = setting(180, DAYS, _("a competitor's offer counts for"))
    wallet_safe: float = setting(0.90, SHARE, _("loyalty is not at stake from this share"))
    pass_score: float = setting(60.0, POINTS, _("score that one of four must reach"))


@dataclass(frozen=True)
class ManagerWeights:
    """What the four criteria of a manager weigh in his index; the sum is 100.

    Partner and complex are not here: at this level they weigh nothing.
    """

    large: float = setting(35.0, POINTS, _("Large"))
    loyal: float = setting(20.0, POINTS, _("Loyal"))
    promising: float = setting(35.0, POINTS, _("Promising"))
    status: float = setting(10.0, POINTS, _("Status"))


@dataclass(frozen=True)
class Retention:
    """Who still buys (3.6)."""

    active_days: int = setting(90, DAYS, _("active within, at least"))
    active_intervals: float = setting(2.0, TIMES, _("active within, usual intervals"))
    churn_benchmark: float = setting(0.50, SHARE, _("churn line to compare with, a year"))


@dataclass(frozen=True)
class Wallet:
    """The part of a wallet that can be won, by the client's way of buying (3.7)."""

    free: float = setting(0.80, SHARE, _("reach, free choice"))
    dual: float = setting(0.50, SHARE, _("reach, two suppliers"))
    fixed: float = setting(0.0, SHARE, _("reach, fixed assortment"))
    confident: float = setting(0.50, SHARE, _("an estimate below this confidence is grey"))


@dataclass(frozen=True)
class Capacity:
    """Caps, load and dependence (3.16)."""

    cap: int = setting(15, COUNT, _("key clients of one manager at most"), high=15)
    load_warning: float = setting(1.00, TIMES, _("load that warns"))
    load_block: float = setting(1.20, TIMES, _("load that stops new key clients"))
    top1_dependence: float = setting(0.20, SHARE, _("dependence on one client from"))
    mono_client: float = setting(0.50, SHARE, _("mono-client from"))
    top5_share: float = setting(0.40, SHARE, _("five biggest clients, warning above"))
    hhi_moderate: float = setting(1000.0, COUNT, _("HHI moderate from"), high=10_000)
    hhi_high: float = setting(2500.0, COUNT, _("HHI high above"), high=10_000)
    share_notable: float = setting(0.10, SHARE, _("manager's share, notable from"))
    share_strong: float = setting(0.20, SHARE, _("manager's share, strong from"))
    share_critical: float = setting(0.50, SHARE, _("manager's share, critical from"))
    share_limit: float = setting(0.30, SHARE, _("manager's share, concentration limit"))


@dataclass(frozen=True)
class NormBands:
    """How many clients a person's whole list should hold (D1)."""

    kam_low: int = setting(5, COUNT, _("key account manager, from"))
    kam_high: int = setting(30, COUNT, _("key account manager, to"))
    flow_low: int = setting(20, COUNT, _("account manager, from"))
    flow_high: int = setting(100, COUNT, _("account manager, to"))


@dataclass(frozen=True)
class Watch:
    """Whom to look at (3.22) and when a key account function pays."""

    growth: float = setting(0.50, TIMES, _("growth over a year from"))
    of_smallest_key: float = setting(0.50, SHARE, _("revenue against the smallest key client"))
    even_effort: float = setting(0.20, SHARE, _("effort is spread evenly below a Gini of"))
    ready_keys: int = setting(5, COUNT, _("time for key account managers: key clients from"))
    ready_share: float = setting(
        0.60, SHARE, _("time for key account managers: share of the top fifth from")
    )


@dataclass(frozen=True)
class Review:
    """How long decisions hold."""

    key_months: int = setting(12, MONTHS, _("a company decision holds for"))
    failed_half_years: int = setting(2, COUNT, _("half-years of failing before removal"), high=6)
    season_months: int = setting(3, MONTHS, _("a season lasts"), high=12)


@dataclass(frozen=True)
class DossierColours:
    """From which quality a dossier is green, amber or else red (3.12)."""

    green: float = setting(0.75, SHARE, _("green from a quality of"))
    amber: float = setting(0.50, SHARE, _("amber from a quality of"))


@dataclass(frozen=True)
class Confidence:
    """How far an answer is trusted, by its source (3.12)."""

    document: float = setting(1.0, SHARE, _("a document"))
    client_said: float = setting(0.8, SHARE, _("the client said so"))
    public: float = setting(0.8, SHARE, _("public data"))
    observed: float = setting(0.6, SHARE, _("we saw it ourselves"))
    third_party: float = setting(0.5, SHARE, _("somebody else said so"))
    assumption: float = setting(0.3, SHARE, _("our assumption"))


@dataclass(frozen=True)
class Buying:
    """How far people of a buying centre are covered, and what the map shows (3.13)."""

    days_1: int = setting(365, DAYS, _("covered a little: contacts within"))
    contacts_1: int = setting(1, COUNT, _("covered a little: contacts, at least"))
    days_2: int = setting(90, DAYS, _("covered: last contact within"))
    contacts_2: int = setting(2, COUNT, _("covered: contacts in a year, at least"))
    days_3: int = setting(45, DAYS, _("covered well: last contact within"))
    contacts_3: int = setting(4, COUNT, _("covered well: contacts in a year, at least"))
    formats_3: int = setting(2, COUNT, _("covered well: kinds of contact, at least"))
    key_influence: int = setting(4, COUNT, _("a key person: influence from"), high=5)
    next_step_influence: int = setting(3, COUNT, _("a next step is due: influence from"), high=5)
    green_coverage: float = setting(0.60, SHARE, _("the map is green from a coverage of"))
    coverage_weight: float = setting(0.5, SHARE, _("weight of coverage"))
    roles_weight: float = setting(0.3, SHARE, _("weight of roles filled"))
    next_steps_weight: float = setting(0.2, SHARE, _("weight of next steps"))


@dataclass(frozen=True)
class IndexWeights:
    """What the three tasks weigh in their index; the sum is 100 (3.14)."""

    info: float = setting(35.0, POINTS, _("Information"))
    communication: float = setting(35.0, POINTS, _("Communication"))
    plan: float = setting(30.0, POINTS, _("Plan"))


@dataclass(frozen=True)
class Plan:
    """Perspective plans: when they are due, how they are compared with facts (3.15)."""

    tolerance: float = setting(0.05, SHARE, _("period plans may fall short of the trajectory by"))
    amber: float = setting(0.7, TIMES, _("attainment, amber from"))
    green: float = setting(1.0, TIMES, _("attainment, green from"))
    submit_days: int = setting(30, DAYS, _("submitted after a client became key within"))
    review_months: int = setting(3, MONTHS, _("reviewed every"), high=12)


@dataclass(frozen=True)
class Hiring:
    """Hiring and probation: when to refuse, to warn, how long to keep (3.19, 3.20, 6.8, 6.9)."""

    turnover: float = setting(0.50, SHARE, _("part of those hired who do not stay"), high=0.95)
    years_knockout: float = setting(2.0, TIMES, _("experience, years: refused below"))
    years_caution: float = setting(3.0, TIMES, _("experience, years: caution below"))
    pay_over: float = setting(0.20, SHARE, _("wish above the pay band that the head decides"))
    notice_days: int = setting(90, DAYS, _("ready to start within"))
    tenure_months: int = setting(24, MONTHS, _("own people: with us for at least"))
    tenure_preferred: int = setting(36, MONTHS, _("own people: with us for preferably"))
    form_days: int = setting(14, DAYS, _("the link to the form works for"))
    consent_months: int = setting(12, MONTHS, _("personal data are kept after consent for"))
    unasked_days: int = setting(60, DAYS, _("personal data are kept without consent for"))
    closed_days: int = setting(30, DAYS, _("personal data are kept after the vacancy for"))
    call_again_days: int = setting(1, DAYS, _("call again after"))
    calls_most: int = setting(5, COUNT, _("calls to one person at most"))
    cancel_hours: int = setting(3, COUNT, _("cancelled in time: hours before, at least"))
    remind_hours: int = setting(24, COUNT, _("reminder: hours before"))
    group_risk: float = setting(0.10, SHARE, _("a group may be overfull with a probability of"))
    assessors: int = setting(2, COUNT, _("assessors, at least"), high=9)
    probation_least: int = setting(7, DAYS, _("probation: days to the verdict, from"))
    probation_most: int = setting(28, DAYS, _("probation: days to the verdict, to"))
    training_accounts: int = setting(5, COUNT, _("probation: training clients"))
    untouched_days: int = setting(90, DAYS, _("nobody worked on a client: days without contact"))
    passing: float = setting(70.0, POINTS, _("probation: points that pass"))
    time_to_replace: int = setting(21, DAYS, _("a replacement found within"))


@dataclass(frozen=True)
class Tools:
    """The tools of the method that the company uses."""

    dossier: bool = field(default=True, metadata={"title": _("Dossier")})
    buying_centre: bool = field(default=True, metadata={"title": _("Buying centre")})
    plan: bool = field(default=True, metadata={"title": _("Perspective plan")})
