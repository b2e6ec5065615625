"""The three-task index (3.14)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamerton.calc.three_tasks import TaskWeights, three_task_index

from .samples import NAN

scores = st.floats(0, 100)


@pytest.mark.req("S4-24")
def test_the_worked_example_gives_70_5() -> None:
    assert three_task_index([63.3], [60.0], [91.0]).round(1).tolist() == [70.5]


@pytest.mark.req("S4-54")
def test_a_tool_that_is_off_leaves_its_share_to_the_others() -> None:
    found = three_task_index([0], [60.0], [91.0], TaskWeights(information=0))
    assert found.tolist() == [pytest.approx((35 * 60 + 30 * 91) / 65)]
    only = three_task_index([NAN], [NAN], [91.0], TaskWeights(0, 0, 30))
    assert only.tolist() == [pytest.approx(91.0)]
    assert np.isnan(three_task_index([1], [1], [1], TaskWeights(0, 0, 0))).all()


def test_what_was_not_begun_counts_nothing() -> None:
    assert three_task_index([NAN], [60.0], [NAN]).tolist() == [pytest.approx(21.0)]


@given(scores, scores, scores, st.tuples(*[st.floats(1, 100)] * 3))
def test_the_index_lies_among_its_parts(info, comm, plan, weights):
    found = three_task_index([info], [comm], [plan], TaskWeights(*weights))[0]
    assert min(info, comm, plan) - 1e-9 <= found <= max(info, comm, plan) + 1e-9


def test_scores_and_weights_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 100"):
        three_task_index([101], [0], [0])
    with pytest.raises(ValueError, match="negative"):
        TaskWeights(plan=-1)
