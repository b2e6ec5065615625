"""People who sign in, what they are in the company, and how they get in."""

import datetime as dt
import hashlib
from decimal import Decimal
from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kamerton.platform.access.roles import Role, Scope, permissions_of, titles_of

SYSTEM_EMAIL = "system@kamerton.invalid"


class Company(models.Model):
    """The company that this installation serves; one row."""

    name = models.CharField(_("company"), max_length=200)
    currency = models.CharField(_("currency"), max_length=3, default="RUB")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    only_one = models.BooleanField(default=True, unique=True, editable=False)  # no second row

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only_one=True), name="one_company"),
        ]

    def __str__(self) -> str:
        return self.name


class UserQuerySet(models.QuerySet["User"]):
    """People, as others may see them."""

    def people(self) -> Self:
        """Leave the system's own account out."""
        return self.exclude(email=SYSTEM_EMAIL)

    def working(self) -> Self:
        """Keep those who have not left."""
        return self.people().filter(is_active=True).exclude(status=User.Status.LEFT)

    def with_role(self, *roles: str) -> Self:
        """Keep the people who are any of `roles`."""
        return self.filter(grants__role__in=roles).distinct()

    def visible_to(self, user: "User") -> Self:
        """Keep the people whom `user` may see: himself, his team and tree, or everybody."""
        match user.scope:
            case Scope.ALL:
                return self
            case Scope.SUBTREE:
                return self.filter(pk__in=user.subtree_ids)
            case Scope.TEAM:
                return self.filter(pk__in=user.team_ids)
            case _:
                return self.filter(pk=user.pk)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Make a person; without a password nobody can sign in as him."""
        user: User = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Find by e-mail, whatever its case."""
        found: User = self.get(email=(email or "").lower())
        return found


class User(AbstractBaseUser):
    """A person of the company: a seller, a head of sales, an owner."""

    class Status(models.TextChoices):
        CANDIDATE_RESERVE = "candidate_reserve", _("In the reserve")
        ONBOARDING = "onboarding", _("Onboarding")
        ACTIVE = "active", _("Works")
        NOTICE = "notice", _("Leaves soon")
        LEFT = "left", _("Left")

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    scope = models.CharField(_("sees"), max_length=10, choices=Scope.choices, default=Scope.OWN)
    supervisor = models.ForeignKey(
        "self",
        verbose_name=_("supervisor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="subordinates",
    )
    leader_share = models.DecimalField(
        _("share of time for leading"),
        max_digits=3,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal("0.8"))],
        help_text=_("0 for a seller; a leader spends 0.4 to 0.8 of his time leading."),
    )
    selling_hours = models.PositiveSmallIntegerField(_("selling hours a month"), default=140)
    year_plan = models.DecimalField(
        _("sales plan for the year"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.ACTIVE
    )
    hired_on = models.DateField(_("hired on"), null=True, blank=True)
    ledger_codes = models.JSONField(
        _("names in the sales ledger"),
        default=list,
        blank=True,
        help_text=_("How the ledger names this manager, for sales at the date of sale."),
    )
    language = models.CharField(max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sessions_epoch = models.PositiveIntegerField(default=0)  # a step up ends every open session

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()

    class Meta:
        ordering: ClassVar[list[str]] = ["full_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(leader_share__gte=0, leader_share__lte=Decimal("0.8")),
                name="leader_share_between_0_and_08",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Tie sessions to the password and to `sessions_epoch`."""
        material = f"{self.password}:{self.sessions_epoch}"
        salt = "kamerton.platform.access.session"
        return salted_hmac(salt, material, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def roles(self) -> list[str]:
        """The codes of what the person is (1 query)."""
        return sorted(grant.role for grant in self.grants.all())

    @cached_property
    def permissions(self) -> frozenset[str]:
        """All that the person may do."""
        return permissions_of(self.roles)

    def may(self, permission: str) -> bool:
        """Tell whether the person may do this; the system may do everything."""
        return self.email == SYSTEM_EMAIL or permission in self.permissions

    @property
    def is_system(self) -> bool:
        """True for the account as which scheduled work acts."""
        return self.email == SYSTEM_EMAIL

    @property
    def role_title(self) -> str:
        """What the person is, in words."""
        return titles_of(self.roles)

    @property
    def short_name(self) -> str:
        """Name without the patronymic."""
        return " ".join(self.full_name.split()[:2])

    @cached_property
    def subtree_ids(self) -> list[int]:
        """Himself and everybody below him in the tree (1 query a level)."""
        found, level = [self.pk], [self.pk]
        while level:
            below = User.objects.filter(supervisor__in=level).exclude(pk__in=found)
            level = list(below.values_list("pk", flat=True))
            found += level
        return found

    @cached_property
    def team_ids(self) -> list[int]:
        """Himself, his subordinates and those who share his supervisor (1–3 queries)."""
        peers = User.objects.filter(supervisor=self.supervisor_id) if self.supervisor_id else None
        ids = set(self.subtree_ids)
        return sorted(ids | set(peers.values_list("pk", flat=True)) if peers is not None else ids)


class RoleGrant(models.Model):
    """One thing that a person is."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="one_grant_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class SalesFunction(models.Model):
    """A sales function that a person carries: hunter, closer, account manager, KAM."""

    class Kind(models.TextChoices):
        HUNTER = "hunter", _("Hunter")
        CLOSER = "closer", _("Closer")
        ACCOUNT_MANAGER = "account_manager", _("Account manager")
        KAM = "kam", _("Key account manager")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="functions")
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_row_per_sales_function"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"


def token_digest(token: str) -> str:
    """Return what is stored of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by their state."""

    def open(self) -> Self:
        """Keep those whose link works."""
        waiting = self.filter(accepted_at=None, withdrawn_at=None)
        return waiting.filter(expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A link by which a person makes his account; only its digest is stored.

    `user`: who has an account already and lacks a password only.
    """

    email = models.EmailField()
    full_name = models.CharField(max_length=150)
    roles = models.JSONField(default=list)
    supervisor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.email

    @property
    def role_title(self) -> str:
        """What the invited person will be, in words."""
        return titles_of(self.roles)

    @property
    def is_open(self) -> bool:
        """True while the link works."""
        ended = self.accepted_at or self.withdrawn_at
        return not ended and self.expires_at > timezone.now()


class ApiToken(models.Model):
    """A person's token for the API: a scope, an end, and the digest of the secret."""

    class Reach(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(_("name"), max_length=80)
    reach = models.CharField(
        _("allowed to"), max_length=10, choices=Reach.choices, default=Reach.READ
    )
    digest = models.CharField(max_length=64, unique=True)
    tail = models.CharField(max_length=4)  # the end of the secret, to tell tokens apart
    created_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("expires on"))
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    def works_on(self, day: dt.date) -> bool:
        """Tell whether the token is accepted on `day`."""
        return self.revoked_at is None and day <= self.expires_on
