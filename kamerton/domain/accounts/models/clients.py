"""Clients, groups of companies, codes in the ledger, who works on whom."""

import datetime as dt
from collections.abc import Iterable
from itertools import pairwise
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kamerton.domain.accounts.models import requisites
from kamerton.platform.access.models import User
from kamerton.platform.access.roles import Scope

OWNING = ("strategic_owner", "custody_supervisor")  # exactly one of these is open at a time
BESIDE = ("operational_manager", "assistant", "understudy")  # work on it beside the holder


class ClientGroup(models.Model):
    """A group of companies that buy as one."""

    name = models.CharField(_("group"), max_length=250, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients, as people may see them."""

    def visible_to(self, user: User) -> Self:
        """Keep the clients that `user` may see. The one place where this is decided."""
        match user.scope:
            case Scope.ALL:
                return self
            case Scope.SUBTREE:
                return self._led_by(user)
            case Scope.TEAM:
                return self._held_by(user.team_ids)
            case Scope.OWN:
                return self.of(user)
            case _:
                return self.none()

    def editable_by(self, user: User) -> Self:
        """Keep the clients whose card `user` may change, and whose money he may see."""
        match user.scope:
            case Scope.ALL:
                return self
            case Scope.SUBTREE:
                return self._led_by(user)
            case Scope.TEAM | Scope.OWN:
                return self.of(user)
            case _:
                return self.none()

    def locked_for(self, user: User, client: "Client") -> "Client | None":
        """Return `client` anew, locked, if `user` may change it."""
        mine = self.editable_by(user).filter(pk=client.pk)
        return mine.select_for_update(of=("self",)).first()

    def of(self, user: User) -> Self:
        """Keep the clients on which `user` works today, in whatever part; an assistant works
        on those of his KAM.
        """
        people = [user.pk]
        if user.roles == ["assistant"] and user.supervisor_id:
            people.append(user.supervisor_id)
        return self._held_by(people)

    def _held_by(self, people: list[int]) -> Self:
        return self.filter(self._holding(people))

    def _holding(self, people: list[int]) -> Q:
        on_team = ClientAssignment.objects.filter(  # holders stand in `manager`
            user__in=people, until=None, role__in=BESIDE
        )
        return Q(manager__in=people) | Q(pk__in=on_team.values("client"))

    def _led_by(self, head: User) -> Self:
        """Keep the clients of the head's people, and those of nobody if he may assign them."""
        held = self._holding(head.subtree_ids)
        if head.may("accounts.assign_client"):
            held |= Q(manager=None)
        return self.filter(held)

    def present(self) -> Self:
        """Leave out what is archived or merged into another."""
        return self.filter(archived_at=None, merged_into=None)


class Client(models.Model):
    """A company or person that buys from us.

    `company_key_since` and `manager_keys` are kept by `segmentation`; whatever else is kept here
    changes by `accounts.actions`.
    """

    class Kind(models.TextChoices):
        ORGANISATION = "organisation", _("Organisation")
        PERSON = "person", _("Person")

    class Sector(models.TextChoices):
        B2B = "b2b", "B2B"
        B2G = "b2g", "B2G"

    class Segment(models.TextChoices):
        FLOW = "flow", _("Flow")
        POTENTIAL_KEY = "potential_key", _("Potential key")
        KEY = "key", _("Key")

    class Phase(models.TextChoices):
        HUNTER = "hunter", _("Hunter")
        CLOSER = "closer", _("Closer")
        FARMER = "farmer", _("Farmer")
        LOST = "lost", _("Lost")
        REACTIVATION = "reactivation", _("Reactivation")

    class State(models.TextChoices):
        PROSPECT = "prospect", _("Prospect")
        QUALIFIED = "qualified", _("Qualified")
        ACTIVE = "active", _("Active")
        AT_RISK = "at_risk", _("At risk")
        DORMANT = "dormant", _("Dormant")
        LOST = "lost", _("Lost")
        REACTIVATED = "reactivated", _("Reactivated")

    class Origin(models.TextChoices):
        SELF = "self", _("Found by the manager")
        COMPANY = "company", _("Brought by the company")
        OWNER = "owner", _("Brought by the owner")
        INHERITED = "inherited", _("Inherited")

    class ServiceModel(models.TextChoices):
        SINGLE = "single", _("One manager")
        TEAM = "team", _("Account team")

    class Procurement(models.TextChoices):
        FREE = "free", _("Free choice")
        TENDER = "tender_commercial", _("Commercial tender")
        FZ223 = "fz223", _("223-FZ")
        FZ44 = "fz44", _("44-FZ")

    kind = models.CharField(
        _("kind"), max_length=12, choices=Kind.choices, default=Kind.ORGANISATION
    )
    name = models.CharField(_("name"), max_length=250)
    name_folded = models.CharField(max_length=250, db_index=True)  # what is searched
    inn = models.CharField(
        _("INN"), max_length=12, blank=True, db_index=True, validators=[requisites.check_inn]
    )
    kpp = models.CharField(_("KPP"), max_length=9, blank=True, validators=[requisites.check_kpp])
    ogrn = models.CharField(
        _("OGRN"), max_length=15, blank=True, validators=[requisites.check_ogrn]
    )
    group = models.ForeignKey(
        ClientGroup,
        verbose_name=_("group of companies"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="clients",
    )
    sector = models.CharField(_("sector"), max_length=3, choices=Sector.choices, default=Sector.B2B)
    procurement = models.CharField(
        _("procurement"), max_length=20, choices=Procurement.choices, default=Procurement.FREE
    )
    industry = models.CharField(_("industry"), max_length=120, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    customer_type = models.CharField(_("type of customer"), max_length=120, blank=True)
    segment = models.CharField(
        _("segment"), max_length=15, choices=Segment.choices, default=Segment.FLOW
    )
    phase = models.CharField(_("phase"), max_length=15, choices=Phase.choices, default=Phase.FARMER)
    state = models.CharField(_("state"), max_length=15, choices=State.choices, default=State.ACTIVE)
    renown = models.CharField(
        _("what it is known for"),
        max_length=250,
        blank=True,
        help_text=_("A well-known name, a person of note: why others look at this client."),
    )
    lost_reason = models.CharField(_("why lost"), max_length=250, blank=True)
    lost_to = models.CharField(_("lost to"), max_length=250, blank=True)
    origin = models.CharField(
        _("origin"), max_length=12, choices=Origin.choices, default=Origin.COMPANY
    )
    acquired_by = models.ForeignKey(
        User,
        verbose_name=_("won by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="acquired",
    )
    first_deal_on = models.DateField(_("first deal on"), null=True, blank=True)
    service_model = models.CharField(
        _("service"), max_length=6, choices=ServiceModel.choices, default=ServiceModel.SINGLE
    )
    service_only = models.BooleanField(
        _("service only"),
        default=False,
        help_text=_("Nothing has to be sold here, only serviced: influence is at most 20."),
    )
    position_external = models.BooleanField(
        _("our place is set from outside"),
        default=False,
        help_text=_("A rigid assortment, a head office, a law decide: influence is at most 30."),
    )
    is_training = models.BooleanField(_("training account"), default=False)
    delivery_points = models.PositiveIntegerField(_("delivery points"), null=True, blank=True)
    deferral_days = models.PositiveIntegerField(_("payment deferral, days"), null=True, blank=True)
    manager = models.ForeignKey(
        User,
        verbose_name=_("manager"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="clients",
    )
    company_key_since = models.DateField(null=True, blank=True)  # kept by segmentation's decision
    manager_keys = models.PositiveSmallIntegerField(default=0)  # for how many managers it is key
    archived_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["name_folded", "pk"]
        indexes = [
            models.Index(fields=["manager", "name_folded"], name="client_by_manager"),
            models.Index(fields=["segment", "name_folded"], name="client_by_segment"),
            models.Index(
                fields=["name_folded"],
                condition=Q(archived_at=None, merged_into=None),
                name="client_present_by_name",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="lost") | ~Q(lost_reason=""),
                name="lost_client_has_a_reason",
                violation_error_message=_(
                    "Say why the client is lost: that is what we learn from."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the client's page."""
        return reverse("desk:client", args=[self.pk])

    @property
    def is_company_key(self) -> bool:
        """True while the company counts the client as key."""
        return self.company_key_since is not None

    @property
    def is_key(self) -> bool:
        """True while the company or any manager counts the client as key."""
        return self.is_company_key or self.manager_keys > 0

    @property
    def is_present(self) -> bool:
        """True while the client is neither archived nor merged into another."""
        return self.archived_at is None and self.merged_into_id is None


class ClientCode(models.Model):
    """How a source of sales lines names a client; merging two clients moves codes, not lines."""

    code = models.CharField(max_length=300, unique=True)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="codes")

    def __str__(self) -> str:
        return self.code


class ClientAssignment(models.Model):
    """A stretch of time in which a person worked on a client in one part; pay is counted by it."""

    class Role(models.TextChoices):
        STRATEGIC_OWNER = "strategic_owner", _("Strategic owner")
        OPERATIONAL_MANAGER = "operational_manager", _("Operational manager")
        CUSTODY_SUPERVISOR = "custody_supervisor", _("Supervisor's custody")
        ASSISTANT = "assistant", _("Assistant")
        UNDERSTUDY = "understudy", _("Understudy")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("part"), max_length=20, choices=Role.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)  # last day; empty while it lasts
    basis = models.CharField(_("basis"), max_length=250, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(until=None, role__in=OWNING),
                name="one_open_owner_per_client",
            ),
            models.UniqueConstraint(
                fields=["client", "user", "role"],
                condition=Q(until=None),
                name="one_open_part_per_person",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")),
                name="assignment_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["user", "until"], name="assignment_by_user")]

    def __str__(self) -> str:
        return f"{self.client}: {self.user}, {self.get_role_display()}"

    def held_on(self, day: dt.date) -> bool:
        """Tell whether the part lasted on `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


class ClientInfluenceLink(models.Model):
    """One client's example leads another: how much of the other would leave with him."""

    source = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="influences")
    target = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="influenced_by")
    strength = models.FloatField(default=0.5)  # 0..1

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="one_link_per_pair"),
            models.CheckConstraint(
                condition=Q(strength__gte=0, strength__lte=1), name="strength_between_0_and_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


def changes_of_holder(held: Iterable[ClientAssignment]) -> list[dt.date]:
    """Return the days on which a client passed from one holder to another, oldest first."""
    owned = sorted((part for part in held if part.role in OWNING), key=lambda part: part.since)
    return [after.since for before, after in pairwise(owned) if before.user_id != after.user_id]
