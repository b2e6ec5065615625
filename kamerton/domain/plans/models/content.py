"""What stands in the sections of a plan: goals, strategies, actions, costs, risks, people."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kamerton.domain.activities.models import Activity
from kamerton.domain.plans.models.plans import PerspectivePlan
from kamerton.platform.access.models import User


def _plan(name: str) -> "models.ForeignKey[PerspectivePlan, PerspectivePlan]":
    """Return the column that says which plan a row belongs to."""
    return models.ForeignKey(PerspectivePlan, on_delete=models.CASCADE, related_name=name)


def _from_1_to_5(title: object) -> "models.PositiveSmallIntegerField[int, int]":
    """Return a column for a mark 1–5."""
    limits = [MinValueValidator(1), MaxValueValidator(5)]
    return models.PositiveSmallIntegerField(title, default=3, validators=limits)  # type: ignore[arg-type]


class Vulnerability(models.Model):
    """What can cost us this client; the first one is the critical one."""

    plan = _plan("vulnerabilities")
    text = models.CharField(_("where we are vulnerable"), max_length=500)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text


class PlanPerson(models.Model):
    """Somebody to win. `member` is his number in the buying centre, if that tool is used."""

    plan = _plan("people")
    member = models.PositiveBigIntegerField(null=True, blank=True)
    name = models.CharField(_("who"), max_length=200)
    role = models.CharField(_("role"), max_length=200, blank=True)
    aim = models.CharField(_("what we want to reach with him"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name


class PlanGoal(models.Model):
    """A goal by year. Money in minor units, shares 0–1; sales themselves are the trajectory."""

    class Metric(models.TextChoices):
        PROFIT = "gp", _("Gross profit")
        SHARE = "sow", _("Share of wallet")
        CATEGORIES = "categories", _("Categories bought")
        STAGE = "stage", _("Stage of the relationship")
        PARTICIPANTS = "participants", _("Participants covered")
        NPS = "nps", _("NPS")
        DSO = "dso", _("Days sales outstanding")
        OVERDUE = "overdue", _("Overdue share")
        CUSTOM = "custom", _("Other")

    class Source(models.TextChoices):
        LEDGER = "ledger", _("Sales ledger")
        WALLET = "wallet", _("Wallet estimates")
        CENTRE = "centre", _("Buying centre")
        SURVEY = "survey", _("Client's survey")
        FINANCE = "finance", _("Finance")
        SESSION = "session", _("Joint session")

    MONEY = (Metric.PROFIT,)
    SHARES = (Metric.SHARE, Metric.OVERDUE)
    LESS_IS_BETTER = (Metric.DSO, Metric.OVERDUE)

    plan = _plan("goals")
    metric = models.CharField(_("metric"), max_length=12, choices=Metric.choices)
    title = models.CharField(_("goal in words"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    baseline = models.FloatField(_("now"), null=True, blank=True)
    targets = models.JSONField(default=list)  # a number or null for each year
    source = models.CharField(
        _("measured by"), max_length=8, choices=Source.choices, default=Source.LEDGER
    )
    owner = models.ForeignKey(
        User,
        verbose_name=_("responsible"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.title or str(self.get_metric_display())


class PlanStrategy(models.Model):
    """How we get there; names the vulnerabilities it closes and the people it needs."""

    plan = _plan("strategies")
    text = models.CharField(_("strategy"), max_length=500)
    vulnerabilities = models.ManyToManyField(
        Vulnerability, verbose_name=_("closes"), blank=True, related_name="strategies"
    )
    people = models.ManyToManyField(
        PlanPerson, verbose_name=_("people"), blank=True, related_name="strategies"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text


class PlanAction(models.Model):
    """What the manager does: prepares, waits for an event, acts.

    To wait: `trigger` is the event, `due_on` the day until which we watch; when it passes, or the
    event comes, a task appears for `then_days`. An action is done when an activity linked to it is:
    by its origin "plan-action:<pk>", or named here as evidence. Nothing else makes it done.
    """

    class Kind(models.TextChoices):
        PREPARE = "prepare", _("Prepare")
        WAIT = "wait_trigger", _("Wait for an event")
        ACT = "act", _("Act")

    plan = _plan("actions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("what"), max_length=250)
    trigger = models.CharField(_("event we wait for"), max_length=300, blank=True)
    due_on = models.DateField(_("until"))
    then_days = models.PositiveSmallIntegerField(_("then act within, days"), default=3)
    owner = models.ForeignKey(
        User, verbose_name=_("responsible"), on_delete=models.PROTECT, related_name="+"
    )
    strategy = models.ForeignKey(
        PlanStrategy,
        verbose_name=_("strategy"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="actions",
    )
    expected_profit = models.BigIntegerField(_("expected gross profit"), null=True, blank=True)
    evidence = models.ManyToManyField(Activity, blank=True, related_name="+")
    fired_on = models.DateField(null=True, blank=True)  # the event came, or the watch ended
    dropped_because = models.CharField(max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        indexes = [models.Index(fields=["kind", "due_on"], name="plan_action_watch")]

    def __str__(self) -> str:
        return self.title

    @property
    def origin(self) -> str:
        """The name by which activities say that they arise from this action."""
        return f"plan-action:{self.pk}"


class SupplierAction(models.Model):
    """What the company itself does for the plan, its cost, and who allowed it.

    Done means that `proof` says by what document; `cost` in minor units over the horizon.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("action of the company", "Proposed")
        APPROVED = "approved", pgettext_lazy("action of the company", "Approved")
        DONE = "done", pgettext_lazy("action of the company", "Done")
        REJECTED = "rejected", pgettext_lazy("action of the company", "Rejected")

    plan = _plan("supplier_actions")
    department = models.CharField(_("department"), max_length=100)
    title = models.CharField(_("what"), max_length=250)
    owner = models.ForeignKey(
        User,
        verbose_name=_("responsible"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    due_on = models.DateField(_("until"))
    cost = models.BigIntegerField(_("what it costs"), default=0, validators=[MinValueValidator(0)])
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.PROPOSED
    )
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(_("document"), max_length=300, blank=True)
    done_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cost__gte=0), name="supplier_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | ~models.Q(proof=""),
                name="supplier_action_done_with_a_document",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BudgetLine(models.Model):
    """A cost of the plan that is no action of the company: samples, trips, a discount."""

    plan = _plan("budget_lines")
    title = models.CharField(_("what for"), max_length=250)
    amount = models.BigIntegerField(_("amount"), validators=[MinValueValidator(0)])
    year = models.PositiveSmallIntegerField(_("year of the plan"), default=1)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__gte=0), name="budget_line_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.title


