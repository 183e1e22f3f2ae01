"""Who is asking, in which language, and what the browser may load."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.module_loading import import_string

from kompetanse.foundation import clock

Answer = Callable[[HttpRequest], HttpResponse]

CONTENT_SECURITY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
LANGUAGE_COOKIE = "sprak"


def content_security(get_response: Answer) -> Answer:
    """Nothing but our own files: no inline script, no inline style, no other host."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return answer


def acting(get_response: Answer) -> Answer:
    """Give the request its Context, and the thread its language: chosen, the person's own, or the place's."""
    source = import_string(settings.CONTEXT_SOURCE)

    def answer(request: HttpRequest) -> HttpResponse:
        request.ctx = None  # type: ignore[attr-defined]
        language = request.COOKIES.get(LANGUAGE_COOKIE, "")
        if not request.path.startswith(settings.STATIC_URL) and request.user.is_authenticated:
            request.ctx = source(request.user, clock.now())  # type: ignore[attr-defined]
            language = language or getattr(request.user, "language", "")
        if language not in dict(settings.LANGUAGES):
            language = _asked_for(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return answer


def _asked_for(request: HttpRequest) -> str:
    """The browser's first wish that we can meet; `no` means bokmål."""
    known = dict(settings.LANGUAGES)
    for wish in request.headers.get("Accept-Language", "").split(","):
        tag = wish.split(";")[0].strip().lower().split("-")[0]
        tag = "nb" if tag == "no" else tag
        if tag in known:
            return tag
    return settings.LANGUAGE_CODE
