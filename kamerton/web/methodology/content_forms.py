"""Forms: a group and a question of the dossier, a role, a set of roles, a section of the plan."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kamerton.domain.methodology.content import (
    BuyingRole,
    DossierGroup,
    DossierQuestion,
    Methodology,
    PlanSection,
    RoleSet,
)
from kamerton.domain.methodology.content.dossier import CHOOSING
from kamerton.web.methodology.compare import KIND_NAMES
from kamerton.web.methodology.noted import NotedForm, long, short

WEIGHTS = ((1, _("1, useful")), (2, _("2, important")), (3, _("3, decisive")))
Data = Mapping[str, Any] | None


class GroupForm(NotedForm):
    """The name of a group and where it stands."""

    title_ru = short(_("Name in Russian"))
    title_en = short(_("Name in English"))
    place = forms.IntegerField(label=_("Place among the groups"), min_value=1)

    def __init__(self, method: Methodology, data: Data, group: DossierGroup) -> None:
        super().__init__(method, data)
        self.group = group
        self.start_text("title", group.title)
        codes = [each.code for each in method.dossier_groups]
        self.start(place=codes.index(group.code) + 1)

    def made(self) -> DossierGroup:
        """The group as changed."""
        return replace(self.group, title=self.text("title"))


class QuestionForm(NotedForm):
    """A question: its words, what an answer weighs, how long it holds, who may know."""

    title_ru = long(_("Question in Russian"))
    title_en = long(_("Question in English"))
    kind = forms.ChoiceField(label=_("How it is answered"), choices=list(KIND_NAMES.items()))
    choices_ru = long(
        _("Choices in Russian, one a line"),
        rows=5,
        required=False,
        help_text=_("Only for one or some of several."),
    )
    choices_en = long(_("Choices in English, one a line"), rows=5, required=False)
    weight = forms.TypedChoiceField(label=_("Weight"), choices=WEIGHTS, coerce=int, initial=2)
    ttl_months = forms.IntegerField(
        label=_("An answer holds, months"), min_value=1, max_value=120, initial=12
    )
    required = forms.BooleanField(label=_("Asked of every key client"), required=False)
    known_by = forms.ChoiceField(label=_("Who may know"), required=False)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    place = forms.IntegerField(label=_("Place in the group"), min_value=1)
    asked = forms.BooleanField(
        label=_("Asked"),
        required=False,
        initial=True,
        help_text=_("Switched off, it is not asked any more; answers stay in the history."),
    )

    def __init__(
        self, method: Methodology, data: Data, group: DossierGroup, question: DossierQuestion | None
    ) -> None:
        super().__init__(method, data)
        self.question = question or DossierQuestion("", group.title)
        roles = [(role.code, str(role.title)) for role in method.buying_roles]
        self.fields["known_by"].choices = [("", "—"), *roles]  # type: ignore[attr-defined]
        if question is None:
            self.start(place=len(group.questions) + 1)
            del self.fields["asked"]
        else:
            self._start_with(group, question)

    def _start_with(self, group: DossierGroup, question: DossierQuestion) -> None:
        del self.fields["kind"]  # answers are stored by their kind
        if question.kind not in CHOOSING:
            del self.fields["choices_ru"], self.fields["choices_en"]
        else:
            self.start_lines("choices", question.choices)
        self.start_text("title", question.title)
        self.start(
            **{name: getattr(question, name) for name in ("weight", "ttl_months", "required")},
            **{name: getattr(question, name) for name in ("known_by", "unit")},
            asked=question in group.questions,
            place=_place(group, question),
        )

    def clean(self) -> None:
        """See that both languages have the same choices."""
        super().clean()
        if "choices_ru" in self.fields:
            self.check_lines("choices")

    def made(self, code: str) -> DossierQuestion:
        """The question as changed, or a new one called `code`."""
        given = self.cleaned_data
        names = ("kind", "weight", "ttl_months", "required", "known_by", "unit")
        changed = {name: given[name] for name in names if name in given}
        if "choices_ru" in self.fields:
            changed["choices"] = self.lines("choices")
        return replace(self.question, code=code, title=self.text("title"), **changed)


class RoleForm(NotedForm):
    """A role: who he is, our line of work with him, the actions proposed, the rhythm."""

    title_ru = short(_("Name in Russian"))
    title_en = short(_("Name in English"))
    definition_ru = long(_("Who he is, in Russian"))
    definition_en = long(_("Who he is, in English"))
    work_ru = short(_("Line of work in Russian"))
    work_en = short(_("Line of work in English"))
    actions_ru = long(
        _("Actions proposed, in Russian, one a line"),
        rows=5,
        help_text=_("Each is proposed as a task to whoever works with the person."),
    )
    actions_en = long(_("Actions proposed, in English, one a line"), rows=5)
    cadence_days = forms.IntegerField(
        label=_("Days between contacts"), min_value=1, max_value=365, initial=30
    )

    def __init__(self, method: Methodology, data: Data, role: BuyingRole | None) -> None:
        super().__init__(method, data)
        self.role = role
        if role:
            self.start_text("title", role.title)
            self.start_text("definition", role.definition)
            self.start_text("work", role.line_of_work)
            self.start_lines("actions", role.actions)
            self.start(cadence_days=role.cadence_days)

    def clean(self) -> None:
        """See that both languages have the same actions."""
        super().clean()
        self.check_lines("actions")

    def made(self, code: str) -> BuyingRole:
        """The role as changed, or a new one called `code`."""
        return BuyingRole(
            code,
            self.text("title"),
            self.role.model if self.role else "local",
            self.text("definition"),
            self.text("work"),
            self.lines("actions"),
            self.cleaned_data["cadence_days"],
        )


class SetForm(NotedForm):
    """A set of roles: which, and which of them must be filled."""

    title_ru = short(_("Name in Russian"))
    title_en = short(_("Name in English"))
    roles = forms.MultipleChoiceField(
        label=_("Roles, 3 to 15"), widget=forms.CheckboxSelectMultiple
    )
    mandatory = forms.MultipleChoiceField(
        label=_("Must be filled at every key client"), widget=forms.CheckboxSelectMultiple
    )
    in_force = forms.BooleanField(label=_("The company works with this set"), required=False)

    def __init__(self, method: Methodology, data: Data, roles: RoleSet | None) -> None:
        super().__init__(method, data)
        self.before = roles.roles if roles else ()
        choices = [(role.code, str(role.title)) for role in method.buying_roles]
        for name in ("roles", "mandatory"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if roles:
            self.start_text("title", roles.title)
            self.start(roles=list(roles.roles), mandatory=list(roles.mandatory))
            self.start(in_force=method.role_set == roles.code)

    def made(self, code: str) -> RoleSet:
        """The set as changed, roles that stay in their order, new ones after them."""
        chosen = self.cleaned_data["roles"]
        kept = [role for role in self.before if role in chosen]
        added = [role for role in chosen if role not in kept]
        mandatory = tuple(self.cleaned_data["mandatory"])
        return RoleSet(code, self.text("title"), (*kept, *added), mandatory)


class PlanSectionForm(NotedForm):
    """A section of the plan: its name, a word of help, whether the company uses it."""

    title_ru = short(_("Name in Russian"))
    title_en = short(_("Name in English"))
    help_ru = long(_("Help in Russian"))
    help_en = long(_("Help in English"))
    shown = forms.BooleanField(label=_("The company uses this section"), required=False)

    def __init__(self, method: Methodology, data: Data, part: PlanSection) -> None:
        super().__init__(method, data)
        self.part = part
        self.start_text("title", part.title)
        self.start_text("help", part.help)
        self.start(shown=part.shown)

    def made(self) -> PlanSection:
        """The section as changed."""
        return replace(
            self.part,
            title=self.text("title"),
            help=self.text("help"),
            shown=self.cleaned_data["shown"],
        )


def _place(group: DossierGroup, question: DossierQuestion) -> int:
    codes = [each.code for each in group.questions]
    return codes.index(question.code) + 1 if question.code in codes else len(codes) + 1
