"""Ibis: expressions over sales lines and their monthly roll-up; nothing here is ever executed."""

from kamerton.calc.sales.classes import abc, abc_migration
from kamerton.calc.sales.cohorts import cohorts
from kamerton.calc.sales.rhythm import median_intervals, order_days, shipment_span
from kamerton.calc.sales.rollup import months, with_clients
from kamerton.calc.sales.series import client_months, totals_by_month
from kamerton.calc.sales.totals import (
    category_totals,
    client_totals,
    totals_by_manager,
    unassigned_totals,
)

__all__ = [
    "abc",
    "abc_migration",
    "category_totals",
    "client_months",
    "client_totals",
    "cohorts",
    "median_intervals",
    "months",
    "order_days",
    "shipment_span",
    "totals_by_manager",
    "totals_by_month",
    "unassigned_totals",
    "with_clients",
]
