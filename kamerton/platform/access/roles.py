"""What each role may do: the access matrix of the method, in one table."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in the company; one person may be several."""

    KAM = "kam", _("Key account manager")
    ACCOUNT_MANAGER = "account_manager", _("Account manager")
    HEAD_OF_SALES = "head_of_sales", _("Head of sales")
    OWNER = "owner", _("Owner")
    FINANCE = "finance", _("Finance")
    METHODOLOGIST = "methodologist", _("Methodologist")
    RECRUITER = "recruiter", _("Recruiter")
    ASSISTANT = "assistant", _("Assistant")


class Scope(models.TextChoices):
    """Which rows a person sees."""

    NONE = "none", _("no clients")
    OWN = "own", _("own clients")
    TEAM = "team", _("own clients, the team's to read")
    SUBTREE = "subtree", _("clients of all subordinates")
    ALL = "all", _("the whole company")


_READS_TASKS = {"activities.view", "dossier.view", "buying_centre.view", "plans.view"}
_SELLER = {
    "accounts.view_client",
    "accounts.create_client",
    "accounts.edit_client",
    "accounts.export_clients",
    "ledger.view_money",
    "segmentation.view_key",
    "segmentation.assess_influence",
    "segmentation.propose_manager_key",
    "segmentation.edit_evidence",
    *_READS_TASKS,
    "activities.edit",
    "dossier.edit",
    "dossier.attach",
    "buying_centre.edit",
    "plans.edit",
    "hiring.assess",
}
_HEAD = _SELLER | {
    "access.view_users",
    "accounts.assign_client",
    "accounts.merge_clients",
    "accounts.archive_client",
    "segmentation.propose_company_key",
    "segmentation.cosign_influence",
    "segmentation.confirm_manager_key",
    "segmentation.view_company",
    "plans.approve",
    "hiring.view",
    "hiring.recruit",
    "hiring.approve",
    "hiring.view_budget",
}

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.KAM: frozenset(_SELLER),
    Role.ACCOUNT_MANAGER: frozenset(_SELLER),
    Role.HEAD_OF_SALES: frozenset(_HEAD),
    Role.OWNER: frozenset(
        {
            "access.view_users",
            "access.manage_users",
            "accounts.view_client",
            "accounts.assign_client",
            "accounts.export_clients",
            "audit.view",
            "jobs.view",
            "ledger.view_money",
            "segmentation.view_key",
            "segmentation.view_company",
            "segmentation.propose_company_key",
            "segmentation.decide_company_key",
            *_READS_TASKS,
            "plans.approve",
            "hiring.view",
            "hiring.approve",
            "hiring.exceed",
            "hiring.assess",
            "hiring.view_budget",
        }
    ),
    Role.FINANCE: frozenset(
        {
            "accounts.view_client",
            "ledger.view_money",
            "ledger.import",
            "ledger.lock_month",
            "segmentation.view_key",
            "segmentation.view_company",
            "plans.view",
            "hiring.view_budget",
        }
    ),
    Role.METHODOLOGIST: frozenset(
        {
            "access.view_users",
            "access.manage_users",
            "accounts.view_client",
            "audit.view",
            "jobs.view",
            "jobs.manage",
            "methodology.edit",
            "segmentation.view_key",
            "platform.backup",
            *_READS_TASKS,
            "hiring.templates",
        }
    ),
    Role.RECRUITER: frozenset(
        {"hiring.view", "hiring.recruit", "hiring.assess", "hiring.view_budget"}
    ),
    Role.ASSISTANT: frozenset(
        {"accounts.view_client", "ledger.view_money", *_READS_TASKS, "dossier.attach"}
    ),
}

DEFAULT_SCOPE: dict[str, str] = {
    Role.KAM: Scope.TEAM,
    Role.ACCOUNT_MANAGER: Scope.TEAM,
    Role.HEAD_OF_SALES: Scope.SUBTREE,
    Role.OWNER: Scope.ALL,
    Role.FINANCE: Scope.ALL,
    Role.METHODOLOGIST: Scope.ALL,
    Role.RECRUITER: Scope.NONE,
    Role.ASSISTANT: Scope.OWN,
}
LEADER_SHARE = (Decimal("0.4"), Decimal("0.8"))  # the part of his time that a leader leads
WIDTH: list[str] = [Scope.NONE, Scope.OWN, Scope.TEAM, Scope.SUBTREE, Scope.ALL]

# How many rows with contacts one export may hold (domain.md 6.12); None: no limit.
EXPORT_LIMIT: dict[str, int | None] = {
    Role.KAM: 50,
    Role.ACCOUNT_MANAGER: 50,
    Role.HEAD_OF_SALES: 500,
    Role.OWNER: None,
}


def permissions_of(roles: list[str]) -> frozenset[str]:
    """Join what the given roles may do."""
    return frozenset().union(*(PERMISSIONS.get(role, frozenset()) for role in roles))


def widest_scope(roles: list[str]) -> str:
    """Return the widest of the scopes that the roles bring with them."""
    return max((DEFAULT_SCOPE[role] for role in roles), key=WIDTH.index, default=Scope.NONE)


def titles_of(roles: list[str]) -> str:
    """Name the roles in words, in the order of the access matrix."""
    return ", ".join(str(role.label) for role in Role if role in roles)
