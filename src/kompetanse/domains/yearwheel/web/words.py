"""The wheel's kinds, doers and states in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kompetanse.domains.yearwheel.types import Doer, Reads, State, Stated, StepKind

KINDS = {
    StepKind.CAMPAIGN: _("Kartlegging"),
    StepKind.HEARING: _("Høring"),
    StepKind.MEETING: _("Møte"),
    StepKind.PLAN: _("Plan"),
    StepKind.REPORT: _("Rapport"),
    StepKind.OTHER: _("Annet"),
}
DOERS = {
    Doer.CONTACT_PERSON: _("Kontaktpersonen i hver kommune"),
    Doer.LEADER: _("Lederne i hver kommune"),
    Doer.HR: _("HR i hver kommune"),
    Doer.EXECUTIVE: _("Kommunedirektøren i hver kommune"),
    Doer.FORUM: _("Kompetanseforumet"),
    Doer.COMMITTEE: _("Rådmannsutvalget"),
    Doer.UNION: _("De tillitsvalgte i forumet"),
    Doer.NETWORK: _("Fagnettverkene"),
    Doer.OFFICE: _("Kompetansekontoret"),
}
READS = {
    Reads.HAND: _("Føres for hånd"),
    Reads.CAMPAIGN: _("Følger kommunens kartlegging"),
    Reads.MEETING: _("Følger møtet trinnet viser til"),
    Reads.PLAN: _("Følger planen trinnet viser til"),
}
STATES = {
    State.LATE: ("bad", _("Over fristen")),
    State.DUE: ("warn", _("Skal gjøres nå")),
    State.UNDER_WAY: ("info", _("I gang")),
    State.DONE: ("ok", _("Ferdig")),
    State.NOT_DUE: ("neutral", _("Ikke ennå")),
}
STATED = {Stated.UNDER_WAY: _("I gang"), Stated.DONE: _("Ferdig")}
