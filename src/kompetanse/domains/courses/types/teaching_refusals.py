"""What may be wrong with templates, sessions, time blocks and checklists, each with what to do."""

from __future__ import annotations

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_


class CourseIsNotShared(DomainError):
    code = "course_is_not_shared"
    sentence = N_(
        "Malen kan bare brukes av den som har laget den. Be om at den deles med kurskontoret, eller velg en annen mal."
    )


class CourseIsRetired(DomainError):
    code = "course_is_retired"
    sentence = N_("Malen er tatt ut av bruk. Ta den i bruk igjen, eller velg en annen mal.")


class CourseNeedsItself(DomainError):
    code = "course_needs_itself"
    field = "required_courses"
    sentence = N_("Et kurs kan ikke ha seg selv som forkunnskap, verken rett fram eller gjennom andre kurs.")


class CourseIsUnknown(DomainError):
    code = "course_is_unknown"
    field = "required_courses"
    sentence = N_("Minst ett av kursene som kreves, finnes ikke i regionen. Velg på nytt.")


class RequirementIsUnknown(DomainError):
    code = "requirement_is_unknown"
    field = "requirement_code"
    sentence = N_("Kravet %(code)s finnes ikke i kravregisteret. Velg et krav fra listen.")


class TextIsTooLong(DomainError):
    code = "text_is_too_long"
    field = ""  # set to the one that is too long
    sentence = N_("Teksten er på %(length)s tegn, og det er plass til %(most)s. Kort den ned.")


class TitleIsMissing(DomainError):
    code = "title_is_missing"
    field = "title_nb"
    sentence = N_("Skriv hva kurset heter.")


class LinkIsNotWeb(DomainError):
    code = "link_is_not_web"
    field = "url"
    sentence = N_("Lenken må begynne med https:// eller http://. Kopier hele adressen fra nettleseren.")


class MaterialIsThere(DomainError):
    code = "material_is_there"
    field = "file"
    sentence = N_("Dokumentet ligger ved malen fra før.")


class SessionTimesAreBackwards(DomainError):
    code = "session_times_are_backwards"
    field = "ends"
    sentence = N_("Samlingen må slutte etter at den begynner. Rett klokkeslettene.")


class SessionsOverlap(DomainError):
    code = "sessions_overlap"
    field = "starts"
    sentence = N_("Samlingen går over i en annen samling i samme kurs (%(other)s). Velg en annen tid.")


class RunNeedsSession(DomainError):
    code = "run_needs_session"
    sentence = N_("Et kurs må ha minst én samling. Legg til en ny før du tar bort denne, eller avlys kurset.")


class RunNeedsPlace(DomainError):
    code = "run_needs_place"
    field = "place"
    sentence = N_("Skriv hvor kurset holdes. For et digitalt kurs skriver du lenken eller «På nett».")


class BlockIsBackwards(DomainError):
    code = "block_is_backwards"
    sentence = N_("Tidsblokken %(block)s slutter ikke etter at den begynner. Rett klokkeslettene.")


class BlockCrossesClockChange(DomainError):
    code = "block_crosses_clock_change"
    sentence = N_(
        "Tidsblokken %(block)s går over timen da klokka stilles, så timene kan ikke regnes sikkert. "
        "Del den i en blokk før og en etter."
    )


class BlockIsOutsideSession(DomainError):
    code = "block_is_outside_session"
    sentence = N_(
        "Tidsblokken %(block)s ligger utenfor samlingen, som går %(session)s. Rett blokken eller tiden for samlingen."
    )


class BlocksOverlap(DomainError):
    code = "blocks_overlap"
    sentence = N_("Tidsblokkene %(block)s og %(other)s overlapper. Rett klokkeslettene.")


class ClockTimeIsMissing(DomainError):
    code = "clock_time_is_missing"
    field = "starts"
    sentence = N_("Klokka %(time)s finnes ikke %(day)s, for da stilles klokka fram. Velg et annet klokkeslett.")


class ClockTimeIsTwice(DomainError):
    code = "clock_time_is_twice"
    field = "starts"
    sentence = N_("Klokka %(time)s kommer to ganger %(day)s, for da stilles klokka tilbake. Velg et annet klokkeslett.")


class TaskTitleIsMissing(DomainError):
    code = "task_title_is_missing"
    field = "title"
    sentence = N_("Skriv hva som skal gjøres.")


class OwnerIsNotOffice(DomainError):
    code = "owner_is_not_office"
    field = "owner"
    sentence = N_("Den som har ansvaret, må arbeide på kurskontoret. Velg en fra listen.")
