"""Open Badges: the credential itself, and what those who check it ask for. Open to all; nothing here names a person
but the credential, which is for whoever holds the certificate's code."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from kompetanse.domains.competence import api as competence
from kompetanse.foundation import clock, credentials
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply

LD = "application/ld+json"


@page("kompetansebevis/<str:code>/merke.jwt", open=True, methods=("GET",))
def badge(request: PageRequest, code: str) -> Reply:
    """The certificate as a signed credential, to take along."""
    word = competence.badge(code, base=settings.PUBLIC_URL, now=clock.now())
    return Reply.file(word.encode(), filename="kompetansebevis.jwt", content_type="application/vc+jwt")


@page("utsteder/<int:tenant_id>/", open=True, methods=("GET",))
def badge_issuer(request: PageRequest, tenant_id: int) -> HttpResponse:
    """Who a municipality is, to those who check."""
    return _public(competence.badge_issuer(tenant_id, base=settings.PUBLIC_URL), LD)


@page("utsteder/<int:tenant_id>/tilbakekalte/", open=True, methods=("GET",))
def badges_revoked(request: PageRequest, tenant_id: int) -> HttpResponse:
    """Which badges no longer hold."""
    return _public(competence.revoked_badges(tenant_id, base=settings.PUBLIC_URL, now=clock.now()))


@page("utsteder/nokkel/<str:number>/", open=True, methods=("GET",))
def badge_key(request: PageRequest, number: str) -> HttpResponse:
    """The public key with this number."""
    if number != credentials.NUMBER:
        raise NotFound()
    return _public(competence.badge_key(base=settings.PUBLIC_URL), "application/jwk+json")


@page("utsteder/nokler/", open=True, methods=("GET",))
def badge_keys(request: PageRequest) -> HttpResponse:
    """Every public key, as a set."""
    return _public({"keys": [competence.badge_key(base=settings.PUBLIC_URL)]}, "application/jwk-set+json")


def _public(told: dict[str, Any], content_type: str = "application/json") -> HttpResponse:
    """Read by programs on other sites, in a browser too."""
    answer = JsonResponse(told, content_type=content_type, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "public, max-age=300"
    return answer
