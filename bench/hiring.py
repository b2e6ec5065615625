"""`bench hiring`: the show rate, survival and interview days against real people and libraries."""

import csv
import datetime as dt
import gzip
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench.report import Bar, Part
from kamerton.calc.show_rate import (
    SeatCosts,
    ShowFacts,
    expected_cost,
    learn_show_rates,
    rates_for,
    show_pmf,
)
from kamerton.calc.survival import survival_by_group

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
VISITS = "medical_no_show/medical_no_show.csv.gz"
STAFF = "employee_turnover_ru/turnover.csv.gz"
LEARNED_UNTIL = dt.date(2016, 5, 20)
SLOT = 3
DRAWS = 20
MONTH_DAYS = 365.25 / 12


@dataclass(frozen=True)
class Visits:
    """Appointments: whose, where, reminded or not, days ahead, the day, who came."""

    person: np.ndarray
    place: np.ndarray
    reminded: np.ndarray
    lead: np.ndarray
    day: np.ndarray
    came: np.ndarray

    def where(self, rows: np.ndarray) -> "Visits":
        """Some of them."""
        return Visits(*(column[rows] for column in vars(self).values()))


@dataclass(frozen=True)
class Score:
    """Mean square of (forecast - fact), of three forecasts."""

    constant: float
    raw: float
    ours: float

    @property
    def skill(self) -> float:
        """Part of the constant guess's error that is gone."""
        return 1 - self.ours / self.constant


def bench_hiring(folder: Path, rounds: int, shared: Path = SHARED) -> list[Part]:
    """All parts; those whose data are not there say so."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [interview_day(rounds)]
    if (shared / VISITS).exists():
        visits = read_visits(shared / VISITS)
        parts += [show_rates(visits, folder), few_facts(visits), slots(visits)]
    else:
        parts.append(Part("Show rate: the appointments are not there, skipped"))
    if (shared / STAFF).exists():
        parts.append(survival(shared / STAFF))
    else:
        parts.append(Part("Survival: the staff are not there, skipped"))
    return parts


def read_visits(path: Path) -> Visits:
    """All appointments but the few booked after their own day."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    day = np.array([row["AppointmentDay"][:10] for row in rows], dtype="datetime64[D]")
    booked = np.array([row["ScheduledDay"][:10] for row in rows], dtype="datetime64[D]")
    found = Visits(
        person=_column(rows, "PatientId"),
        place=_column(rows, "Neighbourhood"),
        reminded=_column(rows, "SMS_received"),
        lead=(day - booked).astype(np.float64),
        day=day,
        came=np.array([row["No-show"] == "No" for row in rows], dtype=np.float64),
    )
    return found.where(found.lead >= 0)


def parted(visits: Visits) -> tuple[Visits, Visits]:
    """What is learned from, and the later days that are forecast."""
    earlier = visits.day <= np.datetime64(LEARNED_UNTIL)
    return visits.where(earlier), visits.where(~earlier)


def forecast(learned: Visits, asked: Visits, channel: str = "place") -> np.ndarray:
    """How likely each of `asked` comes, by what happened to `learned`."""
    rates = learn_show_rates(ShowFacts(getattr(learned, channel), learned.lead, learned.came))
    return rates_for(rates, getattr(asked, channel), asked.lead).rate


def score(learned: Visits, asked: Visits, channel: str = "place") -> Score:
    """Our forecast, the share of all, and bare shares of the cells."""
    share = float(learned.came.mean())
    raw = _bare(learned, asked, getattr(learned, channel), getattr(asked, channel), share)
    return Score(
        brier(np.full(asked.came.size, share), asked.came),
        brier(raw, asked.came),
        brier(forecast(learned, asked, channel), asked.came),
    )


def brier(chance: np.ndarray, came: np.ndarray) -> float:
    """The Brier score."""
    return float(((chance - came) ** 2).mean())


def calibration(chance: np.ndarray, came: np.ndarray, bins: int = 10) -> list[Sequence[float]]:
    """Forecast and fact of each tenth of the people, by forecast: mean, share, how many."""
    order = np.array_split(np.argsort(chance, kind="stable"), bins)
    return [(float(chance[one].mean()), float(came[one].mean()), one.size) for one in order]


