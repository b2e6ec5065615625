"""An invited person as a chip or a line: the name, what he said, whether he came."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kamerton.domain.hiring.models import Invitation

State = Invitation.State
PATRONYMICS = ("вич", "вна", "ична", "оглы", "кызы")
SURNAMES = (
    *("ов", "ова", "ев", "ева", "ёв", "ёва", "ин", "ина", "ын", "ына"),
    *("ский", "ская", "цкий", "цкая", "енко", "чук"),
)
NAMES_LIKE_SURNAMES = frozenset(
    (
        *("алина", "ангелина", "арина", "валентин", "валентина", "галина", "дина", "екатерина"),
        *("ирина", "карина", "катерина", "константин", "кристина", "лев", "марина", "мартин"),
        *("нина", "полина", "регина", "яков"),
    )
)
LOOKS = {  # state: class, icon
    State.CAME: ("came", "check"),
    State.LATE: ("late", "clock"),
    State.NO_SHOW: ("gone", "x"),
    State.CONFIRMED: ("sure", "check-circle"),
    State.SENT: ("silent", "question"),
    State.CANCELLED: ("off", "ban"),
}


def surname(full_name: str) -> str:
    """Return the surname, the whole name where it cannot be told; outside of Russian the last."""
    words = full_name.split()
    if len(words) < 2:
        return full_name
    first, last = words[0], words[-1]
    if not _is_cyrillic(first) or any(w.lower().endswith(PATRONYMICS) for w in words[1:-1]):
        return last
    if _is_name(first) or _is_name(last):
        return last if _is_name(first) else first
    if _is_surname(first) == _is_surname(last):
        return full_name
    return last if _is_surname(last) else first


def _is_name(word: str) -> bool:
    return word.lower() in NAMES_LIKE_SURNAMES


def _is_surname(word: str) -> bool:
    return word.lower().endswith(SURNAMES)


def _is_cyrillic(word: str) -> bool:
    return "а" <= word[0].lower() <= "я" or word[0].lower() == "ё"


@dataclass(frozen=True)
class Guest:
    """One invited person."""

    invitation: Invitation

    @property
    def name(self) -> str:
        """His whole name."""
        return self.invitation.application.candidate.full_name or _("Erased")

    @property
    def short(self) -> str:
        """His surname."""
        return surname(self.name)

    @property
    def code(self) -> str:
        """His state; who called off too late is off, though he counts as a no-show."""
        one = self.invitation
        late_off = (
            one.state == State.NO_SHOW
            and one.session is not None
            and one.settled_at is not None
            and one.settled_at < one.session.starts_at
        )
        return State.CANCELLED.value if late_off else one.state

    @property
    def css(self) -> str:
        """The colour of the chip."""
        return LOOKS[State(self.code)][0]

    @property
    def icon(self) -> str:
        """The picture of the chip."""
        return LOOKS[State(self.code)][1]

    @property
    def word(self) -> str:
        """His state in words."""
        one = self.invitation
        if self.code == State.LATE and one.late_minutes:
            return _("late by %(n)d min") % {"n": one.late_minutes}
        words = {
            State.CAME: pgettext("interview", "came"),
            State.LATE: pgettext("interview", "late"),
            State.NO_SHOW: pgettext("interview", "did not come"),
            State.CONFIRMED: pgettext("interview", "confirmed"),
            State.SENT: pgettext("interview", "silent"),
            State.CANCELLED: pgettext("interview", "called off"),
        }
        return words[State(self.code)]

    @property
    def here_since(self) -> str:
        """When he was checked in."""
        one = self.invitation
        if one.state not in Invitation.SHOWED or one.settled_at is None:
            return ""
        return f"{timezone.localtime(one.settled_at):%H:%M}"

    @property
    def has_come(self) -> bool:
        """True if he is or was here."""
        return self.invitation.state in Invitation.SHOWED

    @property
    def is_awaited(self) -> bool:
        """True while he may still be checked in."""
        return self.invitation.is_live

    @property
    def may_be_undone(self) -> bool:
        """True if his check-in may be taken back."""
        return self.has_come or self.invitation.state == State.NO_SHOW

    @property
    def has_mail(self) -> bool:
        """True if a letter can be sent to him."""
        return bool(self.invitation.application.candidate.email)
