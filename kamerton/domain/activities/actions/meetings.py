"""What one takes to a meeting, and the needs one hears there."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.domain.activities.actions import rules
from kamerton.domain.activities.models import Activity, ClientNeed, MeetingBrief
from kamerton.platform.access.models import User
from kamerton.platform.audit.actions import record
from kamerton.platform.errors import BusinessError


class NobodyToMeet(BusinessError):
    """One prepares for a contact with people of the client, not for a task."""


class WrongMeeting(BusinessError):
    """The need was heard at a meeting with another client."""


class ClosedAlready(BusinessError):
    """The need was met or let go before."""


class Heard(TypedDict, total=False):
    """Of whom, where and when a need was heard."""

    heard_from: ContactPerson | None
    heard_at: Activity | None
    heard_on: dt.date | None  # without a day: that of the meeting, or today


@transaction.atomic
def keep_brief(
    actor: User,
    activity: Activity,
    *,
    goal: str,
    questions: Sequence[dict[str, Any]] = (),
    expected: str = "",
    snapshot: dict[str, Any] | None = None,
) -> MeetingBrief:
    """Keep the brief of a planned meeting; kept anew, it takes the place of the one before.

    `questions` are [{"code": "4.1", "text": "…"}]. Raises NotAllowed, NotOpen, NobodyToMeet,
    NothingWritten.
    """
    activity = rules.lock_activity(actor, activity)
    rules.require_open(activity)
    if activity.kind in Activity.ALONE:
        raise NobodyToMeet(_("A brief is for a meeting or a call with people of the client."))
    aim = rules.written(goal, _("Say what you want to reach at this meeting."))
    brief, made = MeetingBrief.objects.update_or_create(
        activity=activity,
        defaults={
            "goal": aim,
            "questions": [{"code": one["code"], "text": one["text"]} for one in questions],
            "expected": expected.strip(),
            "snapshot": snapshot or {},
            "prepared_by": actor,
            "prepared_at": timezone.now(),
        },
    )
    event = "activities.brief_kept" if made else "activities.brief_changed"
    record(actor, event, activity, after={"goal": aim, "questions": len(questions)})
    return brief


@transaction.atomic
def add_need(actor: User, client: Client, *, text: str, **heard: Unpack[Heard]) -> ClientNeed:
    """Write down a need that the client spoke of.

    Raises NotAllowed, NothingWritten, NotTheirPerson, WrongMeeting.
    """
    client = rules.lock_client(actor, client)
    said = rules.written(text, _("Say what the client needs."))
    person, meeting = heard.get("heard_from"), heard.get("heard_at")
    if person is not None:
        rules.their_people(client, [person])
    if meeting is not None and meeting.client_id != client.pk:
        raise WrongMeeting(_("This was heard at a meeting with another client."))
    day = heard.get("heard_on") or (meeting.due_on if meeting else timezone.localdate())
    need = ClientNeed.objects.create(
        client=client,
        text=said,
        heard_from=person,
        heard_at=meeting,
        heard_on=min(day, timezone.localdate()),
        author=actor,
    )
    record(actor, "activities.need_added", client, after={"need": said})
    return need


@transaction.atomic
def close_need(
    actor: User, need: ClientNeed, *, state: str = ClientNeed.State.MET, note: str = ""
) -> ClientNeed:
    """Say that a need is met, or let go.

    Raises NotAllowed, ClosedAlready.
    """
    client = rules.lock_client(actor, need.client)
    need = ClientNeed.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if need.state != ClientNeed.State.OPEN:
        raise ClosedAlready(_("This need is closed already."), status=409)
    met = state == ClientNeed.State.MET
    need.state = ClientNeed.State.MET if met else ClientNeed.State.DROPPED
    need.closing_note = note.strip()[:500]
    need.save(update_fields=["state", "closing_note"])
    after = {"need": need.text, "state": need.state}
    record(actor, "activities.need_closed", client, after=after, reason=need.closing_note)
    return need
