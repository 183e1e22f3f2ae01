"""Who has seen it: what pages about a person write down, and the person's own page of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from django.utils.translation import gettext as _

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types.documents import Sight
from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.context import Context
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply


class AboutSomebody(Protocol):
    """What a page shows, and about whom."""

    @property
    def tenant_id(self) -> int: ...
    @property
    def employee_id(self) -> int: ...
    @property
    def person_id(self) -> int: ...


def seen(ctx: Context, shown: AboutSomebody, what: Sight) -> Callable[[], None]:
    """For `Reply.after`: note that the reader has been shown this about that person."""

    def note() -> None:
        competence.note_sighting(
            ctx, tenant_id=shown.tenant_id, employee_id=shown.employee_id, person_id=shown.person_id, what=what
        )

    return note


@page("om-meg/hvem-har-sett/", signed_in=True, methods=("GET",))
def sightings(request: PageRequest) -> Reply:
    """The last year's, by day."""
    rows = competence.list_sightings(request.ctx)
    roles, things = _roles(), _things()
    return Reply.page(
        "competence/document_sightings.html",
        rows,
        rows=[(row, roles.get(row.role, _("Annen rolle")), [things[one] for one in row.what]) for row in rows],
    )


def _roles() -> dict[str, str]:
    return {
        Role.LEADER: _("Leder"),
        Role.HR: _("HR"),
        Role.COURSE_ADMINISTRATOR: _("Kompetansekontoret"),
        Role.SYSTEM_ADMINISTRATOR: _("Systemadministrator"),
    }


def _things() -> dict[Sight, str]:
    return {
        Sight.COMPETENCE: _("kompetansen din"),
        Sight.EVIDENCE: _("et bevis"),
        Sight.DOCUMENT: _("et dokument"),
        Sight.CERTIFICATE: _("et kompetansebevis"),
    }
