"""Vacancies as people may see them, and what they cost."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from kamerton.domain.hiring.models import Application, BudgetLine, Requirement, Vacancy
from kamerton.domain.hiring.models.vacancies import VacancyQuerySet
from kamerton.platform.access.models import User, UserQuerySet
from kamerton.platform.access.roles import Role

Stage = Application.Stage
TAKEN = (Stage.ACCEPTED, Stage.PROBATION, Stage.HIRED)


@dataclass(frozen=True)
class VacancyCost:
    """Plan and fact of a vacancy in minor units; `per_hire`: fact a person who came to work."""

    lines: list[BudgetLine]
    planned: int
    spent: int
    hires: int
    per_hire: int | None


@dataclass(frozen=True)
class WorkCounts:
    """People of a vacancy: in the contest, on probation, hired."""

    alive: int
    on_probation: int
    hired: int


def vacancies(viewer: User, *, state: str = "") -> VacancyQuerySet:
    """Vacancies that `viewer` may see, open ones unless a state or "all" is named (1 query)."""
    found: VacancyQuerySet = Vacancy.objects.visible_to(viewer).select_related(
        "recruiter", "head", "approved_by"
    )
    if state == "all":
        return found
    return found.filter(state=state) if state else found.open()


def vacancy(viewer: User, pk: int) -> Vacancy | None:
    """One vacancy with what it asks for, if `viewer` may see it (3 queries)."""
    found = vacancies(viewer, state="all").prefetch_related("requirements", "questions")
    return found.filter(pk=pk).first()


def in_work(viewer: User) -> dict[int, WorkCounts]:
    """People in each vacancy (1 query); those without any are left out."""
    rows = Application.objects.visible_to(viewer).order_by().values_list("vacancy")
    counted = rows.annotate(
        in_contest=Count("pk", filter=~Q(stage__in=Application.EXITS)),
        on_probation=Count("pk", filter=Q(stage=Stage.PROBATION)),
        taken=Count("pk", filter=Q(stage=Stage.HIRED)),
    )
    return {pk: WorkCounts(*counts) for pk, *counts in counted}


def hiring_people(viewer: User) -> UserQuerySet:
    """Working people who recruit or decide on hiring, by name, for who hires (1 query)."""
    working: UserQuerySet = User.objects.people().working()
    hiring = working.with_role(Role.RECRUITER, Role.HEAD_OF_SALES, Role.OWNER)
    return hiring.order_by("full_name") if viewer.may("hiring.view") else hiring.none()


def lacking(viewer: User, vacancy: Vacancy) -> list[str]:
    """What a vacancy cannot be approved without, in words (no query beside its profile)."""
    del viewer  # the vacancy was given by a query
    must = any(each.need == Requirement.Need.MUST for each in vacancy.requirements.all())
    needs = {
        _("the mandate"): bool(vacancy.mandate),
        _("the day it is needed by"): vacancy.needed_by is not None,
        _("the pay band"): vacancy.pay_low is not None and vacancy.pay_high is not None,
        _("a must-have"): must,
    }
    return [what for what, there in needs.items() if not there]


def vacancy_cost(viewer: User, vacancy: Vacancy) -> VacancyCost | None:
    """The budget of a vacancy, for those who may see money (3 queries).

    Fees of agencies for those who came to work are counted as spent.
    """
    if not viewer.may("hiring.view_budget"):
        return None
    lines = list(vacancy.budget.select_related("source"))
    taken = Application.objects.filter(vacancy=vacancy, stage__in=TAKEN).order_by()
    hires = taken.count()
    fees = taken.aggregate(total=Sum("source__fee"))["total"] or 0
    spent = sum(line.spent for line in lines) + fees
    planned = sum(line.planned for line in lines)
    return VacancyCost(lines, planned, spent, hires, spent // hires if hires else None)
