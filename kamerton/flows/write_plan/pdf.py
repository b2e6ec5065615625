"""The plan as PDF: on one page where it fits, by plan.typ."""

from dataclasses import asdict
from pathlib import Path

from kamerton.flows.write_plan.told import ToldPlan
from kamerton.platform.printing import pdf

TEMPLATE = Path(__file__).with_name("plan.typ")
COLUMNS = (("s2", "s3", "s4"), ("s5", "s6", "s7"), ("s8", "s9", "s10", "s11", "s12", "s13"))


def write(plan: ToldPlan, *, language: str) -> bytes:
    """Return the plan as PDF, A4 lying."""
    return pdf(TEMPLATE, {**asdict(plan), "language": language, "columns": COLUMNS})
