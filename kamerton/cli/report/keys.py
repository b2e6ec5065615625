"""Reports of who is key: the company's register, managers' lists."""

from django.utils.translation import gettext as _

from kamerton.calc.definitions import COMPANY_CRITERIA, MANAGER_KEY_INDEX
from kamerton.calc.period import Period
from kamerton.cli.report.asked import Asked
from kamerton.cli.report.printed import (
    COUNT,
    MONEY,
    NUMBER,
    SHARE,
    YES,
    Column,
    Figure,
    Named,
    Report,
)
from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation import queries
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey, Standing
from kamerton.domain.segmentation.queries import Candidate
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import require
from kamerton.platform.errors import NotAllowed

SEE = "segmentation.view_key"
SCORES = ("large", "loyal", "promising", "status")


def key_accounts(asked: Asked) -> Report:
    """The register of the company; of another year, whom the criteria would propose."""
    require(asked.viewer, SEE)
    another = (asked.since or asked.until or asked.as_of) and not asked.is_recomputed
    return _would_be(asked) if another else _register(asked)


def manager_key(asked: Asked) -> Report:
    """The lists of managers; with --manager all that his wizard shows."""
    require(asked.viewer, SEE)
    method = methodology.current()
    return _wizard(asked, asked.manager, method) if asked.manager else _lists(asked, method)


def _register(asked: Asked) -> Report:
    restatement, counts = queries.current_restatement(), queries.register(asked.viewer)
    keys = list(queries.company_keys(asked.viewer))
    shown = keys[: asked.shown(len(keys))]
    known = queries.standing_of(asked.viewer, [key.client_id for key in shown])
    base = asked.base or (restatement.base if restatement else "")
    figures = [
        Figure("in_force", _("In the register"), counts.in_force, COUNT, COMPANY_CRITERIA),
        Figure("proposed", _("Wait for a decision"), counts.proposed, COUNT, COMPANY_CRITERIA),
        Figure("review_due", _("Wait for the yearly review"), counts.review_due, COUNT),
        Figure("capacity", _("Capacity line"), counts.capacity, COUNT),
        Figure("over_capacity", _("Proposals above it"), counts.over_capacity, COUNT),
    ]
    return Report(
        *("key-accounts", _("Key accounts of the company"), base),
        Period(restatement.since, restatement.until) if restatement else None,
        restatement.methodology.number if restatement else methodology.current().version,
        queries.REGISTER_DEFINITIONS,
        figures=figures,
        columns=_columns(),
        rows=[
            _row(
                key.client, known.get(key.client_id), base, judged=(key.criteria, key.kci), key=key
            )
            for key in shown
        ],
        total=len(keys),
    )


def _would_be(asked: Asked) -> Report:
    """Whom the criteria propose by the figures of another year, and where they stand today."""
    method = methodology.current()
    found = queries.standings_on(asked.viewer, as_of=asked.day, method=method)
    passing, base = found.passing, asked.base or found.base
    entries = {key.client_id: key for key in queries.company_keys(asked.viewer)}
    return Report(
        *("key-accounts", _("Whom the criteria would propose"), base, found.period),
        *(method.version, queries.REGISTER_DEFINITIONS),
        figures=[Figure("passing", _("Pass a criterion"), len(passing), COUNT, COMPANY_CRITERIA)],
        columns=_columns(),
        rows=[
            _row(
                *(one.client, one, base),
                judged=(one.passed_codes, one.kci),
                key=entries.get(one.client_id),
            )
            for one in passing[: asked.shown(len(passing))]
        ],
        total=len(passing),
    )


def _columns() -> list[Column]:
    return [
        Column("client", _("Client")),
        Column("state", _("State")),
        Column("criteria", _("Criteria met")),
        Column("kci", _("Index"), NUMBER),
        Column("value", _("Sum"), MONEY),
        Column("share", _("Share"), SHARE),
        Column("over_capacity", _("Above capacity"), YES),
        Column("manager", _("Manager")),
        Column("sponsor", _("Sponsor")),
        Column("decided_on", _("Decided")),
        Column("valid_until", _("Until")),
        Column("client_id", "id", COUNT),
    ]


