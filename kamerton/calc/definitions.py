"""Plain: the definitions that taste decides, by name and version, to be printed beside results."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Definition:
    """One choice among several defensible ones.

    Parameters
    ----------
    name : str
        ``topic.choice``, stable over releases.
    version : str
        Rises when the same name begins to mean something else.

    Examples
    --------
    >>> str(Definition("abc.crossing-in-A", "1.0"))
    'abc.crossing-in-A 1.0'
    """

    name: str
    version: str

    def __str__(self) -> str:
        """Return the name and version as reports print them."""
        return f"{self.name} {self.version}"


# Concentration: docs/algorithms/concentration.md
ABC_CROSSING_IN_A = Definition("abc.crossing-in-A", "1.0")
ABC_CROSSING_IN_B = Definition("abc.crossing-in-B", "1.0")
ABC_NON_POSITIVE_IN_C = Definition("abc.non-positive-in-C", "1.0")
TIES_FIRST_GIVEN = Definition("rank.ties-first-given", "1.0")
TOP_PART_ROUNDED_UP = Definition("pareto.top-part-rounded-up", "1.0")
DEPENDENCE_INCLUSIVE = Definition("concentration.dependence-at-limit", "1.0")
# Regularity: docs/algorithms/regularity.md
XYZ_POPULATION_CV = Definition("xyz.population-cv", "1.0")
XYZ_SINCE_FIRST_PURCHASE = Definition("xyz.months-since-first-purchase", "1.0")
XYZ_OWN_SEASON = Definition("xyz.own-seasonal-means", "1.0")
# Retention: docs/algorithms/retention.md
ACTIVE_WINDOW = Definition("retention.active-within-twice-median-interval", "1.0")
LOST_WHEN_NOT_POSITIVE = Definition("retention.lost-when-not-positive", "1.0")
GROWTH_FROM_POSITIVE = Definition("retention.growth-from-positive-base", "1.0")
# Sales: docs/algorithms/sales.md
REVENUE_NET_OF_RETURNS = Definition("sales.revenue-net-of-returns", "1.0")
DOCUMENT_BY_DAY = Definition("sales.document-is-number-and-day", "1.0")
COHORT_BY_FIRST_SHIPMENT = Definition("cohort.first-shipment-month", "1.0")
INTERVAL_BETWEEN_DAYS = Definition("interval.median-between-shipment-days", "1.0")
# Key clients: docs/algorithms/company-key.md, manager-key.md
COMPANY_CRITERIA = Definition("company-key.six-criteria", "1.0")
UNKNOWN_SCORES_ZERO = Definition("company-key.unknown-counts-zero", "1.0")
MANAGER_KEY_INDEX = Definition("manager-key.influence-times-weights", "1.0")
APPROACH_DEVELOP_FIRST = Definition("manager-key.develop-before-defend", "1.0")
# Wallet, dependence, lists to flag: docs/algorithms/wallet.md, dependence.md, watch.md
WALLET_STATED_FIRST = Definition("wallet.stated-before-estimated", "1.0")
KEY_PERSON_DEPENDENCE = Definition("dependence.kpd", "1.0")
WATCH_HALF_OF_SMALLEST_KEY = Definition("watch.half-of-smallest-key", "1.0")
READINESS_THREE_SIGNS = Definition("watch.three-signs-of-readiness", "1.0")


def all_definitions() -> tuple[Definition, ...]:
    """Return every definition of this module, sorted by name.

    Examples
    --------
    >>> all_definitions()[0].name
    'abc.crossing-in-A'
    """
    return tuple(sorted(value for value in globals().values() if isinstance(value, Definition)))
