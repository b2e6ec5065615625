"""What the journal's codes are called: add yours here when an action records a new one."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey, WalletEstimate
from kamerton.platform import formats
from kamerton.platform.access import queries as access
from kamerton.platform.access.models import ApiToken, SalesFunction, User
from kamerton.platform.access.roles import Role, Scope
from kamerton.platform.reading import looked_up
from kamerton.web.ui.events import AUDIT_TITLES, KIND_TITLES

# What the first word of a code means: the groups of the filter.

FIELD_TITLES: dict[str, str | Promise] = {
    "absorbed": _("merged"),
    "amount": _("buys in all, a year"),
    "base": _("base"),
    "chosen": _("fields taken over"),
    "clients": _("clients"),
    "codes": _("codes"),
    "confidence": _("how surely"),
    "contact": _("contact"),
    "count": _("how many"),
    "criterion": _("criterion"),
    "currency": _("currency"),
    "email": _("e-mail"),
    "errors": _("errors"),
    "expires_on": _("expires on"),
    "filters": _("filters"),
    "format": _("format"),
    "full_name": _("full name"),
    "functions": _("sales functions"),
    "gates": _("limits"),
    "group": _("group of companies"),
    "hired_on": _("hired on"),
    "influence": pgettext_lazy("field", "influence"),
    "item": _("what for"),
    "kind": _("kind"),
    "known": _("known before"),
    "language": _("language"),
    "leader_share": _("share of time for leading"),
    "ledger_codes": _("names in the sales ledger"),
    "lines": _("lines"),
    "made": _("made"),
    "manager": _("manager"),
    "managers": _("managers"),
    "mapping": _("columns"),
    "mark": _("mark"),
    "marks": pgettext_lazy("field", "marks"),
    "matched": _("matched"),
    "mki": pgettext_lazy("field", "index"),
    "name": _("name"),
    "other": _("other"),
    "phone": _("phone"),
    "profile": _("template"),
    "reach": _("allowed to"),
    "restored": _("restored"),
    "role": _("part"),
    "roles": _("roles"),
    "rows": _("rows"),
    "scope": _("sees"),
    "selling_hours": _("selling hours a month"),
    "since": _("since"),
    "size": _("size, bytes"),
    "source": _("known from"),
    "state": _("state"),
    "status": _("status"),
    "supervisor": _("supervisor"),
    "tier": _("tier"),
    "until": _("until"),
    "user": _("who"),
    "year_plan": _("sales plan for the year"),
}

VALUE_TITLES: Mapping[str, Mapping[str, str | Promise]] = {
    "base": {
        "revenue": _("revenue"),
        "gross_profit": _("gross profit"),
        "cash": _("money received"),
    },
    "format": {"xlsx": "XLSX", "csv": "CSV"},
    "functions": dict[str, str | Promise](SalesFunction.Kind.choices),
    "reach": dict[str, str | Promise](ApiToken.Reach.choices),
    "roles": dict[str, str | Promise](Role.choices),
    "scope": dict[str, str | Promise](Scope.choices),
    "source": dict[str, str | Promise](WalletEstimate.Source.choices),
    "state": dict[str, str | Promise](
        [*Client.State.choices, *CompanyKey.State.choices, *ManagerKey.State.choices]
    ),
    "status": dict[str, str | Promise](User.Status.choices),
}
# what an action writes that has but one value and no field
SOLE_FIELDS = {
    "segmentation.company_key_decided": "state",
    "segmentation.influence_cosigned": "influence",
    "segmentation.wallet_withdrawn": "amount",
}
MONEY_FIELDS = frozenset({"amount", "year_plan"})
SHARE_FIELDS = frozenset({"confidence", "leader_share"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SHOWN = 20  # of a long list


def action_title(code: str) -> str:
    """Name an action in words; an unknown code stays as it is."""
    return str(AUDIT_TITLES.get(code, code))


def kind_title(code: str) -> str:
    """Name the group of an action."""
    kind = code.partition(".")[0]
    return str(KIND_TITLES.get(kind, kind))


def field_title(name: str) -> str:
    """Name a field in words; what is not here is a field of a client's card, or stays."""
    if name in FIELD_TITLES:
        return str(FIELD_TITLES[name])
    card = {field.name: field.verbose_name for field in Client._meta.fields}
    return str(card.get(name) or _method_words().get(name) or name.replace("_", " "))


def value_title(field: str, value: object) -> str:
    """Write a value of the journal in words; "" for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return _several(", ".join(value_title(field, one) for one in value[:SHOWN]), len(value))
    if isinstance(value, dict):
        parts = [f"{field_title(k)}: {value_title(k, v)}" for k, v in [*value.items()][:SHOWN]]
        return _several(", ".join(parts), len(value))
    if isinstance(value, bool):
        return now("yes") if value else now("no")
    return _named(field, str(value)) or _measured(field, value)


def _several(text: str, count: int) -> str:
    more = now("and %(count)d more") % {"count": count - SHOWN}
    return text if count <= SHOWN else f"{text} {more}"


def _named(field: str, code: str) -> str:
    """What a code means in a field; "" if it is no code."""
    if field == "manager" and code.isdecimal():
        return _people().get(int(code), code)
    known = VALUE_TITLES.get(field)
    if known is None and field in {one.name for one in Client._meta.fields}:
        known = dict(Client._meta.get_field(field).flatchoices)  # type: ignore[union-attr]
    found = (known or {}).get(code)
    if found is None and field in ("tier", "criterion", "gates"):
        found = _method_words().get(code)
    return str(found or "")


def _measured(field: str, value: object) -> str:
    """A sum, a share, a number or a day as pages write it; anything else stays."""
    if field in MONEY_FIELDS:
        return formats.money(value if isinstance(value, int) else Decimal(str(value)))
    if field in SHARE_FIELDS:
        return formats.percent(float(str(value)))
    if isinstance(value, float):
        return formats.number(value, 1)
    if isinstance(value, int):
        return formats.number(value)
    text = str(value)
    return formats.day(dt.date.fromisoformat(text)) if DAY.fullmatch(text) else text


def _people() -> dict[int, str]:
    """Everybody by id (3 queries a request): some rows hold no name."""
    return looked_up(
        "titles.people",
        lambda: {one.pk: one.short_name for one in access.colleagues(access.system_user())},
    )


def _method_words() -> dict[str, str]:
    """What the method calls its tiers, criteria and marks."""
    method = methodology.current()
    words = {tier.code: str(tier.title) for tier in method.tiers}
    words |= {one.code: str(one.title) for one in method.criteria}
    words |= {one.code: str(one.title) for one in method.influence_questions}
    return words | {
        "service_only": str(_("nothing to sell")),
        "position_external": str(_("place set from outside")),
    }
