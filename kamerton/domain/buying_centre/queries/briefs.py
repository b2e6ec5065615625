"""What a meeting brief takes from a buying centre."""

from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client
from kamerton.domain.activities.queries import BriefRow, BriefSection
from kamerton.domain.buying_centre.queries.centres import centre
from kamerton.domain.buying_centre.queries.pictures import Picture, picture
from kamerton.domain.buying_centre.queries.seats import Seat
from kamerton.platform.access.models import User


def snapshot_for_brief(viewer: User, client: Client) -> list[BriefSection]:
    """The people of a client's centre as they stand today; [] without one (12 queries)."""
    found = centre(viewer, client)
    if found is None:
        return []
    return [_section(picture(viewer, found))]


def _section(shown: Picture) -> BriefSection:
    people = [_row(shown, seat) for seat in shown.present]
    missing = [
        BriefRow(shown.role_title(code), _("nobody yet"), "", "bad")
        for code in shown.figures.missing_roles
    ]
    return BriefSection(_("Buying centre"), (*people, *missing))


def _row(shown: Picture, seat: Seat) -> BriefRow:
    member = seat.member
    said = [
        ", ".join(shown.role_title(code) for code in member.roles),
        _("influence %(n)d of 5") % {"n": member.influence},
        str(member.get_attitude_display()),
    ]
    matters = "; ".join(text for text in (member.results, member.wins) if text)
    state = "bad" if seat.is_red else "ok" if member.attitude > 0 else "mute"
    return BriefRow(str(member), ", ".join(filter(None, said)), matters, state)
