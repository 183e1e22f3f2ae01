"""What may be refused, each as a sentence that says what to do."""

from __future__ import annotations

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class TitleIsMissing(DomainError):
    code = "title_is_missing"
    field = "title_nb"
    sentence = N_("Skriv hva kartleggingen heter, på bokmål og nynorsk.")


class PeriodIsBackwards(DomainError):
    code = "period_is_backwards"
    field = "ends_on"
    sentence = N_("Siste dag kan ikke være før første dag. Rett datoene.")


class NobodyIsAsked(DomainError):
    code = "nobody_is_asked"
    field = "asks_self"
    sentence = N_("Velg hvem som skal svare: den ansatte, lederen eller begge.")


class UnknownTarget(DomainError):
    code = "unknown_target"
    sentence = N_("Noe av det du valgte, finnes ikke i kommunen lenger. Last siden på nytt og velg igjen.")


class CampaignIsNotDraft(DomainError):
    code = "campaign_is_not_draft"
    sentence = N_("Kartleggingen er allerede åpnet og kan ikke endres. Lag en ny hvis noe skal være annerledes.")


class CampaignHasNotBegun(DomainError):
    code = "campaign_has_not_begun"
    sentence = N_("Perioden begynner %(day)s. Åpne kartleggingen da, eller endre perioden først.")


class CampaignIsOver(DomainError):
    code = "campaign_is_over"
    sentence = N_("Perioden var ute %(day)s. Endre perioden før du åpner.")


class CampaignIsNotOpen(DomainError):
    code = "campaign_is_not_open"
    sentence = N_("Kartleggingen er ikke åpen. Det du svarte, er ikke lagret. Spør HR hvis den burde vært åpen.")


class RaterIsNotAsked(DomainError):
    code = "rater_is_not_asked"
    sentence = N_("Denne kartleggingen ber ikke om svar fra deg på denne måten. Se på siden hvem som skal svare.")


class RequirementIsNotTheirs(DomainError):
    code = "requirement_is_not_theirs"
    sentence = N_(
        "Minst ett av svarene gjelder noe som ikke kreves i personens stilling i dag. Last siden på nytt. "
        "Ingenting er lagret."
    )


class LevelIsUnknown(DomainError):
    code = "level_is_unknown"
    sentence = N_("Velg et av de fire nivåene.")


class CommentIsTooLong(DomainError):
    code = "comment_is_too_long"
    sentence = N_("En kommentar kan ha høyst %(most)s tegn. Kort den ned. Ingenting er lagret.")


class HasNoPostHere(DomainError):
    code = "has_no_post_here"
    sentence = N_("Du har ingen stilling i denne kommunen i dag, så vurderingen kan ikke føres på deg. Spør HR.")


class PeerIsNotColleague(DomainError):
    code = "peer_is_not_colleague"
    field = "peer"
    sentence = N_("Kollegaen må være en annen enn personen selv, og ha en stilling i samme kommune.")


class RangeIsBackwards(DomainError):
    code = "range_is_backwards"
    field = "highest"
    sentence = N_("Nivåene går fra 1 til 4, og det høyeste kan ikke være lavere enn det laveste.")


class ReasonIsMissing(DomainError):
    code = "reason_is_missing"
    field = "reason"
    sentence = N_("Skriv kort hvorfor kravet er kritisk.")


class AlreadyCritical(DomainError):
    code = "already_critical"
    field = "valid_from"
    sentence = N_("Kravet er allerede merket som kritisk her i denne perioden. Avslutt merket først.")


class UnknownEmployee(DomainError):
    code = "unknown_employee"
    field = "employee_number"
    sentence = N_("Fant ingen ansatt med nummeret %(number)s i kommunen. Sjekk nummeret.")
