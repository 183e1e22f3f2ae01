"""`@page`: one URL, one template, one call in. A route that does not say who may come cannot be made.

    @page("planer/<int:plan_id>/", right=Right.PLAN_READ)
    def plan(request: PageRequest, plan_id: int) -> Reply:
        return Reply.page("plans/plan.html", plans.get_plan_page(request.ctx, plan_id=plan_id))

The route is named `<domain>.<function>`. GET runs in a read-only scope, POST in a writing one;
what a reading page must write down (who has looked) is done after it, see `Reply.after`.
The right refuses early and feeds the route table; the authority is in the domain.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from kompetanse.foundation import access
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError, NotFound, Refused

from .replies import Reply, error_reply


class PageRequest(HttpRequest):
    """A request whose actor is known."""

    ctx: Context
    htmx: HtmxDetails


View = Callable[..., Reply | HttpResponse]


@dataclass(frozen=True, slots=True)
class Route:
    """One line of the route table. Exactly one of `right`, `signed_in`, `open` says who may come."""

    path: str
    name: str
    right: str | None
    signed_in: bool
    open: bool
    methods: tuple[str, ...]
    view: Callable[..., HttpResponse]


ROUTES: list[Route] = []


def page(
    where: str,
    *,
    right: str | None = None,
    signed_in: bool = False,
    open: bool = False,  # noqa: A002 - reads as it means at the call
    methods: tuple[str, ...] = ("GET", "POST"),
) -> Callable[[View], View]:
    """Declare a page. Raises TypeError at import unless exactly one of right, signed_in, open is given."""
    if sum((right is not None, signed_in, open)) != 1:
        raise TypeError(f"{where}: say who may come: right=…, signed_in=True or open=True")

    def declare(view: View) -> View:
        domain = view.__module__.split(".domains.")[-1].split(".")[0] if ".domains." in view.__module__ else "ui"

        @functools.wraps(view)
        def answer(request: PageRequest, **values: Any) -> HttpResponse:
            if request.method == "HEAD":
                request.method = "GET"
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            ctx: Context | None = getattr(request, "ctx", None)
            if ctx is None and not open:
                return redirect_to_login(request.get_full_path())
            try:
                if right is not None and ctx is not None:
                    access.require_role(ctx, right)
                within = tenant_scope(ctx, read_only=request.method == "GET") if ctx else contextlib.nullcontext()
                with within:
                    reply = view(request, **values)
                    response = _respond(request, reply)
                for act in reply.acts if isinstance(reply, Reply) else ():
                    act()
                return response
            except DomainError as error:
                status = 403 if isinstance(error, Refused) else 404 if isinstance(error, NotFound) else 422
                return error_reply(request, status, sentence(error))

        name = f"{domain}.{view.__name__}"
        if any(route.name == name for route in ROUTES):
            raise TypeError(f"two pages are named {name}")
        ROUTES.append(Route(where, name, right, signed_in, open, methods, answer))
        return view

    return declare


def urlpatterns() -> list[URLPattern]:
    """Every declared page, for the composition root."""
    return [path(route.path, route.view, name=route.name) for route in ROUTES]


def sentence(error: DomainError) -> str:
    """The error's sentence in the reader's language, its places filled (and translated where marked)."""
    params = {
        key: _(value) if key == "why" and isinstance(value, str) else value for key, value in error.params.items()
    }
    text = _(error.sentence)
    return text % params if params else text


def _respond(request: PageRequest, reply: Reply | HttpResponse) -> HttpResponse:
    return reply.respond(request) if isinstance(reply, Reply) else reply


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that has stood open too long, or came from elsewhere."""
    return error_reply(
        request, 403, _("Skjemaet var åpent for lenge. Gå tilbake, last siden på nytt og send en gang til.")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_reply(request, 404, _(NotFound.sentence))


def server_error(request: HttpRequest) -> HttpResponse:
    return error_reply(request, 500, _("Noe gikk galt hos oss. Det du hadde lagret er trygt. Prøv igjen om litt."))


def permission_denied(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return error_reply(request, 403, str(exception) or _("Du har ikke tilgang til denne siden."))