class PlanRisk(models.Model):
    """What may go wrong, how probable and how bad (1–5 each), and what we do about it."""

    plan = _plan("risks")
    text = models.CharField(_("what may happen"), max_length=300)
    probability = _from_1_to_5(_("probability, 1 to 5"))
    impact = _from_1_to_5(_("impact, 1 to 5"))
    trigger = models.CharField(_("how we notice"), max_length=300, blank=True)
    response = models.CharField(_("what we do"), max_length=500)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def weight(self) -> int:
        """Probability times impact, 1 to 25."""
        return self.probability * self.impact


class PlanScenario(models.Model):
    """How it may turn out: worse, as planned, better; sales of the last year in minor units."""

    class Kind(models.TextChoices):
        WORSE = "worse", _("Worse")
        BASE = "base", _("Base")
        BETTER = "better", _("Better")

    plan = _plan("scenarios")
    kind = models.CharField(_("scenario"), max_length=6, choices=Kind.choices)
    text = models.CharField(_("what happens"), max_length=500)
    trigger = models.CharField(_("how we notice"), max_length=300, blank=True)
    sales = models.BigIntegerField(_("sales in the last year"), null=True, blank=True)
    response = models.CharField(_("what we do then"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "kind"], name="one_scenario_a_kind")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class PlanStop(models.Model):
    """What we give up, so that there is time for the rest."""

    plan = _plan("stops")
    text = models.CharField(_("what we give up"), max_length=300)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.text


class ControlPoint(models.Model):
    """A day on which something must be seen to hold."""

    plan = _plan("control_points")
    on = models.DateField(_("on"))
    text = models.CharField(_("what must be seen"), max_length=300)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "pk"]

    def __str__(self) -> str:
        return self.text