def show_rates(visits: Visits, folder: Path) -> Part:
    """Earlier days learned, later days forecast."""
    learned, asked = parted(visits)
    ahead = asked.lead > 0
    later, late_learned = asked.where(ahead), learned.where(learned.lead > 0)
    scores = {
        "all, by neighbourhood × lead time": score(learned, asked),
        "all, by reminder × lead time": score(learned, asked, "reminded"),
        "booked ahead, by neighbourhood × lead time": score(late_learned, later),
        "booked ahead, by reminder × lead time": score(late_learned, later, "reminded"),
    }
    chance = forecast(learned, asked)
    table = calibration(chance, asked.came)
    error = sum(abs(p - f) * n for p, f, n in table) / asked.came.size
    picture = folder / "show-rate-calibration.svg"
    picture.write_text(calibration_svg(table), encoding="utf-8")
    part = Part(
        f"Show rate: {learned.came.size:,} appointments learned, {asked.came.size:,} later ones",
        ["Brier score", "constant", "bare cells", "ours", "less, %"],
        [
            (name, *(f"{v:.4f}" for v in vars(one).values()), f"{100 * one.skill:.1f}")
            for name, one in scores.items()
        ],
    )
    part.notes = [
        "calibration by tenths, forecast → came, %: "
        + " ".join(f"{100 * p:.0f}→{100 * f:.0f}" for p, f, _ in table),
        f"mean gap {100 * error:.2f} points; picture: {picture.name}",
    ]
    main = scores["all, by neighbourhood × lead time"]
    part.bars = [
        Bar("Brier score to the constant guess", main.ours / main.constant, "≤", 1),
        Bar("mean gap of calibration", 100 * error, "≤", 3, "points"),
    ]
    part.data = {name: vars(one) for name, one in scores.items()} | {"calibration": table}
    return part


def few_facts(visits: Visits) -> Part:
    """As a company that has few facts: what leaning on each other is worth."""
    learned, asked = parted(visits)
    draw = np.random.default_rng(1)
    rows, data = [], {}
    for n in (30, 100, 300, 1000, 3000):
        found = [
            score(learned.where(draw.choice(learned.came.size, n, replace=False)), asked)
            for _ in range(DRAWS)
        ]
        mean = Score(*(float(np.mean([vars(s)[k] for s in found])) for k in vars(found[0])))
        rows.append((n, *(f"{v:.4f}" for v in vars(mean).values()), f"{100 * mean.skill:.1f}"))
        data[n] = vars(mean)
    heads = ["facts", "constant", "bare cells", "ours", "less, %"]
    notes = [f"Brier score, mean of {DRAWS} draws, by neighbourhood × lead time"]
    return Part("Show rate from few facts", heads, rows, notes, data=data)


def slots(visits: Visits, size: int = SLOT) -> Part:
    """Later appointments cut into slots of one place and day: forecast law against what came."""
    learned, asked = parted(visits)
    _, once = np.unique(np.char.add(asked.person, asked.day.astype(str)), return_index=True)
    asked = asked.where(np.sort(once))
    seats = seated(asked, size)
    chance, came = forecast(learned, asked)[seats], asked.came[seats]
    law = show_pmf(chance).mean(axis=0)
    fact = np.bincount(came.sum(axis=1).astype(int), minlength=size + 1) / len(seats)
    rows = [(k, f"{100 * law[k]:.1f}", f"{100 * fact[k]:.1f}") for k in range(size + 1)]
    part = Part(
        f"How many of {size} come: {len(seats):,} slots", ["came", "forecast, %", "fact, %"], rows
    )
    away = (came - chance).sum(axis=1)
    spread = away.var() / (chance * (1 - chance)).sum(axis=1).mean()
    part.notes = [
        f"{100 * (came.mean() - chance.mean()):+.1f} points more came than forecast;"
        f" variance about the forecast × {spread:.2f} of what independent people give"
    ]
    part.data = {"forecast": law.tolist(), "fact": fact.tolist(), "variance": float(spread)}
    return part


def seated(asked: Visits, size: int) -> np.ndarray:
    """Rows of `size` people of one place and day, as they are listed; who is left over is out."""
    order = np.lexsort((np.arange(asked.came.size), asked.day, asked.place))
    key = np.char.add(asked.place[order], asked.day[order].astype(str))
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    within = np.arange(order.size) - np.repeat(starts, np.diff(np.r_[starts, order.size]))
    first = np.flatnonzero(within % size == 0)
    first = first[first + size <= order.size]
    first = first[key[first] == key[first + size - 1]]
    return order[first[:, None] + np.arange(size)]


def interview_day(rounds: int, days: int = 100_000) -> Part:
    """The exact cost of a day of 16 slots and a group against simulated days."""
    draw = np.random.default_rng(1)
    chance = np.full((17, 20), np.nan)
    chance[:16, :4] = draw.uniform(0.2, 0.7, (16, 4))
    chance[16] = draw.uniform(0.2, 0.7, 20)
    capacity, costs = np.array([1] * 16 + [10]), SeatCosts(empty=3, overfull=1)
    ratios, away = [], []
    for _ in range(max(rounds, 5)):
        began = time.perf_counter()
        exact = expected_cost(chance, capacity, costs).sum()
        took = time.perf_counter() - began
        began = time.perf_counter()
        simulated = _simulated(chance, capacity, costs, draw, days)
        ratios.append((time.perf_counter() - began) / took)
        away.append(abs(simulated.mean() - exact) / (simulated.std() / days**0.5))
    part = Part(f"Interview day: 16 slots and a group, exact against {days:,} simulated days")
    part.bars = [
        Bar("simulation to the exact law, wall", median(ratios), "≥", 100),
        Bar("largest distance in standard errors", max(away), "≤", 3, "σ"),
    ]
    return part


