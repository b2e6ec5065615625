"""Why a client is key or not: each criterion with its figures, its rule and its evidence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kamerton.calc.company_key import CRITERIA
from kamerton.calc.definitions import Definition
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import (
    CriterionEvidence,
    ImprovementCaused,
    Restatement,
    Standing,
    WalletEstimate,
)
from kamerton.domain.segmentation.queries.marks import card_marks
from kamerton.domain.segmentation.queries.register import REGISTER_DEFINITIONS
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User

SHARE, MONEY, POINTS, NUMBER, TEXT = "share", "money", "points", "number", "text"


@dataclass(frozen=True)
class Input:
    """A figure that a verdict rests on, and how to write it; None: no data."""

    label: str
    value: float | int | str | None
    kind: str = NUMBER
    confidence: float | None = None


@dataclass(frozen=True)
class CriterionReason:
    """One criterion of one client: verdict, rule in words, figures, evidence, what is missing."""

    code: str
    title: str
    meaning: str
    passed: bool
    score: float | None
    weight: float
    rule: str
    inputs: list[Input]
    evidence: list[CriterionEvidence]
    missing: str


@dataclass(frozen=True)
class Reasons:
    """Why the client stands where it stands, and by which version of what."""

    standing: Standing
    restatement: Restatement
    criteria: list[CriterionReason]
    wallets: list[WalletEstimate]
    improvements: list[ImprovementCaused]
    definitions: tuple[Definition, ...]
    method_version: int


def criteria_of(viewer: User, client: Client) -> Reasons | None:
    """Everything behind the verdict on one client; None if `viewer` may not see its money, or
    nothing is computed yet (7 queries).
    """
    restatement = current_restatement()
    if restatement is None:
        return None
    seen = Standing.objects.filter(restatement=restatement, client=client).visible_to(viewer)
    standing = seen.select_related("client").first()
    if standing is None:
        return None
    method = methodology.version(restatement.methodology.number)
    marks = _newest_marks(client)
    return Reasons(
        standing=standing,
        restatement=restatement,
        criteria=[_reason(code, standing, marks, method) for code in CRITERIA],
        wallets=list(
            WalletEstimate.objects.standing()
            .filter(client=client)
            .select_related("author", "category")
        ),
        improvements=list(client.improvements.select_related("author")),
        definitions=REGISTER_DEFINITIONS,
        method_version=method.version,
    )


def evidence_of(viewer: User, client: Client) -> list[CriterionEvidence]:
    """All evidence of one client, withdrawn too, newest first, authors joined (1 query)."""
    found = CriterionEvidence.objects.visible_to(viewer).filter(client=client)
    return list(found.select_related("author", "withdrawn_by"))


def _newest_marks(client: Client) -> dict[str, list[CriterionEvidence]]:
    """The newest standing mark of each item, by criterion."""
    found: dict[tuple[str, str], CriterionEvidence] = {}
    known = CriterionEvidence.objects.standing().filter(client=client).select_related("author")
    for mark in known.order_by("on", "pk"):
        found[(mark.criterion, mark.item)] = mark
    by_criterion: dict[str, list[CriterionEvidence]] = {code: [] for code in CRITERIA}
    for (criterion, _item), mark in found.items():
        by_criterion[criterion].append(mark)
    return by_criterion


def _reason(
    code: str,
    standing: Standing,
    marks: dict[str, list[CriterionEvidence]],
    method: Methodology,
) -> CriterionReason:
    words = method.criterion(code)
    inputs = INPUTS[code](standing, marks[code], method)
    unknown = [each.label for each in inputs if each.value is None]
    return CriterionReason(
        code=code,
        title=str(words.title),
        meaning=str(words.company),
        passed=code in standing.passed_codes,
        score=getattr(standing, code),
        weight=getattr(method.company_weights, code),
        rule=_rule(code, method),
        inputs=inputs,
        evidence=marks[code],
        missing=_("Not known: %(what)s.") % {"what": ", ".join(unknown)} if unknown else "",
    )


def _rule(code: str, method: Methodology) -> str:
    """The rule in words with the thresholds in force."""
    rule = method.company
    sentences = {
        "large": _(
            "From %(share)g %% of revenue or gross profit, or class A with at least %(low)g %%."
        )
        % {"share": rule.large_share * 100, "low": rule.large_a_share * 100},
        "loyal": _("Loyalty index from %(index)g and at least %(wallet)g %% of purchases from us.")
        % {"index": rule.loyal_index, "wallet": rule.loyal_wallet * 100},
        "promising": _(
            "What is bought elsewhere is at least %(sales)g × our sales and %(revenue)g %% of "
            "the company's revenue, or a large budget is known."
        )
        % {"sales": rule.promising_sales, "revenue": rule.promising_revenue * 100},
        "status": _("Five marks of 0 to 3 make a score from %(score)g of 100.")
        % {"score": rule.status_score},
        "partner": _("Documented forms of partnership: at least %(forms)d.")
        % {"forms": rule.partner_forms},
        "complex": _("Marks of complexity: at least %(marks)d of eight.")
        % {"marks": rule.complex_marks},
    }
    return sentences[code]


def _large(standing: Standing, _marks: list[CriterionEvidence], _m: Methodology) -> list[Input]:
    return [
        Input(_("share of revenue"), standing.share_revenue, SHARE),
        Input(_("share of gross profit"), standing.share_gross_profit, SHARE),
        Input(_("class"), standing.abc_gross_profit or standing.abc_revenue, TEXT),
    ]


def _loyal(standing: Standing, marks: list[CriterionEvidence], _m: Methodology) -> list[Input]:
    nps = next((mark.mark for mark in marks if mark.item == "nps"), None)
    return [
        Input(_("loyalty index"), standing.loyalty, POINTS),
        Input(
            *(_("our share of purchases"), standing.wallet_share, SHARE),
            confidence=standing.wallet_confidence,
        ),
        Input(_("months with us"), standing.months_of_history),
        Input(_("months with shipments, of 12"), standing.active_months),
        Input(_("would recommend, 0–10"), nps),
    ]


def _promising(standing: Standing, marks: list[CriterionEvidence], _m: Methodology) -> list[Input]:
    budget = any(mark.item == "budget" and mark.mark for mark in marks)
    known = standing.wallet_confidence
    return [
        Input(_("spends a year"), standing.wallet, MONEY, known),
        Input(_("buys elsewhere"), standing.gap, MONEY, known),
        Input(_("can be won in 12 months"), standing.attainable, MONEY, known),
        Input(_("our sales"), standing.revenue, MONEY),
        Input(_("large budget"), _("yes") if budget else _("no"), TEXT),
    ]


def _status(_s: Standing, marks: list[CriterionEvidence], method: Methodology) -> list[Input]:
    given = {mark.item: mark.mark for mark in marks}
    return [Input(str(item.title), given.get(item.code)) for item in method.status_marks]


def _partner(_s: Standing, marks: list[CriterionEvidence], method: Methodology) -> list[Input]:
    given = {mark.item for mark in marks if mark.mark}
    forms = [str(item.title) for item in method.partner_forms if item.code in given]
    return [Input(_("forms"), len(forms)), Input(_("which"), ", ".join(forms), TEXT)]


def _complex(
    standing: Standing, marks: list[CriterionEvidence], method: Methodology
) -> list[Input]:
    client = standing.client
    given = {item for (_c, item) in card_marks(client.procurement, client.delivery_points)}
    given |= {mark.item for mark in marks if mark.mark}
    given -= {mark.item for mark in marks if not mark.mark}
    found = [str(item.title) for item in method.complex_marks if item.code in given]
    return [Input(_("marks"), len(found)), Input(_("which"), ", ".join(found), TEXT)]


INPUTS = {
    "large": _large,
    "loyal": _loyal,
    "promising": _promising,
    "status": _status,
    "partner": _partner,
    "complex": _complex,
}
