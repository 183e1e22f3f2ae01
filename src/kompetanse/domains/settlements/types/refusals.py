"""What may go wrong with money, each in a sentence that says what to do."""

from __future__ import annotations

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class AmountIsImpossible(DomainError):
    code = "amount_is_impossible"
    field = "amount"
    sentence = N_("Beløpet må være mellom 0 og 1 000 000 000 kroner. Rett det og lagre på nytt.")


class CountIsImpossible(DomainError):
    code = "count_is_impossible"
    sentence = N_("Antallet må være mellom 0 og 100 000. Rett det og lagre på nytt.")


class TextIsImpossible(DomainError):
    code = "text_is_impossible"
    field = "text"
    sentence = N_("Skriv hva det gjelder, på én linje og med høyst %(limit)s tegn.")


class TooManyLines(DomainError):
    code = "too_many_lines"
    sentence = N_("Det er plass til %(limit)s linjer. Slå sammen noen av dem.")


class BaseIsMissing(DomainError):
    code = "base_is_missing"
    field = "key"
    sentence = N_(
        "Folketallet mangler for %(names)s, så kostnaden kan ikke deles etter innbyggere. Før det opp, eller velg en "
        "annen nøkkel."
    )


class NothingToShareBy(DomainError):
    code = "nothing_to_share_by"
    field = "key"
    sentence = N_("Ingen kommune har noe av det nøkkelen teller. Før opp tallene, eller velg en annen nøkkel.")


class NobodyTakesPart(DomainError):
    code = "nobody_takes_part"
    field = "key"
    sentence = N_("Ingen kommuner er med på å dele. Kryss av for minst én.")


class SubsidyIsTooBig(DomainError):
    code = "subsidy_is_too_big"
    field = "subsidy"
    sentence = N_(
        "Tilskuddet er større enn det som skal betales%(whose)s. Trekk det fra før delingen, eller sett det lavere."
    )


class PartIsUnknown(DomainError):
    code = "part_is_unknown"
    sentence = N_("En av kommunene er ikke med i regionen. Last siden på nytt og prøv igjen.")


class ActualIsMissing(DomainError):
    code = "actual_is_missing"
    sentence = N_(
        "%(count)s linjer mangler faktisk beløp. Før dem opp før oppgjøret lages; skriv 0 der det ikke kostet noe."
    )


class NothingIsSpent(DomainError):
    code = "nothing_is_spent"
    sentence = N_("Det er ikke ført noen kostnader. Før opp hva det kostet, før oppgjøret lages.")


class CorrectionNeedsReason(DomainError):
    code = "correction_needs_reason"
    field = "why"
    sentence = N_("Et oppgjør gjelder alt. Skriv hvorfor det rettes, så kommunene kan lese det.")


class NothingHasChanged(DomainError):
    code = "nothing_has_changed"
    sentence = N_(
        "Det nye oppgjøret ville bli likt det som gjelder. Rett kostnadene, tilskuddene eller nøkkelen først."
    )


class SettlementHasMovedOn(DomainError):
    code = "settlement_has_moved_on"
    sentence = N_("Oppgjøret står ikke slik det gjorde da du åpnet siden. Last siden på nytt og se hva som gjelder.")


class MakerMayNotApprove(DomainError):
    code = "maker_may_not_approve"
    sentence = N_("Du laget oppgjøret, og da må en annen godkjenne det. Be en kollega se på det.")


class SellerIsMissing(DomainError):
    code = "seller_is_missing"
    sentence = N_("Det er ikke ført opp hvem som fakturerer. Gjør det under «Hvem fakturerer» først.")


class PayerLacksNumber(DomainError):
    code = "payer_lacks_number"
    sentence = N_("Organisasjonsnummeret mangler for %(names)s. Før det opp under «Hvem fakturerer» først.")


class SellerIsImpossible(DomainError):
    code = "seller_is_impossible"
    field = "vat"
    sentence = N_(
        "Den som ikke er i Merverdiavgiftsregisteret, kan ikke kreve avgift eller melde unntak: velg «utenfor "
        "avgiftsområdet». Den som er registrert og velger uten avgift, må skrive hvorfor."
    )


class DueDaysAreImpossible(DomainError):
    code = "due_days_are_impossible"
    field = "due_days"
    sentence = N_("Betalingsfristen må være mellom 0 og 90 dager.")