def survival(path: Path) -> Part:
    """Survival by source; the same by lifelines where it is installed."""
    months, left, source = read_staff(path)
    found = survival_by_group(months, left, source, at=[60 / MONTH_DAYS, 180 / MONTH_DAYS])
    rows = [
        (
            *(one.group, one.n, one.left),
            *(
                f"{100 * s:.1f} [{100 * low:.0f}–{100 * high:.0f}]"
                for s, low, high in zip(one.at.survival, one.at.low, one.at.high, strict=True)
            ),
        )
        for one in sorted(found, key=lambda one: -one.n)
    ]
    heads = ["source", "people", "left", "60 days, %", "180 days, %"]
    part = Part(f"Survival by source: {months.size:,} people", heads, rows)
    gaps = [against_lifelines(months, left, source, one) for one in found]
    if None in gaps:
        part.notes.append("lifelines is not installed: not compared")
    else:
        part.bars.append(Bar("largest gap to lifelines, with intervals", max(gaps), "≤", 1e-9, ""))
        part.notes.append(f"largest gap to lifelines: {max(gaps):.1e}")
    return part


def read_staff(path: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Months with the company, left or still there, where the person came from."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    months = np.array([float(row["stag"]) for row in rows])
    return months, np.array([row["event"] == "1" for row in rows]), _column(rows, "traffic")


def against_lifelines(
    months: np.ndarray, left: np.ndarray, source: np.ndarray, ours: Any
) -> float | None:
    """The largest difference of survival or an end of its interval; None without the library."""
    try:
        from lifelines import KaplanMeierFitter
    except ImportError:
        return None
    own = source == ours.group
    theirs = KaplanMeierFitter().fit(months[own], left[own])
    at = ours.curve.times
    low, high = (theirs.confidence_interval_.loc[at].to_numpy()[:, end] for end in (0, 1))
    pairs = (
        (theirs.survival_function_at_times(at).to_numpy(), ours.curve.survival),
        (low, ours.curve.low),
        (high, ours.curve.high),
    )
    return max(float(np.nanmax(abs(one - other))) for one, other in pairs)


def calibration_svg(table: list[Sequence[float]], size: int = 420) -> str:
    """Forecast across, fact up; the line is where they are equal."""
    edge = 45

    def at(share: float) -> float:
        return edge + share * (size - 2 * edge)

    most = max(n for _, _, n in table)
    dots = "".join(
        f'<circle cx="{at(p):.1f}" cy="{size - at(f):.1f}" r="{3 + 3 * n / most:.1f}"'
        f' fill="#3a4bc4"><title>{p:.3f} → {f:.3f}, {n:,}</title></circle>'
        for p, f, n in table
    )
    marks = "".join(
        f'<text x="{at(v):.0f}" y="{size - edge + 18}" text-anchor="middle">{v:.0%}</text>'
        f'<text x="{edge - 8}" y="{size - at(v) + 4:.0f}" text-anchor="end">{v:.0%}</text>'
        for v in (0, 0.25, 0.5, 0.75, 1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"'
        ' font-family="sans-serif" font-size="12">'
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="M{at(0)} {size - at(0)}L{at(1)} {size - at(1)}" stroke="#999"'
        f' stroke-dasharray="4"/><path d="M{at(0)} {size - at(1)}V{size - at(0)}H{at(1)}"'
        f' fill="none" stroke="#333"/>{marks}{dots}'
        f'<text x="{size / 2}" y="{size - 8}" text-anchor="middle">forecast</text>'
        f'<text x="14" y="{size / 2}" transform="rotate(-90 14 {size / 2})"'
        ' text-anchor="middle">came</text></svg>\n'
    )


def _bare(
    learned: Visits, asked: Visits, was: np.ndarray, now: np.ndarray, share: float
) -> np.ndarray:
    """Shares of the same cells without any leaning; where there is nothing, that of all."""
    starts = np.array([1, 3, 7, 14])
    names, place = np.unique(np.r_[was, now], return_inverse=True)
    band = np.searchsorted(starts, np.r_[learned.lead, asked.lead], side="right")
    cell = place * 5 + band
    old, new = cell[: was.size], cell[was.size :]
    n = np.bincount(old, minlength=names.size * 5)
    shows = np.bincount(old, learned.came, names.size * 5)
    return np.where(n > 0, shows / np.maximum(n, 1), share)[new]


def _simulated(
    chance: np.ndarray,
    capacity: np.ndarray,
    costs: SeatCosts,
    draw: np.random.Generator,
    days: int,
) -> np.ndarray:
    """The cost of each simulated day."""
    cost = np.zeros(days)
    for slot, seats in zip(chance, capacity, strict=True):
        people = slot[~np.isnan(slot)]
        over = (draw.random((days, people.size)) < people).sum(axis=1) - seats
        cost += np.where(over > 0, costs.overfull * over, -costs.empty * over)
    return cost


def _column(rows: list[dict[str, str]], name: str) -> np.ndarray:
    return np.array([row[name].strip() for row in rows])
