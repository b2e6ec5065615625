"""Builds the plan on one page: one reading of the plan, its sales and its people."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kamerton.calc.plan import budget_ratio
from kamerton.domain.buying_centre import queries as buying_centre
from kamerton.domain.ledger import queries as ledger
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.plans.models import (
    PerspectivePlan,
    PlanAction,
    PlanGoal,
    PlanPerson,
    PlanVersion,
    SupplierAction,
)
from kamerton.domain.plans.queries import page
from kamerton.domain.plans.queries.charts import chart_of, years_of
from kamerton.domain.plans.queries.forecasts import forecast_of
from kamerton.domain.plans.queries.goals import facts_of, in_words, kind_of, words_of
from kamerton.domain.plans.queries.plans import whole
from kamerton.domain.plans.queries.progress import Progress, progress_of
from kamerton.domain.plans.queries.sales import (
    last_closed,
    revenue_by_month,
    since_of,
    trajectory_of,
)
from kamerton.platform.access.models import User
from kamerton.platform.access.queries import company
from kamerton.platform.errors import NotAllowed


def plan_on_a_page(viewer: User, plan: PerspectivePlan) -> page.PlanPage:
    """All sections of the plan as plain values (about 45 queries, however long the plan is).

    Facts of sales and the forecast are there for who may see the client's money.
    Raises NotAllowed for a plan that `viewer` may not see.
    """
    found = whole(viewer, plan)
    if found is None:
        raise NotAllowed(_("This plan is not shown to you."))
    sells = ledger.sees_money(viewer, found.client)
    return _page(viewer, found, sells=sells)


def _page(viewer: User, plan: PerspectivePlan, *, sells: bool) -> page.PlanPage:
    us, method = company(), methodology.current()
    currency = us.currency if us else "RUB"
    known = revenue_by_month(viewer, [plan.client_id], since=since_of(plan)) if sells else {}
    sold = known.get(plan.client_id, {})
    forecast = forecast_of(viewer, plan.client) if sells else None
    done = progress_of(list(plan.actions.all()), on=timezone.localdate())
    per_strategy = [action.strategy_id for action in plan.actions.all()]
    return page.PlanPage(
        pk=plan.pk,
        revision=plan.revision,
        text_revision=plan.text_revision,
        sections=tuple(
            page.Section(each.code, str(each.title), str(each.help), each.shown)
            for each in method.plan_sections
        ),
        head=_head(plan, us.name if us else "", currency),
        now=_now(plan),
        vision=plan.vision,
        trajectory=str(plan.get_trajectory_display()),
        baseline=plan.baseline,
        target=plan.target,
        years=years_of(viewer, plan, sold, forecast),
        chart=chart_of(plan, sold, forecast, last_closed()),
        goals=_goals(viewer, plan, currency),
        strategies=tuple(
            page.Strategy(
                each.pk,
                each.revision,
                each.text,
                closes=tuple(str(one) for one in each.vulnerabilities.all()),
                people=tuple(str(one) for one in each.people.all()),
                actions=per_strategy.count(each.pk),
            )
            for each in plan.strategies.all()
        ),
        actions=tuple(_action(each, done[each.pk]) for each in plan.actions.all()),
        company_actions=tuple(_company_action(each) for each in plan.supplier_actions.all()),
        budget=_budget(plan),
        people=_people(viewer, plan),
        risks=tuple(
            page.Risk(
                *(each.pk, each.revision, each.text, each.probability, each.impact),
                *(each.weight, each.trigger, each.response),
            )
            for each in sorted(plan.risks.all(), key=lambda risk: -risk.weight)
        ),
        scenarios=_scenarios(plan),
        stops=tuple(
            page.Line(each.pk, each.revision, each.text, each.reason) for each in plan.stops.all()
        ),
        control_points=tuple(
            page.Line(each.pk, each.revision, each.text, on=each.on)
            for each in plan.control_points.all()
        ),
        held=_held(plan),
        approval=_approval(plan),
        comments=tuple(
            page.Comment(each.section, each.text, each.author.full_name, each.created_at)
            for each in plan.comments.all()
        ),
    )


def _head(plan: PerspectivePlan, ours: str, currency: str) -> page.Head:
    review = plan.next_review_on
    return page.Head(
        client_id=plan.client_id,
        client=plan.client.name,
        company=ours,
        currency=currency,
        manager=plan.manager.full_name,
        supervisor=plan.supervisor.full_name if plan.supervisor else "",
        author=plan.author.full_name,
        horizon_years=plan.horizon_years,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        state=plan.state,
        state_title=str(plan.get_state_display()),
        next_review_on=review,
        review_overdue=plan.is_in_force and review is not None and review < timezone.localdate(),
    )


def _now(plan: PerspectivePlan) -> page.Now:
    return page.Now(
        sales=plan.baseline,
        profit=plan.profit,
        wallet=plan.wallet,
        share=plan.baseline / plan.wallet if plan.wallet else None,
        categories=plan.categories,
        stage=plan.stage,
        stage_title=str(plan.get_stage_display()),
        level=plan.level,
        competitors=plan.competitors,
        strengths=plan.strengths,
        vulnerabilities=tuple(
            page.Line(each.pk, each.revision, each.text) for each in plan.vulnerabilities.all()
        ),
    )


def _goals(viewer: User, plan: PerspectivePlan, currency: str) -> tuple[page.Goal, ...]:
    goals = list(plan.goals.all())
    facts = facts_of(viewer, plan, goals) if goals else {}
    return tuple(_goal(each, facts.get(each.metric), currency) for each in goals)


def _goal(goal: PlanGoal, actual: float | None, currency: str) -> page.Goal:
    return page.Goal(
        pk=goal.pk,
        revision=goal.revision,
        metric=goal.metric,
        title=str(goal),
        kind=kind_of(goal.metric),
        unit=goal.unit,
        baseline=goal.baseline,
        targets=tuple(goal.targets),
        actual=actual,
        words=words_of(goal, currency),
        actual_words=in_words(goal.metric, actual, currency=currency, unit=goal.unit),
        source=str(goal.get_source_display()),
        owner=goal.owner.short_name if goal.owner else "",
    )


def _action(action: PlanAction, progress: Progress) -> page.Action:
    titles = {
        "done": pgettext("action of a plan", "Done"),
        "late": pgettext("action of a plan", "Late"),
        "planned": pgettext("action of a plan", "Planned"),
        "waits": _("Waits for the event"),
        "fired": _("The event came"),
        "dropped": pgettext("action of a plan", "Dropped"),
    }
    return page.Action(
        pk=action.pk,
        revision=action.revision,
        kind=action.kind,
        kind_title=str(action.get_kind_display()),
        title=action.title,
        trigger=action.trigger,
        due_on=progress.due_on or action.due_on,
        owner=action.owner.short_name,
        strategy=str(action.strategy) if action.strategy else "",
        state=progress.state,
        state_title=titles[progress.state],
        done_on=progress.done_on,
        on_time=progress.on_time,
        evidence=tuple(each.title for each in progress.evidence),
        open_task=progress.open_task.pk if progress.open_task else None,
        expected_profit=action.expected_profit,
    )


def _company_action(action: SupplierAction) -> page.CompanyAction:
    finished = (SupplierAction.State.DONE, SupplierAction.State.REJECTED)
    return page.CompanyAction(
        pk=action.pk,
        revision=action.revision,
        department=action.department,
        title=action.title,
        owner=action.owner.short_name if action.owner else "",
        due_on=action.due_on,
        cost=action.cost,
        state=action.state,
        state_title=str(action.get_state_display()),
        late=action.state not in finished and action.due_on < timezone.localdate(),
        decided_by=action.decided_by.short_name if action.decided_by else "",
        proof=action.proof,
    )


def _budget(plan: PerspectivePlan) -> page.Budget:
    rejected = SupplierAction.State.REJECTED
    lines = tuple(
        page.Cost(each.pk, each.revision, each.title, each.amount, each.year)
        for each in plan.budget_lines.all()
    )
    actions = sum(each.cost for each in plan.supplier_actions.all() if each.state != rejected)
    total = actions + sum(line.amount for line in lines)
    profit, note = plan.extra_profit, plan.extra_profit_note
    if profit is None:
        profit, note = _reckoned(plan)
    ratio = budget_ratio(profit, total) if profit is not None and total else None
    return page.Budget(lines, actions, total, profit, note, ratio)


def _reckoned(plan: PerspectivePlan) -> tuple[int | None, str]:
    """The extra sales of all years by the present margin."""
    if not plan.profit or not plan.baseline or not plan.target:
        return None, ""
    margin = plan.profit / plan.baseline
    extra = sum(year - plan.baseline for year in trajectory_of(plan))
    how = _("extra sales of all years by the present margin of %(margin).0f %%")
    return round(extra * margin), how % {"margin": margin * 100}


def _people(viewer: User, plan: PerspectivePlan) -> tuple[page.Person, ...]:
    """The people to win; those of the buying centre with what is known of them now."""
    people = list(plan.people.all())
    seats = _seats(viewer, plan) if any(each.member for each in people) else {}
    return tuple(_person(each, seats.get(each.member or 0)) for each in people)


def _seats(viewer: User, plan: PerspectivePlan) -> dict[int, buying_centre.Seat]:
    """Who sits in the client's centre, by number; nobody while the tool is off."""
    centre = buying_centre.centre(viewer, plan.client)
    if centre is None or not methodology.current().tools.buying_centre:
        return {}
    return {seat.member.pk: seat for seat in buying_centre.picture(viewer, centre).seats}


