"""Why a need or a pool is refused, and what to do."""

from __future__ import annotations

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class NeedHasNoTitle(DomainError):
    code = "need_has_no_title"
    field = "title"
    sentence = N_("Skriv hva dere trenger å kunne, for eksempel «Legemiddelhåndtering».")


class TextIsTooLong(DomainError):
    code = "text_is_too_long"
    sentence = N_("Teksten i feltet «%(name)s» er for lang. Den kan ha høyst %(limit)s tegn; kort den ned.")

    def __init__(self, *, field: str, name: str, limit: int) -> None:
        self.field = field
        super().__init__(name=name, limit=limit)


class PeopleOutOfRange(DomainError):
    code = "people_out_of_range"
    field = "people"
    sentence = N_(
        "Antallet «%(value)s» kan ikke stemme. Skriv et tall fra 1 til 10 000, eller la feltet stå tomt "
        "hvis dere ikke vet det."
    )


class PriorityOutOfRange(DomainError):
    code = "priority_out_of_range"
    field = "priority"
    sentence = N_("Prioriteten «%(value)s» finnes ikke. Bruk 1 (høyest), 2 eller 3 (lavest).")


class TooManyNeeds(DomainError):
    code = "too_many_needs"
    sentence = N_("Filen har mer enn %(limit)s behov. Kontroller at det er riktig fil, eller del den opp.")


class NeedIsWithdrawn(DomainError):
    code = "need_is_withdrawn"
    sentence = N_("Behovet er allerede trukket. Meld det på nytt hvis det likevel gjelder.")


class PoolIsMerged(DomainError):
    code = "pool_is_merged"
    sentence = N_("Samlingen «%(title)s» har ingen behov lenger. Last siden på nytt og velg en annen samling.")


class ShareIsElsewhere(DomainError):
    code = "share_is_elsewhere"
    sentence = N_("Ett av behovene du valgte ligger ikke lenger i denne samlingen. Last siden på nytt og velg igjen.")


class SplitNeedsBothSides(DomainError):
    code = "split_needs_both_sides"
    sentence = N_("Velg minst ett behov å dele ut, og la minst ett bli igjen.")


class PoolCannotMergeWithItself(DomainError):
    code = "pool_cannot_merge_with_itself"
    sentence = N_("Velg en annen samling å slå sammen med.")


class CaseIsNotOpen(DomainError):
    code = "case_is_not_open"
    sentence = N_("%(reference)s er ikke åpen lenger, så prioriteringen kan ikke endres. Ta det opp i en ny sak.")


class CaseIsNotOnAgenda(DomainError):
    code = "case_is_not_on_agenda"
    sentence = N_("%(reference)s står ikke på noen sakliste. Sett saken på saklista til et møte først.")


class RankIsMissing(DomainError):
    code = "rank_is_missing"
    sentence = N_("«%(title)s» er prioritert uten nummer. Gi den et nummer fra 1 og oppover.")


class RankIsTaken(DomainError):
    code = "rank_is_taken"
    sentence = N_("To samlinger har nummer %(rank)s: «%(first)s» og «%(second)s». Gi dem hvert sitt nummer.")


class ReasonIsMissing(DomainError):
    code = "reason_is_missing"
    sentence = N_("Skriv hvorfor «%(title)s» er utsatt eller avslått. De som meldte behovet får lese det.")


class PoolIsNotConfirmed(DomainError):
    code = "pool_is_not_confirmed"
    sentence = N_("«%(title)s» er bare et forslag. Kontoret må bekrefte samlingen før forumet kan prioritere den.")
