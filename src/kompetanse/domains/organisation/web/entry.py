"""The way in: choosing a language, and in the demo whose shoes to step into."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.middleware import LANGUAGE_COOKIE
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply


@page("sprak/", open=True, methods=("POST",))
def choose_language(request: PageRequest) -> HttpResponseRedirect:
    """Bokmål, nynorsk or English from now on; remembered for those who are signed in."""
    language = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if language in dict(settings.LANGUAGES):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=365 * 86400, samesite="Lax", httponly=True)
        if request.ctx is not None and request.ctx.actor.account_id is not None:
            organisation.choose_language(account_id=request.ctx.actor.account_id, language=language)
    return response


@dataclass(frozen=True, slots=True)
class Presentation:
    """A persona as the start page shows it."""

    key: str
    name: str
    title: str
    about: str
    icon: str

    @property
    def label(self) -> str:
        return _("Bli %(name)s") % {"name": self.name}


if settings.DEMO:

    @page("demo/", open=True, methods=("GET",))
    def personas(request: PageRequest) -> Reply:
        """The people whose day one can live."""
        told = presentations()
        shown = [Presentation(row.key, row.name, *told[row.key]) for row in organisation.list_personas()]
        return Reply.page("organisation/personas.html", presentations=shown)

    @page("demo/inn/<slug:key>/", open=True, methods=("POST",))
    def step_in(request: PageRequest, key: str) -> HttpResponseRedirect:
        """Become one of the demo's people. Exists only where settings.DEMO is true."""
        account = organisation.find_persona_account(key)
        if account is None:
            raise NotFound()
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return HttpResponseRedirect("/")


def presentations() -> dict[str, tuple[str, str, str]]:
    """Title, what a good day holds, and icon, per persona's key."""
    return {
        "employee": (_("Ansatt"), _("Hva kreves av meg, hva har jeg, hva går ut, hvor melder jeg meg på?"), "person"),
        "leader": (_("Leder"), _("Hvem mangler hva, hva skal godkjennes, og ett behov å melde."), "people"),
        "contact": (_("Kontaktperson"), _("Kommunens filer, kart og behovsliste, nesten av seg selv."), "upload"),
        "forum": (_("Forumsmedlem"), _("Behovene fra sju kommuner som tall, til å veie og prioritere."), "handshake"),
        "union": (_("Tillitsvalgt"), _("Sakene i forumet, og plass til å si hva de ansatte mener."), "bell"),
        "executive": (_("Kommunedirektør"), _("Plan, ramme og resultat på én side."), "chart"),
        "office": (_("Kursadministrator i RKK"), _("Samlinger, bestillinger, kurs, påmelding og oppmøte."), "calendar"),
        "system": (_("Systemadministrator"), _("Roller, filer, og om installasjonen er frisk."), "filter"),
    }
