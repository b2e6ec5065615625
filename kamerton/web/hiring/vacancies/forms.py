"""Forms of a vacancy; the rules themselves are the actions'."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kamerton.domain.hiring import queries
from kamerton.domain.hiring.models import Vacancy
from kamerton.domain.methodology import queries as methodology
from kamerton.platform.access.models import User
from kamerton.web.hiring.vacancies.fields import DayField, LinesField, MoneyField

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
LANGUAGES = ("en", "de", "fr", "es", "it", "tr", "zh-hans", "ja", "ko", "ru")
BUYERS = (
    (1, _("specialist")),
    (2, _("head of a department")),
    (3, _("director of a function")),
    (4, _("general director or owner")),
)
NOTHING = (("", "—"),)


class VacancyForm(forms.Form):
    """What is approved: why, how many, whom, where, for what pay."""

    title = forms.CharField(label=_("Whom we look for"), max_length=200)
    role = forms.ChoiceField(label=_("Role"), choices=Vacancy.Role.choices)
    reason = forms.ChoiceField(label=_("Why the vacancy is opened"), choices=Vacancy.Reason.choices)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=99, initial=1)
    mandate = forms.ChoiceField(
        label=_("What the person is for"),
        choices=(*NOTHING, *Vacancy.Mandate.choices),
        required=False,
        help_text=_(
            "Success depends on the right task: old ties to hold, rivals to answer, clients to"
            " develop, or new ones to find. Without it the vacancy does not open."
        ),
    )
    needed_by = DayField(label=_("Needed by"), required=False)
    pay_low = MoneyField(label=_("Pay a month, from"), required=False)
    pay_high = MoneyField(label=_("Pay a month, to"), required=False)
    niche = forms.CharField(
        label=_("Our niche"),
        max_length=120,
        required=False,
        help_text=_("Candidates of this niche and of adjacent ones come before others."),
    )
    region = forms.CharField(label=_("Region"), max_length=120, required=False)
    pack = forms.ChoiceField(
        label=_("Industry pack"),
        required=False,
        help_text=_("Adds the competencies and questions of the industry."),
    )
    full_service = forms.BooleanField(
        label=_("We supply, install and commission"),
        required=False,
        help_text=_("Makes knowledge of the buyer's processes a must-have."),
    )
    trip_days = forms.IntegerField(
        label=_("Days of travel a month"), min_value=0, max_value=31, required=False
    )
    tongue = forms.ChoiceField(label=_("Foreign language"), required=False)
    level = forms.ChoiceField(
        label=_("Level of the language"),
        choices=(*NOTHING, *((each, each) for each in LEVELS)),
        required=False,
    )
    tongue_refuses = forms.BooleanField(label=_("Nobody without it"), required=False)

    def __init__(self, data: Any = None, vacancy: Vacancy | None = None) -> None:
        super().__init__(data, initial=_of(vacancy) if vacancy else None)
        packs = [(each.code, str(each.title)) for each in methodology.current().hiring_packs]
        _choices(self, "pack", [*NOTHING, *packs])
        _choices(self, "tongue", [("", _("not needed")), *tongues()])

    def clean(self) -> None:
        """See that a language has its level."""
        super().clean()
        if self.cleaned_data.get("tongue") and not self.cleaned_data.get("level"):
            self.add_error("level", _("Choose the level that the work needs."))

    def values(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        given = dict(self.cleaned_data)
        code, level, refuses = (given.pop(name) for name in ("tongue", "level", "tongue_refuses"))
        one = {"code": code, "cefr": level, "knockout": refuses}
        return given | {"languages": [one] if code else []}


class NewVacancyForm(VacancyForm):
    """A draft also says who decides with the recruiter, and in which language the letter is."""

    head = forms.ChoiceField(label=_("Head who decides"), required=False)

    def __init__(self, viewer: User, data: Any = None) -> None:
        super().__init__(data)
        self.people = {str(each.pk): each for each in queries.hiring_people(viewer)}
        _choices(self, "head", [*NOTHING, *_named(self.people)])

    def values(self) -> dict[str, Any]:
        """The letter begins in the language of who drafts."""
        given = super().values()
        head = self.people.get(given.pop("head"))
        return given | {"head": head, "language": (get_language() or "ru")[:2]}


class SearchForm(forms.Form):
    """How it is looked for: may change at any time until the vacancy is closed."""

    route = forms.ChoiceField(
        label=_("Where to look"), choices=(*NOTHING, *Vacancy.Route.choices), required=False
    )
    pool = forms.IntegerField(
        label=_("People who may fit, by estimate"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("How many such people there are in the region. Under 20 is a warning."),
    )
    rank_profile = forms.ChoiceField(
        label=_("Ranking"),
        choices=(
            ("standard", pgettext_lazy("ranking", "Experience: clients and industry weigh most")),
            ("potential", pgettext_lazy("ranking", "Potential: qualities and learnability")),
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=(("ru", "Русский"), ("en", "English"))
    )
    recruiter = forms.ChoiceField(label=_("Recruiter"), required=False)
    head = forms.ChoiceField(label=_("Head who decides"), required=False)
    targets = LinesField(
        label=_("Clients we want, one a line"),
        help_text=_("Candidates who worked with them come first."),
    )

    def __init__(self, viewer: User, vacancy: Vacancy, data: Any = None) -> None:
        super().__init__(data, initial=_of(vacancy))
        known = [*queries.hiring_people(viewer), vacancy.recruiter, vacancy.head]
        self.people = {str(each.pk): each for each in known if each}
        for name in ("recruiter", "head"):
            _choices(self, name, [*NOTHING, *_named(self.people)])
            self.initial[name] = getattr(vacancy, f"{name}_id") or ""

    def values(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        given = dict(self.cleaned_data)
        return given | {name: self.people.get(given[name]) for name in ("recruiter", "head")}


class ClientsForm(forms.Form):
    """What a key client is with us: the candidates' ones are compared with it."""

    deal_size = MoneyField(label=_("Usual deal"), required=False)
    project = MoneyField(label=_("Largest project"), required=False)
    budget = MoneyField(label=_("Largest budget of a buyer"), required=False)
    level = forms.TypedChoiceField(
        label=_("Highest person talked with"),
        choices=(*NOTHING, *BUYERS),
        coerce=int,
        empty_value=None,
        required=False,
    )
    products = LinesField(label=_("Products, one a line"))
    buyers = LinesField(label=_("Kinds of buyers, one a line"))

    def __init__(self, vacancy: Vacancy, data: Any = None) -> None:
        super().__init__(data, initial=vacancy.profile)

    def values(self) -> dict[str, Any]:
        """What was written, as the action takes it."""
        return {"profile": {name: value for name, value in self.cleaned_data.items() if value}}


