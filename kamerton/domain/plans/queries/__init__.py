"""What is read of plans."""

from kamerton.domain.plans.queries.page import PlanPage

__all__ = ["PlanPage"]
