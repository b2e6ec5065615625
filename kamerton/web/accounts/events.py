"""The journal of one client in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kamerton.platform.audit.models import AuditEntry
from kamerton.web.ui import titles

TITLES: dict[str, tuple[str | Promise, str]] = {  # words, icon
    "accounts.client_created": (_("Card made"), "plus"),
    "accounts.client_changed": (_("Card changed"), "edit"),
    "accounts.client_archived": (_("Put into the archive"), "archive"),
    "accounts.client_restored": (_("Back from the archive"), "undo"),
    "accounts.client_assigned": (_("Manager changed"), "swap"),
    "accounts.assignment_undone": (_("Change of manager undone"), "undo"),
    "accounts.team_joined": (_("Joined the team"), "users"),
    "accounts.team_left": (_("Left the team"), "users"),
    "accounts.group_set": (_("Group of companies changed"), "building"),
    "accounts.contact_added": (_("Contact added"), "person"),
    "accounts.contact_changed": (_("Contact changed"), "person"),
    "accounts.contact_archived": (_("Contact put into the archive"), "person"),
    "accounts.contact_restored": (_("Contact back from the archive"), "person"),
    "accounts.clients_merged": (_("Another card merged into this one"), "merge"),
    "accounts.merge_undone": (_("Merge undone"), "undo"),
    "accounts.clients_told_apart": (_("Marked as not the same as another"), "fork"),
}
WORDS: dict[str, str | Promise] = {
    "manager": _("manager"),
    "since": _("from"),
    "until": _("until"),
    "user": _("who"),
    "role": _("part"),
    "contact": _("contact"),
    "full_name": _("full name"),
    "absorbed": _("merged"),
    "restored": _("restored"),
    "other": _("other"),
    "chosen": _("fields taken over"),
}


class Happened:
    """A row of the journal as people read it."""

    def __init__(self, entry: AuditEntry) -> None:
        self.entry = entry
        title, self.icon = TITLES.get(entry.action, (titles.action_title(entry.action), "journal"))
        self.title = title

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """What was, what is, by field; empty where nothing was."""
        before = self.entry.before if isinstance(self.entry.before, dict) else {}
        after = self.entry.after if isinstance(self.entry.after, dict) else {}
        names = dict.fromkeys([*before, *after])
        rows = [(_field(n), _value(n, before.get(n)), _value(n, after.get(n))) for n in names]
        return [row for row in rows if row[1] or row[2]]


def _field(name: str) -> str:
    return str(WORDS[name]) if name in WORDS else titles.field_title(name)


def _value(name: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_field, map(str, value)))
    return titles.value_title(name, value)
