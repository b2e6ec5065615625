"""What the journal's codes are called: add yours here when an action records a new one."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kamerton.platform.access.models import ApiToken, SalesFunction, User
from kamerton.platform.access.roles import Role, Scope
from kamerton.web.ui.formats import percent

AUDIT_TITLES: dict[str, str | Promise] = {
    "accounts.contact_archived": _("Contact put into the archive"),
    "accounts.contact_restored": _("Contact back from the archive"),
    "access.password_set": _("Password set by an administrator"),
    "segmentation.company_key_decided": _("Company key decided"),
    "segmentation.influence_assessed": _("Influence assessed"),
    "segmentation.influence_cosigned": _("Assessment co-signed"),
    "segmentation.manager_key_confirmed": _("Manager's key confirmed"),
    "segmentation.manager_key_proposed": _("Manager's key proposed"),
    "segmentation.manager_key_released": _("Manager's key released"),
    "segmentation.manager_key_rescored": _("Manager's key judged anew"),
    "segmentation.manager_key_resumed": _("Manager's key resumed"),
    "segmentation.manager_key_returned": _("Manager's key sent back"),
    "segmentation.manager_key_submitted": _("Manager's key submitted"),
    "segmentation.manager_key_suspended": _("Manager's key suspended"),
    "segmentation.standings_restated": _("Figures counted anew"),
    "access.company_founded": _("Company founded"),
    "access.functions_changed": _("Sales functions changed"),
    "access.invitation_accepted": _("Invitation accepted"),
    "access.invitation_withdrawn": _("Invitation withdrawn"),
    "access.leader_share_changed": _("Leader's share changed"),
    "access.ledger_codes_changed": _("Names in the ledger changed"),
    "access.password_changed": _("Password changed"),
    "access.person_added": _("Person added"),
    "access.person_deactivated": _("Account closed"),
    "access.person_invited": _("Person invited"),
    "access.person_reactivated": _("Account opened again"),
    "access.profile_changed": _("Profile changed"),
    "access.roles_changed": _("Roles changed"),
    "access.sessions_ended": _("Sessions ended"),
    "access.signed_in": _("Signed in"),
    "access.status_changed": _("Status changed"),
    "access.supervisor_changed": _("Supervisor changed"),
    "access.token_created": _("API token made"),
    "access.token_revoked": _("API token revoked"),
    "access.work_changed": _("Hours and plan changed"),
    "accounts.assignment_undone": _("Assignment undone"),
    "accounts.client_archived": _("Client archived"),
    "accounts.client_assigned": _("Client assigned"),
    "accounts.client_changed": _("Client changed"),
    "accounts.client_created": _("Client created"),
    "accounts.client_restored": _("Client restored"),
    "accounts.clients_assigned": _("Clients assigned"),
    "accounts.clients_exported": _("Clients exported"),
    "accounts.clients_imported": _("Clients made by an import"),
    "accounts.clients_merged": _("Clients merged"),
    "accounts.clients_told_apart": _("Clients marked as different"),
    "accounts.contact_added": _("Contact added"),
    "accounts.contact_changed": _("Contact changed"),
    "accounts.contacts_exported": _("Contacts exported"),
    "accounts.group_created": _("Group of companies created"),
    "accounts.group_renamed": _("Group of companies renamed"),
    "accounts.group_set": _("Group of companies set"),
    "accounts.mass_changed": _("Many clients changed"),
    "accounts.mass_undone": _("Mass change undone"),
    "accounts.merge_undone": _("Merge undone"),
    "accounts.team_joined": _("Account team joined"),
    "accounts.team_left": _("Account team left"),
    "jobs.job_cancelled": _("Job cancelled"),
    "jobs.job_repeated": _("Job repeated"),
    "ledger.segment_differs": _("A file of the ledger differs from its row"),
    "ledger.file_checked": _("Ledger file checked"),
    "ledger.file_uploaded": _("Ledger file uploaded"),
    "ledger.import_cancelled": _("Import cancelled"),
    "ledger.import_failed": _("Import failed"),
    "ledger.import_undone": _("Import undone"),
    "ledger.lines_published": _("Sales lines imported"),
    "ledger.mapping_chosen": _("Columns of a file chosen"),
    "ledger.month_locked": _("Month closed"),
    "ledger.month_unlocked": _("Month opened again"),
    "ledger.profile_forgotten": _("Import profile removed"),
    "methodology.changed": _("Method changed"),
    "segmentation.company_key_proposed": _("Company key account proposed"),
    "segmentation.company_keys_proposed": _("Company key accounts proposed"),
    "segmentation.evidence_added": _("Evidence added"),
    "segmentation.evidence_withdrawn": _("Evidence withdrawn"),
    "segmentation.improvement_added": _("Improvement added"),
    "segmentation.wallet_recorded": _("Wallet estimated"),
    "segmentation.wallet_withdrawn": _("Wallet estimate withdrawn"),
}

# What the first word of a code means: the groups of the filter.
KIND_TITLES: dict[str, str | Promise] = {
    "access": _("People and rights"),
    "accounts": _("Clients"),
    "audit": _("Journal"),
    "files": _("Files"),
    "jobs": _("Jobs"),
    "ledger": _("Sales ledger"),
    "methodology": _("Method"),
    "platform": _("Installation"),
    "segmentation": _("Key accounts"),
}

FIELD_TITLES: dict[str, str | Promise] = {
    "codes": _("codes"),
    "currency": _("currency"),
    "email": _("e-mail"),
    "expires_on": _("expires on"),
    "full_name": _("full name"),
    "functions": _("sales functions"),
    "hired_on": _("hired on"),
    "language": _("language"),
    "leader_share": _("share of time for leading"),
    "ledger_codes": _("names in the sales ledger"),
    "manager": _("manager"),
    "name": _("name"),
    "phone": _("phone"),
    "reach": _("allowed to"),
    "roles": _("roles"),
    "scope": _("sees"),
    "selling_hours": _("selling hours a month"),
    "since": _("since"),
    "status": _("status"),
    "supervisor": _("supervisor"),
    "until": _("until"),
    "year_plan": _("sales plan for the year"),
}


VALUE_TITLES: Mapping[str, Mapping[str, str | Promise]] = {
    "functions": dict[str, str | Promise](SalesFunction.Kind.choices),
    "reach": dict[str, str | Promise](ApiToken.Reach.choices),
    "roles": dict[str, str | Promise](Role.choices),
    "scope": dict[str, str | Promise](Scope.choices),
    "status": dict[str, str | Promise](User.Status.choices),
}


def action_title(code: str) -> str:
    """Name an action in words; an unknown code stays as it is."""
    return str(AUDIT_TITLES.get(code, code))


def kind_title(code: str) -> str:
    """Name the group of an action."""
    kind = code.partition(".")[0]
    return str(KIND_TITLES.get(kind, kind))


def field_title(name: str) -> str:
    """Name a field in words."""
    return str(FIELD_TITLES.get(name, name.replace("_", " ")))


def value_title(field: str, value: object) -> str:
    """Write a value of the journal in words; "" for none."""
    words = VALUE_TITLES.get(field, {})
    if field == "leader_share" and value is not None:
        return percent(float(str(value)))
    if isinstance(value, list):
        return ", ".join(value_title(field, one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{field_title(k)}: {value_title(k, v)}" for k, v in value.items())
    if isinstance(value, bool):
        return str(_("yes")) if value else str(_("no"))
    return "" if value is None else str(words.get(str(value), value))