def _row(
    client: Client,
    standing: Standing | None,
    base: str,
    *,
    judged: tuple[list[str], float],
    key: CompanyKey | None,
) -> tuple[object, ...]:
    codes, kci = judged
    titles = {one.code: str(one.title) for one in methodology.current().criteria}
    return (
        client.name,
        Named(key.state, str(key.get_state_display())) if key else None,
        tuple(Named(code, titles[code]) for code in codes),
        kci,
        standing.money(base) if standing else None,
        standing.share(base) if standing else None,
        key.over_capacity if key else False,
        _name(client.manager),
        _name(key.sponsor if key else None),
        key.decided_on if key else None,
        key.valid_until if key else None,
        client.pk,
    )


def _lists(asked: Asked, method: Methodology) -> Report:
    """Every list that the viewer may see."""
    keys = list(queries.manager_keys(asked.viewer))
    return Report(
        *("manager-key", _("Key clients of managers"), "", None),
        *(method.version, queries.LIST_DEFINITIONS),
        figures=[
            Figure("entries", _("In the lists"), len(keys), COUNT, MANAGER_KEY_INDEX),
            Figure("capacity", _("Capacity line"), queries.capacity(), COUNT),
        ],
        columns=_list_columns(method),
        rows=[
            _listed(key.manager, key.client, key, method) for key in keys[: asked.shown(len(keys))]
        ],
        total=len(keys),
    )


def _wizard(asked: Asked, manager: User, method: Methodology) -> Report:
    """All clients of one manager: in the list, those that could be, those that cannot and why."""
    listed = queries.portfolio(asked.viewer, manager)
    if listed is None:
        raise NotAllowed(_("This list is not shown to you."))
    found, slots = queries.wizard_candidates(asked.viewer, manager), listed.slots
    return Report(
        *("manager-key", _("Key clients of %(name)s") % {"name": manager.full_name}, "", None),
        *(method.version, queries.LIST_DEFINITIONS),
        figures=[
            Figure("used", _("In the list"), slots.used, COUNT, MANAGER_KEY_INDEX),
            Figure("cap", _("Places"), slots.cap, COUNT),
            Figure("hours", _("Hours a month"), slots.hours, NUMBER),
            Figure("utilisation", _("Load"), slots.utilisation, SHARE),
        ],
        columns=_list_columns(method),
        rows=[
            _listed(manager, each.client, each, method) for each in found[: asked.shown(len(found))]
        ],
        total=len(found),
    )


def _list_columns(method: Methodology) -> list[Column]:
    return [
        Column("manager", _("Manager")),
        Column("client", _("Client")),
        Column("state", _("State")),
        Column("influence", _("Influence"), NUMBER),
        *(Column(code, str(method.criterion(code).title), NUMBER) for code in SCORES),
        Column("mki", _("Index"), NUMBER),
        Column("tier", _("Tier")),
        Column("approach", _("Approach")),
        Column("why_not", _("Why not")),
        Column("client_id", "id", COUNT),
    ]


def _listed(
    manager: User, client: Client, entry: ManagerKey | Candidate, method: Methodology
) -> tuple[object, ...]:
    """A row; what is in the list shows the figures it was judged by."""
    key = entry.key if isinstance(entry, Candidate) else entry
    judged = key or (entry.scored if isinstance(entry, Candidate) else None)
    return (
        manager.full_name,
        client.name,
        Named(key.state, str(key.get_state_display())) if key else None,
        *(getattr(judged, name) for name in ("influence", *SCORES, "mki")),
        Named(key.tier, str(method.tier(key.tier).title)) if key else None,
        getattr(judged, "approach", None),
        entry.why_not if isinstance(entry, Candidate) and key is None else None,
        client.pk,
    )


def _name(person: User | None) -> str | None:
    return person.full_name if person else None