class HiresForm(forms.Form):
    """How many to take on probation."""

    hires = forms.IntegerField(label=_("To take on probation"), min_value=1, max_value=99)


class BudgetForm(forms.Form):
    """An item of the budget and its money."""

    item = forms.CharField(label=_("For what"), max_length=200)
    amount = MoneyField(label=_("Sum"))
    source = forms.ChoiceField(label=_("Source it pays for"), required=False)

    def __init__(self, viewer: User, vacancy: Vacancy, data: Any = None, item: str = "") -> None:
        super().__init__(data, initial={"item": item})
        self.sources = {str(each.pk): each for each in queries.sources(viewer)}
        names = [(pk, each.name) for pk, each in self.sources.items()]
        _choices(self, "source", [*NOTHING, *names])
        self.known = [line.item for line in vacancy.budget.all()]


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Why"), widget=forms.Textarea({"rows": 3}), max_length=1000, required=False
    )


class BenchmarkForm(forms.Form):
    """What the market pays: quartiles with their source."""

    role = forms.ChoiceField(label=_("Role"), choices=Vacancy.Role.choices)
    region = forms.CharField(
        label=_("Region"), max_length=120, required=False, help_text=_("Empty: everywhere.")
    )
    source = forms.CharField(label=_("Where the figures are from"), max_length=250)
    on = DayField(label=_("Of the day"))
    p25 = MoneyField(label=_("Lower quartile a month"))
    p50 = MoneyField(label=_("Median a month"))
    p75 = MoneyField(label=_("Upper quartile a month"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": timezone.localdate()})


def tongues() -> list[tuple[str, str]]:
    """Foreign languages with their names."""
    return [(code, queries.language_name(code)) for code in LANGUAGES]


def _of(vacancy: Vacancy) -> dict[str, Any]:
    known = {field.name: getattr(vacancy, field.name) for field in vacancy._meta.concrete_fields}
    first: dict[str, Any] = next(iter(vacancy.languages), {})
    known |= {"tongue": first.get("code", ""), "level": first.get("cefr", "")}
    return known | {"tongue_refuses": first.get("knockout", False)}


def _named(people: dict[str, User]) -> list[tuple[str, str]]:
    return [(pk, each.full_name) for pk, each in people.items()]


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    field: Any = form.fields[name]
    field.choices = choices
