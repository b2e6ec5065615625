"""Plain: the method as one frozen value, and what is wrong with it, in sentences."""

import dataclasses
import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from kamerton.domain.methodology.content import hiring_soundness, rules, soundness, texts
from kamerton.domain.methodology.content.buying import BuyingRole, RoleSet
from kamerton.domain.methodology.content.buying_roles import BUYING_ROLES, ROLE_SETS
from kamerton.domain.methodology.content.dossier import DossierGroup, DossierQuestion
from kamerton.domain.methodology.content.dossier_groups import DOSSIER_GROUPS, DOSSIER_PACKS
from kamerton.domain.methodology.content.hiring import (
    BusinessTask,
    Competency,
    FormQuestion,
    LetterBlock,
    OfferSection,
    OnboardingDay,
    ProbationCriterion,
    SelectionItem,
    SessionPart,
)
from kamerton.domain.methodology.content.hiring_competencies import FIRST_COMPETENCIES
from kamerton.domain.methodology.content.hiring_competencies_more import LAST_COMPETENCIES
from kamerton.domain.methodology.content.hiring_letter import LETTER_BLOCKS, OFFER_SECTIONS
from kamerton.domain.methodology.content.hiring_questionnaire import QUESTIONNAIRE
from kamerton.domain.methodology.content.hiring_selection import (
    BUSINESS_TASKS,
    GROUP_PLAN,
    HIRING_PACKS,
    ONBOARDING_DAYS,
    PROBATION_CRITERIA,
    SELECTION_ITEMS,
)
from kamerton.domain.methodology.content.plan_sections import PLAN_SECTIONS
from kamerton.domain.methodology.content.planning import PlanSection


class Base(enum.StrEnum):
    """What clients are weighed by; AUTO is gross profit where cost is known, else revenue."""

    AUTO = "auto"
    REVENUE = "revenue"
    GROSS_PROFIT = "gross_profit"
    CASH = "cash"


@dataclass(frozen=True)
class Methodology:
    """All that the company has decided about the method; `version` tells which decision."""

    version: int = 0
    base: Base = Base.AUTO
    abc: rules.Abc = field(default_factory=rules.Abc)
    xyz: rules.Xyz = field(default_factory=rules.Xyz)
    company: rules.Company = field(default_factory=rules.Company)
    company_weights: rules.CompanyWeights = field(default_factory=rules.CompanyWeights)
    influence: rules.Influence = field(default_factory=rules.Influence)
    influence_weights: rules.InfluenceWeights = field(default_factory=rules.InfluenceWeights)
    manager: rules.Manager = field(default_factory=rules.Manager)
    manager_weights: rules.ManagerWeights = field(default_factory=rules.ManagerWeights)
    retention: rules.Retention = field(default_factory=rules.Retention)
    wallet: rules.Wallet = field(default_factory=rules.Wallet)
    capacity: rules.Capacity = field(default_factory=rules.Capacity)
    norm_bands: rules.NormBands = field(default_factory=rules.NormBands)
    watch: rules.Watch = field(default_factory=rules.Watch)
    review: rules.Review = field(default_factory=rules.Review)
    dossier: rules.DossierColours = field(default_factory=rules.DossierColours)
    confidence: rules.Confidence = field(default_factory=rules.Confidence)
    buying: rules.Buying = field(default_factory=rules.Buying)
    index_weights: rules.IndexWeights = field(default_factory=rules.IndexWeights)
    plan: rules.Plan = field(default_factory=rules.Plan)
    hiring: rules.Hiring = field(default_factory=rules.Hiring)
    tools: rules.Tools = field(default_factory=rules.Tools)
    tiers: tuple[texts.Tier, ...] = texts.TIERS
    criteria: tuple[texts.Criterion, ...] = texts.CRITERIA
    status_marks: tuple[texts.Item, ...] = texts.STATUS_MARKS
    partner_forms: tuple[texts.Item, ...] = texts.PARTNER_FORMS
    complex_marks: tuple[texts.Item, ...] = texts.COMPLEX_MARKS
    influence_questions: tuple[texts.Question, ...] = texts.INFLUENCE_QUESTIONS
    dossier_groups: tuple[DossierGroup, ...] = DOSSIER_GROUPS
    dossier_packs: tuple[texts.Item, ...] = DOSSIER_PACKS
    buying_roles: tuple[BuyingRole, ...] = BUYING_ROLES
    role_sets: tuple[RoleSet, ...] = ROLE_SETS
    role_set: str = "sales8"
    plan_sections: tuple[PlanSection, ...] = PLAN_SECTIONS
    competencies: tuple[Competency, ...] = FIRST_COMPETENCIES + LAST_COMPETENCIES
    hiring_packs: tuple[texts.Item, ...] = HIRING_PACKS
    questionnaire: tuple[FormQuestion, ...] = QUESTIONNAIRE
    letter_blocks: tuple[LetterBlock, ...] = LETTER_BLOCKS
    group_plan: tuple[SessionPart, ...] = GROUP_PLAN
    business_tasks: tuple[BusinessTask, ...] = BUSINESS_TASKS
    selection_items: tuple[SelectionItem, ...] = SELECTION_ITEMS
    probation_criteria: tuple[ProbationCriterion, ...] = PROBATION_CRITERIA
    offer_sections: tuple[OfferSection, ...] = OFFER_SECTIONS
    onboarding_days: tuple[OnboardingDay, ...] = ONBOARDING_DAYS

    def criterion(self, code: str) -> texts.Criterion:
        """Return the criterion called `code`."""
        return next(criterion for criterion in self.criteria if criterion.code == code)

    def tier(self, code: str) -> texts.Tier:
        """Return the tier called `code`."""
        return next(tier for tier in self.tiers if tier.code == code)

    def dossier_question(self, code: str) -> DossierQuestion:
        """Return the question called `code`, asked or switched off (StopIteration if none)."""
        return next(
            question
            for group in self.dossier_groups
            for question in (*group.questions, *group.unasked)
            if question.code == code
        )

    def buying_role(self, code: str) -> BuyingRole:
        """Return the role called `code`, in the set in force or not."""
        return next(role for role in self.buying_roles if role.code == code)

    def competency(self, code: str) -> Competency:
        """Return the competency called `code` (StopIteration if none)."""
        return next(each for each in self.competencies if each.code == code)

    def business_task(self, code: str) -> BusinessTask:
        """Return the business task called `code` (StopIteration if none)."""
        return next(each for each in self.business_tasks if each.code == code)

    def set_in_force(self) -> RoleSet:
        """Return the set of roles that the company works with."""
        return next(each for each in self.role_sets if each.code == self.role_set)

    def roles(self) -> tuple[BuyingRole, ...]:
        """Return the roles of the set in force, in its order."""
        return tuple(self.buying_role(code) for code in self.set_in_force().roles)

    def problems(self) -> list[str]:
        """Return a sentence for each thing that is wrong; empty when all is well."""
        return [
            *_out_of_range(self),
            *_bad_sums(self),
            *_bad_order(self),
            *_bad_texts(self),
            *soundness.bad_dossier(self.dossier_groups, DOSSIER_GROUPS),
            *soundness.bad_roles(self.buying_roles, self.role_sets, self.role_set),
            *soundness.unknown_knowers(self.dossier_groups, self.buying_roles),
            *hiring_soundness.bad_hiring(self, shipped()),
        ]


