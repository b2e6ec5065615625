"""Keep what the client's card shows of key status true: since when, for how many, the segment."""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from kamerton.domain.accounts.models import Client
from kamerton.domain.methodology import queries as methodology
from kamerton.domain.segmentation.models import CompanyKey, ManagerKey, Restatement
from kamerton.domain.segmentation.queries.segments import Segmented, segments
from kamerton.domain.segmentation.queries.standings import current_restatement
from kamerton.platform.access.models import User

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
    is_key = client.company_key_since is not None or client.manager_keys > 0
    found = Segmented(client.pk, client.segment, is_key, is_potential=_is_potential(client))
    client.segment = found.due
    client.save(update_fields=FLAGS)
    return client


def keep_segments(actor: User, restatement: Restatement) -> int:
    """Set the segment of every client by the new standings, in short transactions.

    Returns how many clients changed theirs.
    """
    del actor
    method = methodology.version(restatement.methodology.number)
    changed, last = 0, 0
    while found := segments(restatement, method, after=last):
        changed += _move(found)
        last = found[-1].client_id
    return changed


@transaction.atomic
def _move(found: list[Segmented]) -> int:
    """Write the segments that differ; a key made meanwhile keeps its own."""
    moving: dict[str, list[int]] = defaultdict(list)
    for row in found:
        if row.present != row.due:
            moving[row.due].append(row.client_id)
    return sum(_set_segment(segment, ids) for segment, ids in moving.items())


def _set_segment(segment: str, ids: list[int]) -> int:
    clients = Client.objects.filter(pk__in=ids)
    if segment != Client.Segment.KEY:
        clients = clients.filter(company_key_since=None, manager_keys=0)
    return clients.update(segment=segment)


def _is_potential(client: Client) -> bool:
    """Tell whether the standing makes the client a potential key one."""
    restatement = current_restatement()
    if restatement is None:
        return False
    method = methodology.version(restatement.methodology.number)
    found = segments(restatement, method, after=client.pk - 1, count=1)
    return any(row.client_id == client.pk and row.is_potential for row in found)
