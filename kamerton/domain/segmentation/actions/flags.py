"""Keep what the client's card shows of key status true: since when, for how many, the segment."""

from django.db import transaction
from django.utils import timezone

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.methodology.content import Methodology
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey, Restatement, Standing
from kamerton.domain.segmentation.queries.segments import potential, segment_of
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User

CHUNK = 2000
FLAGS = ["company_key_since", "manager_keys", "segment"]


@transaction.atomic
def keep_flags(actor: User, client: Client) -> Client:
    """Set the client's flags from the two registers; nobody sets them otherwise.

    The registers are counted, never copied into each other.
    """
    del actor  # the change that made this necessary is in the journal already
    client = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    company = CompanyKey.objects.in_force().filter(client=client).first()
    managers = ManagerKey.objects.filter(client=client, state=ManagerKey.State.CONFIRMED)
    if company is None:
        client.company_key_since = None
    elif client.company_key_since is None:
        client.company_key_since = company.decided_on or timezone.localdate()
    client.manager_keys = managers.count()
    client.segment = segment_of(client, is_potential=_is_potential(client))
    client.save(update_fields=FLAGS)
    return client


def keep_segments(actor: User, restatement: Restatement) -> int:
    """Set the segment of every client by the new standings, in short transactions.

    Returns how many clients changed theirs.
    """
    del actor
    method = methodology.version(restatement.methodology.number)
    changed, last = 0, 0
    while chunk := _chunk(restatement, after=last):
        changed += _set_segments(chunk, restatement, method)
        last = chunk[-1].client_id
    return changed


def _chunk(restatement: Restatement, *, after: int) -> list[Standing]:
    found = restatement.standings.filter(client_id__gt=after).select_related("client")
    return list(found.order_by("client_id")[:CHUNK])


@transaction.atomic
def _set_segments(standings: list[Standing], restatement: Restatement, method: Methodology) -> int:
    clients = [standing.client for standing in standings]
    keys = {client.pk for client in clients if client.company_key_since or client.manager_keys}
    marked = potential(standings, revenue=restatement.revenue, keys=keys, method=method)
    moved = []
    for client, is_potential in zip(clients, marked.tolist(), strict=True):
        segment = segment_of(client, is_potential=is_potential)
        if segment != client.segment:
            client.segment = segment
            moved.append(client)
    Client.objects.bulk_update(moved, ["segment"], batch_size=300)
    return len(moved)


def _is_potential(client: Client) -> bool:
    restatement = current_restatement()
    if restatement is None:
        return False
    standing = restatement.standings.filter(client=client).first()
    if standing is None:
        return False
    method = methodology.version(restatement.methodology.number)
    found = potential([standing], revenue=restatement.revenue, keys=set(), method=method)
    return bool(found[0])