def shipped() -> Methodology:
    """Return the method as it comes with the product."""
    return Methodology()


SECTIONS = tuple(
    part.name
    for part in dataclasses.fields(Methodology)
    if part.default_factory is not dataclasses.MISSING
)
WEIGHTS = ("company_weights", "influence_weights", "manager_weights", "index_weights")


def _settings(method: Methodology) -> Iterator[tuple[dataclasses.Field[Any], Any]]:
    """Yield every declared threshold with its value."""
    for name in SECTIONS:
        section = getattr(method, name)
        for declared in dataclasses.fields(section):
            yield declared, getattr(section, declared.name)


def _out_of_range(method: Methodology) -> Iterator[str]:
    for declared, value in _settings(method):
        about = declared.metadata
        if "of" in about and value not in about["of"]:
            yield _("“%(title)s” must be one of: %(of)s.") % {
                "title": about["title"],
                "of": ", ".join(about["of"]),
            }
        elif "low" in about and not about["low"] <= value <= about["high"]:
            yield _("“%(title)s” must be between %(low)g and %(high)g.") % about


def _bad_sums(method: Methodology) -> Iterator[str]:
    names = {
        "company_weights": _("the company's criteria"),
        "influence_weights": _("influence"),
        "manager_weights": _("a manager's criteria"),
        "index_weights": _("the three tasks"),
    }
    for section, name in names.items():
        total = sum(dataclasses.astuple(getattr(method, section)))
        if abs(total - 100) > 1e-9:
            yield _("The weights of %(name)s must add up to 100, now %(total)g.") % {
                "name": name,
                "total": total,
            }
    buying = method.buying
    if abs(buying.coverage_weight + buying.roles_weight + buying.next_steps_weight - 1) > 1e-9:
        yield _("The weights of coverage, roles and next steps must add up to 100 %.")


def _bad_order(method: Methodology) -> Iterator[str]:
    abc, xyz, bands, capacity = method.abc, method.xyz, method.norm_bands, method.capacity
    ordered = {
        _("Class B must reach further than class A."): abc.a_share < abc.b_share,
        _("Class Y must reach further than class X."): xyz.x_limit < xyz.y_limit,
        _("A norm band must end after it starts."): bands.kam_low <= bands.kam_high
        and bands.flow_low <= bands.flow_high,
        _("A load that stops must be above the load that warns."): capacity.load_warning
        <= capacity.load_block,
        _("A mono-client must be above dependence."): capacity.top1_dependence
        <= capacity.mono_client,
        _("A dossier must be amber before it is green."): method.dossier.amber
        <= method.dossier.green,
        _("Attainment must be amber before it is green."): method.plan.amber <= method.plan.green,
        _("Better coverage needs fresher contacts."): method.buying.days_1
        >= method.buying.days_2
        >= method.buying.days_3,
        _("Better coverage needs more contacts."): method.buying.contacts_1
        <= method.buying.contacts_2
        <= method.buying.contacts_3,
    }
    return (sentence for sentence, holds in ordered.items() if not holds)


def _bad_texts(method: Methodology) -> Iterator[str]:
    for name in ("criteria", "status_marks", "influence_questions", "tiers", "plan_sections"):
        had = [entry.code for entry in getattr(shipped(), name)]
        if [entry.code for entry in getattr(method, name)] != had:
            yield _("The list “%(name)s” must keep its entries; only their words may change.") % {
                "name": name
            }
    if any(tier.hours < 0 or tier.cadence_days < 1 for tier in method.tiers):
        yield _("A tier needs hours of at least 0 and a contact at least every day or later.")
    if any(len(question.choices) != 4 for question in method.influence_questions):
        yield _("Each influence question needs four answers, for the marks 0 to 3.")
