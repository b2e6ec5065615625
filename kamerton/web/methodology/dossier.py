"""The dossier of the method: its groups and questions, reworded, added, moved, switched off."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kamerton.domain.methodology import queries
from kamerton.domain.methodology.content import DossierGroup, DossierQuestion, Methodology, Text
from kamerton.domain.methodology.content.changing import free_code, put, with_question
from kamerton.platform.access.request import Request
from kamerton.web.methodology.compare import KIND_NAMES
from kamerton.web.methodology.content_forms import GroupForm, QuestionForm
from kamerton.web.methodology.editing import Editing, edited, method_crumbs
from kamerton.web.ui.items import Crumb

OWN = "own."


@dataclass(frozen=True)
class QuestionRow:
    """A question with its kind and who may know, in words."""

    question: DossierQuestion
    kind: str | Promise
    knower: Text | str


def groups(request: Request) -> HttpResponse:
    """All groups, those asked of all and those of the industries."""
    method = queries.current()
    context = {
        "groups": [group for group in method.dossier_groups if not group.pack],
        "packs": [group for group in method.dossier_groups if group.pack],
        "may_edit": request.user.may("methodology.edit"),
        "crumbs": method_crumbs(Crumb(_("Dossier"))),
    }
    return render(request, "methodology/groups.html", context)


def group(request: Request, group: str) -> HttpResponse:
    """The questions of a group."""
    method = queries.current()
    found = _group(method, group)
    knowers = {role.code: role.title for role in method.buying_roles}
    context = {
        "group": found,
        "rows": [
            QuestionRow(question, KIND_NAMES[question.kind], knowers.get(question.known_by, ""))
            for question in found.questions
        ],
        "unasked": found.unasked,
        "may_edit": request.user.may("methodology.edit"),
        "crumbs": method_crumbs(_dossier_crumb(), Crumb(str(found.title))),
    }
    return render(request, "methodology/group.html", context)


def group_edit(request: Request, group: str) -> HttpResponse:
    """Rename a group or move it."""
    method = queries.current()
    found = _group(method, group)
    form = GroupForm(method, request.POST or None, found)

    def changes() -> dict[str, object]:
        place = form.cleaned_data["place"]
        return {"dossier_groups": put(method.dossier_groups, form.made(), place=place)}

    return edited(
        request,
        Editing(
            title=_("Group of the dossier"),
            about=_("Its name is the name of the folder in exports."),
            form=form,
            back=reverse("methodology:groups"),
            crumbs=method_crumbs(_dossier_crumb(), Crumb(str(found.title))),
            changes=changes,
        ),
    )


def question_edit(request: Request, group: str, question: str) -> HttpResponse:
    """Reword a question, change its weight, move it or switch it off."""
    method = queries.current()
    found = _group(method, group)
    every = (*found.questions, *found.unasked)
    asked = next((each for each in every if each.code == question), None)
    if asked is None:
        raise Http404
    title = _("Question %(code)s") % {"code": asked.code}
    return _question(request, method, found, asked, title)


def question_add(request: Request, group: str) -> HttpResponse:
    """Add a question of the company's own."""
    method = queries.current()
    return _question(request, method, _group(method, group), None, _("New question"))


def _question(
    request: Request,
    method: Methodology,
    found: DossierGroup,
    question: DossierQuestion | None,
    title: str,
) -> HttpResponse:
    form = QuestionForm(method, request.POST or None, found, question)

    def changes() -> dict[str, object]:
        code = question.code if question else free_code(_codes(method), OWN)
        given = form.cleaned_data
        return {
            "dossier_groups": with_question(
                method.dossier_groups,
                found,
                form.made(code),
                asked=given.get("asked", True),
                place=given["place"],
            )
        }

    here = reverse("methodology:group", args=[found.code])
    crumbs = method_crumbs(_dossier_crumb(), Crumb(str(found.title), here), Crumb(title))
    about = _("Answers given by older versions keep the words they were asked in.")
    return edited(
        request,
        Editing(title=title, about=about, form=form, back=here, crumbs=crumbs, changes=changes),
    )


def _codes(method: Methodology) -> list[str]:
    return [
        question.code
        for group in method.dossier_groups
        for question in (*group.questions, *group.unasked)
    ]


def _group(method: Methodology, code: str) -> DossierGroup:
    found = next((group for group in method.dossier_groups if group.code == code), None)
    if found is None:
        raise Http404
    return found


def _dossier_crumb() -> Crumb:
    return Crumb(_("Dossier"), reverse("methodology:groups"))
