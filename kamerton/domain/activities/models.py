"""What is stored of the day's work: activities, briefs for meetings, needs that were heard."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import Client, ContactPerson
from kamerton.platform.access.models import User

BRIEF_AHEAD = dt.timedelta(hours=24)  # a meeting with a key account has its brief by then


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Activities, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the activities with clients that `user` may see."""
        return self.filter(client__in=Client.objects.visible_to(user))

    def editable_by(self, user: User) -> Self:
        """Keep the activities with clients that `user` may change."""
        return self.filter(client__in=Client.objects.editable_by(user))

    def open(self) -> Self:
        """Keep what is still to be done."""
        return self.filter(state=Activity.State.PLANNED)

    def contacts(self) -> Self:
        """Keep what brought us together with people of the client."""
        return self.filter(state=Activity.State.DONE).exclude(kind__in=Activity.ALONE)

    def with_client(self, client: Client) -> Self:
        """Keep what was done with a client, and with those merged into it."""
        return self.filter(Q(client=client) | Q(client__merged_into=client))

    def unprepared(self, now: dt.datetime) -> Self:
        """Keep meetings with key accounts within a day from `now` that have no brief."""
        key = Q(client__manager_keys__gt=0) | Q(client__company_key_since__isnull=False)
        until = now + BRIEF_AHEAD
        soon = Q(starts_at__isnull=True, due_on__lte=timezone.localdate(until))
        soon |= Q(starts_at__lte=until)
        return self.open().filter(key, soon, kind__in=Activity.MEETINGS, brief=None)


class Activity(models.Model):
    """Something done or to be done with a client: a contact with his people, or a task.

    `origin` names what it arises from, as "dossier:4.1", "member:17" or "plan-action:5"; one thing
    has at most one open activity. Progress of the three tasks is read from what was done here.
    """

    class Kind(models.TextChoices):
        CALL = "call", _("Call")
        MEETING = "meeting", _("Meeting")
        ONLINE_MEETING = "online_meeting", _("Online meeting")
        LETTER = "letter", _("Letter")
        MESSENGER = "messenger", _("Message")
        PRESENTATION = "presentation", _("Presentation")
        SITE_VISIT = "site_visit", _("Site visit")
        TRAINING = "training", _("Training")
        EXHIBITION = "exhibition", _("Exhibition")
        INTERNAL = "internal", _("Internal meeting")
        TASK = "task", _("Task")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        MISSED = "missed", _("Did not take place")
        CANCELLED = "cancelled", _("Cancelled")

    ALONE = (Kind.INTERNAL, Kind.TASK)  # without the client's people
    MEETINGS = (Kind.MEETING, Kind.ONLINE_MEETING, Kind.PRESENTATION, Kind.SITE_VISIT)

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    title = models.CharField(_("what"), max_length=250)
    goal = models.TextField(_("goal"), blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PLANNED)
    due_on = models.DateField(_("on"))  # the day it is planned for; once done, the day it was
    promised_on = models.DateField(null=True, blank=True)  # the first day it was planned for
    starts_at = models.DateTimeField(_("at"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    late_minutes = models.PositiveIntegerField(_("minutes late"), null=True, blank=True)
    owner = models.ForeignKey(
        User, verbose_name=_("responsible"), on_delete=models.PROTECT, related_name="activities"
    )
    people = models.ManyToManyField(
        ContactPerson, verbose_name=_("their people"), blank=True, related_name="activities"
    )
    colleagues = models.ManyToManyField(
        User, verbose_name=_("our people"), blank=True, related_name="joined_activities"
    )
    outcome = models.TextField(_("outcome"), blank=True)
    follows = models.ForeignKey(  # the activity whose next step this is
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="next_steps"
    )
    origin = models.CharField(max_length=60, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "origin"],
                condition=Q(state="planned") & ~Q(origin=""),
                name="one_open_activity_an_origin",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_at__isnull=False), name="done_activity_has_time"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "state", "due_on"], name="activity_by_client"),
            models.Index(fields=["owner", "state", "due_on"], name="activity_by_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """True while it is still to be done."""
        return self.state == self.State.PLANNED

    @property
    def is_meeting(self) -> bool:
        """True for what people of the client are met at: one prepares for it."""
        return self.kind in self.MEETINGS

    @property
    def has_brief(self) -> bool:
        """True if somebody prepared for it (no query if `brief` was joined)."""
        return hasattr(self, "brief")

    @property
    def is_unprepared(self) -> bool:
        """True for a meeting with a key account, a day away at most, that has no brief."""
        if not (self.is_open and self.is_meeting and self.client.is_key) or self.has_brief:
            return False
        until = timezone.now() + BRIEF_AHEAD
        if self.starts_at is not None:
            return self.starts_at <= until
        return self.due_on <= timezone.localdate(until)

    def days_late(self, on: dt.date) -> int:
        """Return by how many days it is late on `on`; 0 if it is not."""
        return max(0, (on - self.due_on).days) if self.is_open else 0


@dataclass(frozen=True)
class BriefRow:
    """A line of a brief; `state`: ok, warn, bad or mute, as everywhere on pages."""

    label: str
    value: str
    note: str = ""
    state: str = ""


@dataclass(frozen=True)
class BriefSection:
    """A part of a brief, as the context that knows it tells it."""

    title: str
    rows: tuple[BriefRow, ...] = ()

    @classmethod
    def read(cls, kept: Iterable[dict[str, Any]]) -> "list[BriefSection]":
        """Read the sections of a snapshot."""
        return [cls(part["title"], tuple(BriefRow(**row) for row in part["rows"])) for part in kept]

    def as_plain(self) -> dict[str, Any]:
        """Return the section as a snapshot keeps it."""
        return {"title": self.title, "rows": [asdict(row) for row in self.rows]}


class MeetingBrief(models.Model):
    """What one takes to a meeting: goal, questions, and what was known when it was prepared.

    `snapshot` holds the sections as they were shown; `expected` the next step we hope for.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="brief")
    goal = models.TextField(_("goal"))
    questions = models.JSONField(default=list)  # [{"code": "4.1", "text": "…"}]
    expected = models.TextField(_("expected next step"), blank=True)
    snapshot = models.JSONField(default=dict)  # {"sections": [BriefSection.as_plain(), …], …}
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-prepared_at"]

    def __str__(self) -> str:
        return self.goal[:80]

    @property
    def sections(self) -> list[BriefSection]:
        """What was known when the brief was kept."""
        return BriefSection.read(self.snapshot.get("sections", []))


class NeedQuerySet(models.QuerySet["ClientNeed"]):
    """Needs, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the needs of clients that `user` may see."""
        return self.filter(client__in=Client.objects.visible_to(user))


class ClientNeed(models.Model):
    """A need that the client spoke of; open until it is met or let go."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        MET = "met", _("Met")
        DROPPED = "dropped", _("Let go")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="needs")
    text = models.TextField(_("need"))
    heard_from = models.ForeignKey(
        ContactPerson, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    heard_at = models.ForeignKey(
        Activity, on_delete=models.SET_NULL, null=True, blank=True, related_name="needs"
    )
    heard_on = models.DateField(_("heard on"))
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.OPEN)
    closing_note = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-heard_on", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Rescheduling(models.Model):
    """Many activities moved at once, kept so that it can be undone as a whole."""

    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    before = models.JSONField()  # [{"pk": 5, "due_on": "…", "starts_at": "…" or null}]
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.actor} × {len(self.before)}"
