"""The method as the calculations want it: settings into the rules of `kamerton.calc`."""

import dataclasses
from typing import Literal, cast

from kamerton.calc.company_key import (
    ComplexRule,
    CriteriaSettings,
    LargeRule,
    LoyalRule,
    PartnerRule,
    PromisingRule,
    StatusRule,
    Weights,
)
from kamerton.calc.concentration import ConcentrationLimits
from kamerton.calc.dependence import LoadLimits, ShareLimits, TierHours
from kamerton.calc.manager_key import InfluenceRule, ManagerWeights
from kamerton.calc.regularity import XyzLimits
from kamerton.calc.retention import ActivityRule
from kamerton.calc.watch import NormBand, ReadinessLimits, WatchRule
from kamerton.domain.methodology.content import Methodology


def crossing(method: Methodology) -> Literal["A", "B"]:
    """Where the client at the border of a class goes."""
    return cast(Literal["A", "B"], method.abc.crossing)


def xyz_limits(method: Methodology) -> XyzLimits:
    """Borders of regularity."""
    rule = method.xyz
    return XyzLimits(x=rule.x_limit, y=rule.y_limit, least_months=rule.min_months)


def activity_rule(method: Methodology) -> ActivityRule:
    """Who still buys."""
    rule = method.retention
    return ActivityRule(least_days=float(rule.active_days), medians=rule.active_intervals)


def company_weights(method: Methodology) -> Weights:
    """Weights of the company's criteria."""
    given = method.company_weights
    return Weights(
        *(given.large, given.loyal, given.promising),
        *(given.status, given.partner, given.complex),
    )


def company_criteria(method: Methodology) -> CriteriaSettings:
    """The company's criteria."""
    rule = method.company
    return CriteriaSettings(
        large=LargeRule(
            share=rule.large_share,
            share_in_class_a=rule.large_a_share,
            full=rule.large_share,
            dependence=method.capacity.top1_dependence,
        ),
        loyal=LoyalRule(index=rule.loyal_index, share_of_wallet=rule.loyal_wallet),
        promising=PromisingRule(
            of_sales=rule.promising_sales,
            of_company=rule.promising_revenue,
            full_of_company=rule.promising_full,
        ),
        status=StatusRule(score=rule.status_score),
        partner=PartnerRule(forms=rule.partner_forms),
        complex=ComplexRule(marks=rule.complex_marks),
        weights=company_weights(method),
    )


def influence_rule(method: Methodology) -> InfluenceRule:
    """Weights and gates of the influence."""
    rule = method.influence
    return InfluenceRule(
        weights=dataclasses.astuple(method.influence_weights),  # in the order of the marks
        service_only=rule.service_only_limit,
        external=rule.external_limit,
        eligible=rule.eligible,
    )


def manager_weights(method: Methodology) -> ManagerWeights:
    """Weights of a manager's criteria."""
    given, rule = method.manager_weights, method.manager
    return ManagerWeights(
        large=given.large / 100,
        loyal=given.loyal / 100,
        promising=given.promising / 100,
        status=given.status / 100,
        passing=rule.pass_score,
        full_share=rule.large_share,
        full_gap=rule.plan_share,
        safe_share_of_wallet=rule.wallet_safe,
    )


def concentration_limits(method: Methodology) -> ConcentrationLimits:
    """Where concentration warns."""
    rule = method.capacity
    return ConcentrationLimits(
        hhi_moderate=rule.hhi_moderate,
        hhi_high=rule.hhi_high,
        dependence=rule.top1_dependence,
        mono=rule.mono_client,
        top5=rule.top5_share,
    )


def share_limits(method: Methodology) -> ShareLimits:
    """Bands of a manager's share."""
    rule = method.capacity
    return ShareLimits(
        notable=rule.share_notable,
        high=rule.share_strong,
        critical=rule.share_critical,
        warn=rule.share_limit,
    )


def tier_hours(method: Methodology) -> TierHours:
    """Hours a month of each tier."""
    hours = {tier.code: tier.hours for tier in method.tiers}
    return TierHours(hours["strategic"], hours["key"], hours["maintain"], hours["flow"])


def load_limits(method: Methodology) -> LoadLimits:
    """Load that warns and load that stops."""
    return LoadLimits(warn=method.capacity.load_warning, block=method.capacity.load_block)


def watch_rule(method: Methodology) -> WatchRule:
    """Whom of the flow to look at."""
    return WatchRule(growth=method.watch.growth, part_of_smallest_key=method.watch.of_smallest_key)


def readiness_limits(method: Methodology) -> ReadinessLimits:
    """When a separate key account function pays."""
    return ReadinessLimits(key_clients=method.watch.ready_keys, top_share=method.watch.ready_share)


def kam_band(method: Methodology) -> NormBand:
    """How many clients a key account manager should hold."""
    return NormBand(method.norm_bands.kam_low, method.norm_bands.kam_high)


def flow_band(method: Methodology) -> NormBand:
    """How many clients an account manager should hold."""
    return NormBand(method.norm_bands.flow_low, method.norm_bands.flow_high)
