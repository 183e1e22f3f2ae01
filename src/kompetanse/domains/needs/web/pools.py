"""The board of pools, and one pool. Those who do not arrange see numbers only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.rules.telling_numbers import added
from kompetanse.domains.needs.types import (
    PoolCannotMergeWithItself,
    PoolIsMerged,
    PoolPage,
    PoolRow,
    PoolStatus,
    ShareIsElsewhere,
    SplitNeedsBothSides,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import access
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching
from kompetanse.ui.words import say_all

from . import paging, words
from .forms import ArrangeForm, PoolFilterForm

ORDERS: dict[str, Callable[[PoolRow], tuple[object, ...]]] = {
    "people": lambda pool: (-pool.told.least,),
    "statutory": lambda pool: (-pool.statutory,),
    "unsure": lambda pool: (pool.status is PoolStatus.CONFIRMED, pool.score, -pool.needs),
    "title": lambda pool: (pool.title.casefold(),),
}


@dataclass(frozen=True, slots=True)
class PoolLine:
    """A pool with its words ready to be shown."""

    pool: PoolRow
    mark: str
    status: str
    decision: str
    reason: str
    people: str

    @classmethod
    def of(cls, pool: PoolRow) -> PoolLine:
        mark, status = words.POOLS[pool.status]
        decision = ""
        if pool.decision is not None:
            place = f" {pool.decision.rank}" if pool.decision.rank else ""
            decision = f"{words.OUTCOMES[pool.decision.outcome]}{place}, {pool.decision.case_reference}"
        return cls(pool, mark, str(status), decision, say_all(pool.reason), words.count(pool.told))


@dataclass(frozen=True, slots=True)
class Board:
    region: str
    lines: tuple[PoolLine, ...]
    total: int
    previous: str
    following: str
    pools: int
    needs: int
    people: str
    joint: int
    suggested: int
    may_arrange: bool


@page("samlinger/", right=Right.POOL_READ)
def pools(request: PageRequest) -> Reply:
    """The region's pools; the office confirms several at once, or asks for new suggestions."""
    region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
    if region is None:
        raise NotFound()
    if request.method == "POST":
        return _act_on_board(request, region.tenant_id)
    form = PoolFilterForm(request.GET)
    form.is_valid()
    found = needs.list_pools(request.ctx, region_id=region.tenant_id)
    text, status = form.cleaned_data.get("q", "").casefold(), form.chosen_status()
    shown = [pool for pool in found if text in pool.title.casefold() and (status is None or pool.status is status)]
    if order := ORDERS.get(form.cleaned_data.get("sort", "")):
        shown.sort(key=order)
    start = paging.first(request)
    board = Board(
        region.name,
        tuple(PoolLine.of(pool) for pool in shown[start : start + paging.SHOWN]),
        len(shown),
        *paging.links(request, start, len(shown)),
        len(found),
        sum(pool.needs for pool in found),
        words.count(added(pool.told for pool in found)),
        sum(len(pool.municipalities) > 1 for pool in found),
        sum(pool.status is PoolStatus.SUGGESTED for pool in found),
        access.possible(request.ctx.actor, Right.POOL_ARRANGE),
    )
    return Reply.page("needs/pools.html", board, filter=form)


def _act_on_board(request: PageRequest, region_id: int) -> Reply:
    here = reverse("needs.pools")
    if request.POST.get("act") == "suggest":
        needs.suggest_pools(request.ctx, region_id=region_id)
        return Reply.done(here, _("Forslagene er regnet ut på nytt. Det dere har bekreftet, står."))
    chosen = _ids(request, "pool")
    for pool_id in chosen:
        needs.confirm_pool(request.ctx, pool_id=pool_id)
    if not chosen:
        return Reply.done(here, _("Ingen samlinger var krysset av. Kryss av dem du vil bekrefte."))
    told = ngettext("%(count)s samling er bekreftet.", "%(count)s samlinger er bekreftet.", len(chosen))
    return Reply.done(here, told % {"count": len(chosen)})


def _ids(request: PageRequest, name: str) -> list[int]:
    return sorted({int(value) for value in request.POST.getlist(name) if value.isdecimal() and len(value) < 19})


@page("samlinger/<int:pool_id>/", right=Right.POOL_READ)
def pool(request: PageRequest, pool_id: int) -> Reply:
    """One pool: who shares it, and for the office: confirm, split, move, merge."""
    it = needs.get_pool(request.ctx, pool_id)
    others = needs.list_pools(request.ctx, region_id=it.pool.tenant_id) if it.may_arrange else []
    form = ArrangeForm(
        request.POST if request.method == "POST" else None,
        pools=[other for other in others if other.id != pool_id],
    )
    if request.method == "POST" and form.is_valid():
        with catching(form, PoolIsMerged, ShareIsElsewhere, SplitNeedsBothSides, PoolCannotMergeWithItself):
            return _arrange(request, it, form)
    chosen = set(_ids(request, "share"))
    return Reply.page(
        "needs/pool.html", it, form=form, line=PoolLine.of(it.pool),
        shared_by=[(part, words.count(part.told)) for part in it.by_municipality],
        causes=[(words.CAUSES[cause], count) for cause, count in it.causes],
        shares=[(share, share.id in chosen) for share in it.shares if it.may_arrange or share.title],
        decisions=[(words.OUTCOMES[row.outcome], row) for row in it.decisions],
    )  # fmt: skip


def _arrange(request: PageRequest, it: PoolPage, form: ArrangeForm) -> Reply:
    ctx, act, target = request.ctx, request.POST.get("act", ""), form.cleaned_data["target"]
    shares = _ids(request, "share")
    if act == "split":
        new_id = needs.split_pool(ctx, pool_id=it.id, share_ids=shares, title=form.cleaned_data["title"])
        return Reply.done(_at(new_id), _("Behovene er skilt ut i en egen samling, og det blir husket."))
    if act == "move":
        if target is None:
            raise PoolCannotMergeWithItself()
        if not shares:
            raise SplitNeedsBothSides()
        with transaction.atomic():  # all of them or none
            for share_id in shares:
                needs.move_share(ctx, share_id=share_id, pool_id=target)
        return Reply.done(_at(target), _("Behovene er flyttet hit, og det blir husket."))
    if act == "merge":
        if target is None:
            raise PoolCannotMergeWithItself()
        needs.merge_pools(ctx, pool_id=target, from_pool_id=it.id)
        return Reply.done(_at(target), _("Samlingene er slått sammen, og det blir husket."))
    needs.confirm_pool(ctx, pool_id=it.id)
    return Reply.done(_at(it.id), _("Samlingen er bekreftet."))


def _at(pool_id: int) -> str:
    return reverse("needs.pool", kwargs={"pool_id": pool_id})
