"""The only place that knows how an answer becomes HTTP: whole page, named part, redirect or file."""

from __future__ import annotations

import contextlib
import dataclasses
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import loader
from django.utils.http import content_disposition_header
from django.utils.module_loading import import_string

from kompetanse.kernel.errors import DomainError

logger = logging.getLogger(__name__)


# A file is never a page: whatever is in it, a browser runs nothing of it and lets it reach nothing.
FILE_SECURITY = "sandbox; default-src 'none'; frame-ancestors 'none'"


class LoudTemplate(RuntimeError):
    """A template asked the database. The page's query must fetch what the page shows."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a view answers with."""

    template: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    to: str = ""
    notice: str = ""
    body: bytes = b""
    content_type: str = ""
    filename: str = ""
    acts: tuple[Callable[[], object], ...] = ()

    @classmethod
    def page(cls, template: str, page: object = None, *, status: int = 200, **values: Any) -> Reply:
        """Render `template` with `page` (a page model) and what else is named. An invalid form: 422."""
        form = values.get("form")
        if status == 200 and isinstance(form, forms.BaseForm) and form.is_bound and form.errors:
            status = 422
        return cls(template=template, values={"page": page, **values}, status=status)

    @classmethod
    def done(cls, to: str, notice: str = "") -> Reply:
        """The act is done: go there, and say so there."""
        return cls(to=to, notice=notice)

    @classmethod
    def file(cls, body: bytes, *, filename: str, content_type: str) -> Reply:
        return cls(body=body, filename=filename, content_type=content_type)

    def after(self, act: Callable[[], object]) -> Reply:
        """Do this too when the page is made, in a transaction of its own: what a reading page must write down.

        Pages are read in a read-only scope. If the act fails, the page is not shown.
        """
        return dataclasses.replace(self, acts=(*self.acts, act))

    def respond(self, request: HttpRequest) -> HttpResponse:
        if self.to:
            if self.notice:
                messages.success(request, self.notice)
            return HttpResponseRedirect(self.to)
        if self.filename:
            response = HttpResponse(self.body, content_type=self.content_type)
            response["Content-Disposition"] = content_disposition_header(True, self.filename)
            response["Content-Security-Policy"] = FILE_SECURITY
            response["X-Content-Type-Options"] = "nosniff"
            response["Cache-Control"] = "private, no-store"
            return response
        return render(request, self.template, self.values, status=self.status)


def render(request: HttpRequest, template: str, values: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render quietly: no SQL may run while the template does. htmx gets the part it names as its target."""
    htmx = getattr(request, "htmx", None)
    part = request.headers.get("X-Part", "") if htmx and not htmx.boosted else ""
    if part.isidentifier():
        template = f"{template}#{part}"
    context = {**values, **import_string(settings.PAGE_FRAME)(request)}
    with quiet():
        html = loader.render_to_string(template, context, request)
    response = HttpResponse(html, status=status)
    response["Vary"] = "HX-Request, X-Part, Cookie, Accept-Language"
    response["Cache-Control"] = "private, no-store"
    return response


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if settings.QUIET_RENDER_RAISES:
            raise LoudTemplate(sql)
        logger.error("SQL while rendering: %s", sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def error_reply(request: HttpRequest, status: int, text: str) -> HttpResponse:
    """An error page that says what to do. Never asks the database: it may be the database that is ill."""
    from django.utils.translation import get_language

    html = loader.render_to_string(
        "ui/error.html", {"status": status, "text": text, "LANGUAGE_CODE": get_language()}, None
    )
    return HttpResponse(html, status=status)


@contextlib.contextmanager
def catching(form: forms.BaseForm, *errors: type[DomainError]) -> Iterator[None]:
    """A rule's no becomes a sentence on the form, and what was typed stays."""
    from .pages import sentence

    try:
        yield
    except errors as error:
        name = getattr(error, "field", None)
        form.add_error(name if name in form.fields else None, sentence(error))


def as_dict(page: Any) -> dict[str, Any]:
    """A page model as plain values, for JSON."""
    return dataclasses.asdict(page)
