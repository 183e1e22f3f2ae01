"""The contact person in Tinn: the municipality's files, and what the register's own words mean."""

from __future__ import annotations

import uuid
from pathlib import Path

import python_calamine
from playwright.sync_api import expect

from tests.journeys.person import Become, How, Person

# Numbers 70001 to 70004 are in the municipality's own file; 99999999 is nobody.
HEADER = "Tilsettnr;Kompetanse;Utskrivar;Bevisnr;Dato;Gyldig til"


def a_file(folder: Path, course: str) -> Path:
    path = folder / f"kompetanse-{uuid.uuid4().hex[:8]}.csv"
    rows = [f"{number};{course};RKK;;20270503;" for number in (70001, 70002, 70003)]
    rows += [f"70004;{course};RKK;;31.02.2027;", f"99999999;{course};RKK;;20270503;"]
    path.write_text("\r\n".join([HEADER, *rows]), encoding="utf-8-sig")
    return path


def upload(person: Person, file: Path) -> None:
    person.go("Filer inn")
    person.follow("Ta inn en fil")
    person.page.locator('input[type="file"]').set_input_files(file)
    person.press("Les filen")
    person.sees("Ingenting er endret ennå", seconds=30)  # the worker reads it; the page renews itself


def counts(person: Person) -> dict[str, str]:
    """The tiles: word to figure."""
    tiles = person.page.locator("main .tile")
    return {tile.split("\n")[1]: tile.split("\n")[0] for tile in tiles.all_inner_texts()}


class TestContactPerson:
    def test_takes_in_a_file_and_says_what_its_words_mean(self, become: Become, how: How, tmp_path: Path) -> None:
        contact = become("contact", How("nn", how.width, how.javascript))
        course = f"Brannvernkurs {uuid.uuid4().int % 1_000_000:06}"  # figures: letters would be words
        upload(contact, a_file(tmp_path, course))
        read, new, rejected = contact.many("rad lest", "rader lest"), contact.many("ny", "nye"), contact.say("avvist")
        told = counts(contact)
        assert (told[read], told[new], told[rejected]) == ("5", "3", "2")
        columns = contact.page.locator("#kolonner tbody tr").all_inner_texts()
        assert any("Tilsettnr" in line for line in columns)  # how it was understood
        refused = contact.page.locator("#avviste tbody tr")
        expect(refused).to_have_count(2)
        expect(refused.first).to_contain_text("31.02.2027")
        contact.press("Ta inn filen")
        contact.sees("Filen er tatt inn", seconds=30)
        with contact.page.expect_download() as waited:
            contact.follow("Last ned som regneark")
        book = python_calamine.load_workbook(waited.value.path())
        rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
        assert any("31.02.2027" in row and 5 in row for row in rows)  # the row as it stood, and which it was
        contact.go("Enhetene mine")
        contact.follow("Bekreft nå")
        contact.press("Bekreft", contact.row(course))
        settled = contact.page.locator("main table").last.locator("tr").filter(has_text=course)
        expect(settled).to_be_visible()

    def test_is_told_in_a_sentence_what_is_wrong_with_a_picture(self, become: Become, tmp_path: Path) -> None:
        contact = become("contact", How("nn"))
        picture = tmp_path / "bilete.csv"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
        contact.go("Filer inn")
        contact.follow("Ta inn en fil")
        contact.page.locator('input[type="file"]').set_input_files(picture)
        contact.press("Les filen")
        expect(contact.page.locator("main [data-color='danger'], main .ds-error-summary").first).to_be_visible(
            timeout=30_000
        )
        contact.faults.clear()  # an answer of 422 is told in the console, too

    def test_orders_seats_that_the_office_accepts_and_calls_it_off(self, become: Become, how: How) -> None:
        contact = become("contact", how)
        stood = "Lindrande behandling" if how.language == "nn" else "Lindrende behandling"
        call_off(contact, stood)
        contact.go("Bestillinger")
        contact.page.locator("#id_measure").select_option(label=f"{stood} (2027)")
        contact.page.locator("#id_seats").fill("4")
        contact.press("Se hva bestillingen betyr")
        contact.press("Send bestillingen")
        expect(contact.page.locator("#notices")).to_contain_text("4")
        office = become("office", how)
        office.goto("/")
        office.follow("Lindr", office.panel("Bestillinger som venter"))
        office.press("Godta bestillingen")
        contact.page.reload()
        contact.sees("Godtatt")
        call_off(contact, stood)


def call_off(contact: Person, measure: str) -> None:
    contact.goto("/bestillinger/")
    for status in ("Venter på kurskontoret", "Godtatt"):
        standing = contact.row(measure).filter(has_text=contact.say(status)).get_by_role("link")
        if standing.count():
            standing.first.click()
            contact.page.locator("#avlys > summary").click()
            contact.page.locator("#cancel_reason").fill("Prøve")
            contact.press("Avlys bestillingen")
            contact.is_told("Bestillingen er avlyst.")
            return
