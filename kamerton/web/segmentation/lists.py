"""Lists to look at: where the registers differ, who may become key."""

from django.http import HttpResponse
from django.shortcuts import render

from kamerton.domain.segmentation import queries
from kamerton.platform.access.request import Request
from kamerton.platform.access.rules import require

SHOWN = 100  # of each list; who is larger stands higher


def differences(request: Request) -> HttpResponse:
    """Clients that are key in one register only; both may be right."""
    require(request.user, "segmentation.view_key")
    context = {"found": queries.differences(request.user)}
    return render(request, "segmentation/differences.html", context)


def watch(request: Request) -> HttpResponse:
    """Flow clients that grow into keys, potential keys, what the best could take on, the lists."""
    require(request.user, "segmentation.view_key")
    context = {
        "watched": queries.flow_to_key_watch(request.user, limit=SHOWN),
        "shown": SHOWN,
        "potential": queries.potential_keys(request.user)[:SHOWN],
        "bands": queries.norm_bands(request.user),
        "sees_shares": request.user.may("ledger.view_money"),
        "gain": queries.capacity_gain(request.user),
    }
    return render(request, "segmentation/watch.html", context)
