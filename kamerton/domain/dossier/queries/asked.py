"""What a client is asked: the groups of the method, of the packs chosen, and his own questions."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable

from kamerton.domain.accounts.models import Client
from kamerton.domain.dossier.models import Dossier, OwnQuestion
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.methodology.content.dossier import DossierGroup, DossierQuestion
from kamerton.domain.methodology.content.texts import Text
from kamerton.platform.reading import looked_up

Groups = tuple[DossierGroup, ...]


def dossier_of(client: Client) -> Dossier | None:
    """The dossier of a client, or of a card merged into it; None before the first answer."""

    def look() -> Dossier | None:
        return Dossier.objects.of_clients([client.pk]).get(client.pk)

    return looked_up(("dossier.of", client.pk), look)


def method_of(dossier: Dossier | None) -> Methodology:
    """The method by which a client is asked: that of his dossier, else the one in force."""
    if dossier is None:
        return methodology.current()
    number = dossier.version
    return looked_up(("methodology.version", number), lambda: methodology.version(number))


def groups_of(dossier: Dossier | None, *, method: Methodology | None = None) -> Groups:
    """The groups with their questions, as this client is asked them (1 query)."""
    own = dossier.own_questions.filter(archived_at=None) if dossier else ()
    packs = dossier.packs if dossier else ()
    return asked_groups(method or method_of(dossier), packs, own)


def asked_groups(method: Methodology, packs: Iterable[str], own: Iterable[OwnQuestion]) -> Groups:
    """Put together the method's groups, those of `packs`, and a client's own questions."""
    chosen = {"", *packs}
    added: dict[str, list[DossierQuestion]] = defaultdict(list)
    for one in own:
        added[one.group].append(as_question(one))
    return tuple(
        dataclasses.replace(group, questions=(*group.questions, *added[group.code]))
        for group in method.dossier_groups
        if group.pack in chosen
    )


def as_question(own: OwnQuestion) -> DossierQuestion:
    """A client's own question in the shape of the method's."""
    title = Text(own.title, own.title)
    return DossierQuestion(own.code, title, weight=own.weight, ttl_months=own.ttl_months)


def question_in(groups: Groups, code: str) -> tuple[DossierGroup, DossierQuestion] | None:
    """The question called `code` with its group; None if it is not asked."""
    for group in groups:
        for question in group.questions:
            if question.code == code:
                return group, question
    return None