def _person(person: PlanPerson, seat: buying_centre.Seat | None) -> page.Person:
    return page.Person(
        pk=person.pk,
        revision=person.revision,
        member=person.member if seat else None,
        name=person.name,
        role=person.role,
        aim=person.aim,
        attitude=seat.member.attitude if seat else None,
        coverage=seat.level if seat else None,
    )


def _scenarios(plan: PerspectivePlan) -> tuple[page.Scenario, ...]:
    order = ("worse", "base", "better")
    return tuple(
        page.Scenario(
            *(each.pk, each.revision, each.kind, str(each.get_kind_display()), each.text),
            *(each.trigger, each.sales, each.response),
        )
        for each in sorted(plan.scenarios.all(), key=lambda one: order.index(one.kind))
    )


def _held(plan: PerspectivePlan) -> tuple[page.Held, ...]:
    sessions = [
        page.Held(
            *(each.pk, "session", each.on),
            *(", ".join(one.short_name for one in each.present.all()), each.minutes, each.agreed),
        )
        for each in plan.sessions.all()
    ]
    reviews = [
        page.Held(
            *(each.pk, "review", each.on, each.author.short_name, each.findings, each.decision)
        )
        for each in plan.reviews.all()
    ]
    return tuple(sorted([*sessions, *reviews], key=lambda each: each.on, reverse=True))


def _approval(plan: PerspectivePlan) -> page.Approval:
    approved = plan.versions.filter(event=PlanVersion.Event.APPROVED).values_list("number")
    last = approved.order_by("-number").first()
    return page.Approval(
        submitted_by=plan.submitted_by.full_name if plan.submitted_by else "",
        submitted_at=plan.submitted_at,
        approved_by=plan.approved_by.full_name if plan.approved_by else "",
        approved_at=plan.approved_at,
        returned_because=plan.returned_because,
        version=last[0] if last else None,
        method=plan.methodology.number,
    )
