"""«Регион-Арматура» filled in by those who work with it: the same actions as on the pages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import starmap
from typing import Any

from kamerton.calc.period import Month
from kamerton.domain.accounts import actions as accounts
from kamerton.domain.accounts.models import Client, ContactPerson, ProductCategory
from kamerton.domain.activities import actions as activities
from kamerton.domain.buying_centre import actions as centres
from kamerton.domain.buying_centre.models import Member
from kamerton.domain.dossier import actions as dossiers
from kamerton.domain.plans import actions as plans
from kamerton.domain.plans.models import PerspectivePlan, PlanAction
from kamerton.domain.segmentation import actions as keys
from kamerton.flows.make_demo.wholesaler import centre, facts
from kamerton.flows.make_demo.wholesaler import plan as written
from kamerton.platform.access.models import User

Staff = Mapping[str, User]
People = Mapping[str, ContactPerson]


def fill(staff: Staff, client: Client, *, today: dt.date) -> None:
    """Let Анна Белова and her head have worked with `client` for a year."""
    people = _meet(staff["belova"], client)
    _work(staff, client, people, today)
    _answer(staff["belova"], client, people, today)
    _map_needs(staff["belova"], client)
    members = _draw(staff, client, people, today)
    _plan(staff, client, members, today)


def _meet(actor: User, client: Client) -> People:
    return {
        one.name: accounts.add_contact(
            actor,
            client,
            full_name=one.name,
            position=one.position,
            level=one.level,
            organisation=one.organisation,
        )
        for one in centre.PEOPLE
    }


def _work(staff: Staff, client: Client, people: People, today: dt.date) -> None:
    """Write down a year of contacts and the next steps."""
    for done in sorted(centre.CONTACTS, key=lambda one: -one.days_ago):
        activities.log_activity(
            staff[done.ours],
            client,
            kind=done.kind,
            title=done.title,
            done_on=today - dt.timedelta(days=done.days_ago),
            outcome=done.outcome,
            people=[people[name] for name in done.people],
        )
    for step in centre.STEPS:
        activities.plan_activity(
            staff[step.ours],
            client,
            kind=step.kind,
            title=step.title,
            due_on=today + dt.timedelta(days=step.in_days),
            goal=step.goal,
            people=[people[name] for name in step.people],
        )


def _answer(actor: User, client: Client, people: People, today: dt.date) -> None:
    for known in facts.FACTS:
        said = dossiers.Said(
            value=known.answer,
            source=known.source,
            source_on=today - dt.timedelta(days=known.days_ago),
            source_contact=people.get(known.told_by),
        )
        dossiers.answer_question(actor, client, known.question, said=said)
    for text, based_on in facts.INSIGHTS:
        dossiers.add_insight(actor, client, text=text, based_on=based_on)


def _map_needs(actor: User, client: Client) -> None:
    """Mark who covers which category; together the client buys for 24 million a year."""
    goods = {one.name: one for one in ProductCategory.objects.all()}
    name, buys = facts.OUR_CATEGORY
    ours = keys.KnownWallet(amount=Decimal(buys) * 1_000_000, source="client", confidence=0.7)
    keys.record_wallet(actor, client, known=replace(ours, category=goods[name]))
    for space in facts.SPACES:
        known = keys.KnownSpace(
            state=space.state,
            competitor=space.rival,
            competitor_share=space.share,
            potential=Decimal(space.buys) * 1_000_000 if space.buys else None,
            confidence=0.7,
        )
        keys.mark_category(actor, client, goods[space.category], known=known)


def _draw(staff: Staff, client: Client, people: People, today: dt.date) -> dict[str, Member]:
    """Draw the buying centre: members from the top down, lines, who of ours meets whom."""
    actor = staff["belova"]
    made = centres.open_centre(actor, client)
    members: dict[str, Member] = {}
    known = centres.Known(source=Member.Source.CLIENT_SAID, on=today - dt.timedelta(days=30))
    for one in centre.PEOPLE:
        members[one.name] = centres.add_member(
            actor,
            made,
            contact=people[one.name],
            known=known,
            affiliation="external" if one.organisation else "client",
            roles=list(one.roles),
            influence=one.influence,
            attitude=one.attitude,
            response_mode=one.mode,
            results=one.business,
            wins=one.win,
            rival=one.closeness,
            reports_to=members.get(one.reports_to),
        )
    for tie in centre.TIES:
        ends = (members[tie.source], members[tie.target])
        centres.draw_line(actor, made, kind=tie.kind, ends=ends, note=tie.note, assumed=False)
    for cell in centre.CELLS:
        centres.write_cell(
            actor,
            members[cell.theirs],
            colleague=staff[cell.ours],
            goal=cell.goal,
            role=cell.role,
            obligations=cell.duties,
            plan=cell.work,
            channel=cell.channel,
            frequency_days=cell.every_days,
        )
    return members


def _plan(staff: Staff, client: Client, members: Mapping[str, Member], today: dt.date) -> None:
    """Write the plan, agree it together, have it approved by the head, and begin."""
    manager, head = staff["belova"], staff["orlov"]
    began = (Month.of(today) + -written.STARTED_MONTHS_AGO).first_day
    plan = plans.create_plan(manager, client, horizon_years=3, starts_on=began)
    plan = plans.change_plan(manager, plan, **written.TEXTS)
    deeds = _parts(manager, plan, members, today)
    said = plans.Said(on=began + dt.timedelta(days=10), seen="", decided=written.SESSION)
    plans.record_session(manager, plan, said=said, present=[manager, head])
    plan = plans.submit_plan(manager, plan)
    plans.approve_plan(head, plan)
    plan.refresh_from_db()
    plans.start_plan(manager, plan)
    _decide(staff["grachev"], plan)
    _prove(manager, client, deeds, members, today)
    _month_plans(manager, client, today)


def _parts(
    manager: User, plan: PerspectivePlan, members: Mapping[str, Member], today: dt.date
) -> list[PlanAction]:
    def add(text: plans.PartText) -> Any:
        return plans.add_part(manager, plan, text=text)

    weak = [add(plans.VulnerabilityText(text)) for text in written.VULNERABLE]
    people = [
        add(plans.PersonText(one.name, one.role, one.aim, members[one.name].pk))
        for one in written.PEOPLE
    ]
    for goal in written.GOALS:
        add(plans.GoalText(goal.metric, goal.targets, goal.now, goal.title, goal.unit, goal.source))
    ways = [
        add(
            plans.StrategyText(
                one.text,
                tuple(weak[place].pk for place in one.closes),
                tuple(people[place].pk for place in one.people),
            )
        )
        for one in written.STRATEGIES
    ]
    deeds = [
        add(
            plans.ActionText(
                deed.kind,
                deed.title,
                today + dt.timedelta(days=deed.in_days),
                manager,
                trigger=deed.trigger,
                strategy=ways[deed.strategy],
                expected_profit=deed.profit or None,
            )
        )
        for deed in written.ACTIONS
    ]
    for cost in written.COMPANY:
        day = today + dt.timedelta(days=cost.in_days)
        add(plans.CompanyActionText(cost.department, cost.title, day, cost.cost * written.THOUSAND))
    for text, probability, impact, response, trigger in written.RISKS:
        add(plans.RiskText(text, probability, impact, response, trigger))
    for kind, text, sales, trigger in written.SCENARIOS:
        add(plans.ScenarioText(kind, text, trigger, sales))
    for stop in starmap(plans.StopText, written.STOPS):
        add(stop)
    for days, text in written.CONTROL:
        add(plans.ControlText(today + dt.timedelta(days=days), text))
    return deeds


def _decide(owner: User, plan: PerspectivePlan) -> None:
    """The owner allows what the method's example has allowed."""
    for part, cost in zip(plan.supplier_actions.order_by("pk"), written.COMPANY, strict=True):
        if cost.approved:
            plans.decide_company_action(owner, part, approved=True)


def _prove(
    manager: User,
    client: Client,
    deeds: list[PlanAction],
    members: Mapping[str, Member],
    today: dt.date,
) -> None:
    """What was done of the plan is done by records."""
    for deed, action in zip(written.ACTIONS, deeds, strict=True):
        if deed.done:
            activities.log_activity(
                manager,
                client,
                kind="letter",
                title=deed.title,
                more={"origin": action.origin},
                done_on=today - dt.timedelta(days=deed.done),
                outcome="Сделано, документ приложен к досье.",
                people=[members[deed.person].contact] if deed.person else [],
            )


def _month_plans(manager: User, client: Client, today: dt.date) -> None:
    first = Month.of(today)
    for ahead in range(8):
        when = plans.When("month", (first + ahead).first_day)
        target = written.MONTH * written.THOUSAND
        levels = plans.Levels(target * 8 // 10, target, target * 12 // 10)
        plans.put_period_plan(manager, client, when=when, levels=levels)
