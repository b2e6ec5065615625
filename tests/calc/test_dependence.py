"""What hangs on one manager."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.dependence import (
    ManagerFacts,
    TierHours,
    key_person_dependence,
    manager_shares,
    workload,
)

from .samples import NAN


@pytest.mark.req("S3-02", "S0-05")
@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (9.9, "usual"),
        (10, "notable"),
        (19.9, "notable"),
        (20, "high"),
        (30, "high"),
        (51, "critical"),
    ],
)
def test_the_band_of_a_managers_share(percent: float, band: str) -> None:
    found = manager_shares([percent, 100 - percent])
    assert found.share[0] == pytest.approx(percent / 100)
    assert found.band[0] == band


@pytest.mark.req("S3-59")
@pytest.mark.parametrize(("percent", "warned"), [(30, False), (31, True)])
def test_above_thirty_per_cent_we_warn(percent: float, warned: bool) -> None:
    assert manager_shares([percent, 100 - percent]).above_limit[0] == warned


def test_no_profit_is_no_data() -> None:
    found = manager_shares([0, -5])
    assert np.isnan(found.share).all()
    assert found.band.tolist() == ["no_data", "no_data"]
    assert not found.above_limit.any()


def test_hours_by_tier_fill_the_month() -> None:
    found = workload([3, 9, 10, 0])
    assert found.hours.tolist() == [128.0]
    assert found.utilisation.tolist() == [pytest.approx(128 / 140)]
    assert found.utilisation.round(2).tolist() == [0.91]


@pytest.mark.req("S3-62")
@pytest.mark.parametrize(
    ("hours", "over", "blocked"),
    [(140, False, False), (141, True, False), (168, True, False), (169, True, True)],
)
def test_above_all_hours_we_warn_and_above_a_fifth_more_we_block(
    hours: float, over: bool, blocked: bool
) -> None:
    found = workload([1, 0, 0, 0], hours=TierHours(strategic=hours))
    assert (found.over[0], found.blocked[0]) == (over, blocked)


def test_a_manager_without_hours_has_no_utilisation() -> None:
    found = workload([[1, 0, 0, 0], [1, 0, 0, 0]], [0.0, 12.0])
    assert np.isnan(found.utilisation[0])
    assert not found.over[0]
    assert found.utilisation[1] == 1.0
    with pytest.raises(ValueError, match="4 columns"):
        workload([1, 2, 3])


@pytest.mark.req("S0-05")
def test_key_person_dependence_of_the_analysis() -> None:
    found = key_person_dependence(ManagerFacts([0.30], [0.6], [0.5], [12], [0.8]))
    assert found.parts.round(6).tolist() == [[24.0, 15.0, 7.5, 10.0, 8.0]]
    assert found.points.tolist() == [pytest.approx(64.5)]
    assert found.red.tolist() == [True]


def test_what_is_not_known_makes_no_figure() -> None:
    found = key_person_dependence(ManagerFacts([0.9, 0.2], [1, 0], [NAN, 1], [12, 1], [1, 0]))
    assert np.isnan(found.points[0])
    assert found.red.tolist() == [False, False]
    with pytest.raises(ValueError, match="tenure_years"):
        key_person_dependence(ManagerFacts([0.9], [1], [1], [1, 2], [1]))


share = st.floats(0, 1)


@given(share, share, share, st.floats(0, 40), share)
def test_points_lie_between_nothing_and_a_hundred(
    profit: float, threads: float, quality: float, years: float, contacts: float
) -> None:
    facts = ManagerFacts([profit], [threads], [quality], [years], [contacts])
    assert -1e-9 <= key_person_dependence(facts).points[0] <= 100 + 1e-9
