"""Plain: what is wrong with the dossier, the roles and the plan of a method, in sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kamerton.domain.methodology.content.buying import (
    FEWEST_ROLES,
    MOST_ROLES,
    BuyingRole,
    RoleSet,
)
from kamerton.domain.methodology.content.dossier import (
    CHOOSING,
    KINDS,
    DossierGroup,
    DossierQuestion,
)
from kamerton.domain.methodology.content.texts import Text


def bad_dossier(groups: tuple[DossierGroup, ...], had: tuple[DossierGroup, ...]) -> Iterator[str]:
    """Yield what is wrong with the groups; nothing that was shipped (`had`) may disappear."""
    every = tuple(question for group in groups for question in (*group.questions, *group.unasked))
    yield from _twice(question.code for question in every)
    yield from _twice(group.code for group in groups)
    shipped = {q.code for group in had for q in (*group.questions, *group.unasked)}
    if gone := shipped - {question.code for question in every}:
        yield _("A question is switched off, not deleted: %(codes)s.") % {"codes": _listed(gone)}
    if {group.code for group in had} - {group.code for group in groups}:
        yield _("A group is kept even if nothing in it is asked.")
    if any(not worded(group.title) for group in groups):
        yield _("A group needs a title in both languages.")
    for question in every:
        yield from _bad_question(question)


def _bad_question(question: DossierQuestion) -> Iterator[str]:
    about = {"code": question.code}
    if not worded(question.title):
        yield _("Question %(code)s needs words in both languages.") % about
    if question.kind not in KINDS:
        yield _("Question %(code)s has an unknown kind of answer.") % about
    if question.weight not in (1, 2, 3):
        yield _("The weight of question %(code)s must be 1, 2 or 3.") % about
    if not 1 <= question.ttl_months <= 120:
        yield _("An answer to question %(code)s must last 1 to 120 months.") % about
    if (question.kind in CHOOSING) != (len(question.choices) >= 2):
        yield (
            _("Question %(code)s needs at least two choices if it is a choice, else none.") % about
        )


def bad_roles(
    roles: tuple[BuyingRole, ...], sets: tuple[RoleSet, ...], in_force: str
) -> Iterator[str]:
    """Yield what is wrong with the roles, the sets of them and the set in force."""
    yield from _twice(role.code for role in roles)
    yield from _twice(each.code for each in sets)
    for role in roles:
        if not (worded(role.title) and worded(role.line_of_work)):
            yield _("Role %(code)s needs a title and a line of work in both languages.") % {
                "code": role.code
            }
        if not 1 <= role.cadence_days <= 365:
            yield _("The role “%(role)s” needs a contact every 1 to 365 days.") % {
                "role": role.title
            }
    for each in sets:
        yield from _bad_set(each, {role.code for role in roles})
    if in_force not in {each.code for each in sets}:
        yield _("Choose which set of roles is in force.")


def _bad_set(roles: RoleSet, known: set[str]) -> Iterator[str]:
    about = {"set": roles.title, "count": len(roles.roles), "low": FEWEST_ROLES, "high": MOST_ROLES}
    if not worded(roles.title):
        yield _("A set of roles needs a title in both languages.")
    if not FEWEST_ROLES <= len(roles.roles) <= MOST_ROLES:
        yield _("The set “%(set)s” must have %(low)d to %(high)d roles, now %(count)d.") % about
    if len(set(roles.roles)) != len(roles.roles) or set(roles.roles) - known:
        yield _("The set “%(set)s” names a role twice or one that does not exist.") % about
    if not roles.mandatory or set(roles.mandatory) - set(roles.roles):
        yield _("The set “%(set)s” needs mandatory roles, and they must be in the set.") % about


def unknown_knowers(
    groups: tuple[DossierGroup, ...], roles: tuple[BuyingRole, ...]
) -> Iterator[str]:
    """Yield questions that are known by a role that does not exist."""
    known = {"", *(role.code for role in roles)}
    lost = [q.code for g in groups for q in (*g.questions, *g.unasked) if q.known_by not in known]
    if lost:
        yield _("Who may know the answer is not a known role: %(codes)s.") % {
            "codes": _listed(lost)
        }


def worded(text: Text) -> bool:
    """Tell whether `text` has words in both languages."""
    return bool(text.ru.strip() and text.en.strip())


def _twice(codes: Iterable[str]) -> Iterator[str]:
    doubled = [code for code, times in Counter(codes).items() if times > 1]
    if doubled:
        yield _("A code stands twice: %(codes)s.") % {"codes": _listed(doubled)}


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes))
