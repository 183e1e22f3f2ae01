"""Minutes in the shape of Noark 5. Element names are the standard's own. A pure function."""

from __future__ import annotations

from typing import Any

# The access code of what is kept from the public; the legal ground stands beside it.
SHIELD_CODE = "UO"


def _shielded(ground: str) -> dict[str, Any]:
    if not ground:
        return {}
    return {"skjerming": {"tilgangsrestriksjon": SHIELD_CODE, "skjermingshjemmel": ground}}


def _document(title: str, number: int, *, main: bool, made: str, ground: str = "", digest: str = "") -> dict[str, Any]:
    told: dict[str, Any] = {
        "dokumenttype": "Møtereferat" if main else "Vedlegg",
        "dokumentstatus": "Dokumentet er ferdigstilt",
        "tittel": title,
        "opprettetDato": made,
        "tilknyttetRegistreringSom": "Hoveddokument" if main else "Vedlegg",
        "dokumentnummer": number,
        **_shielded(ground),
    }
    if digest:
        told["dokumentobjekt"] = {"sjekksum": digest, "sjekksumAlgoritme": "SHA-256"}
    return told


def _party(row: dict[str, str], kind: str) -> dict[str, str]:
    told = {"korrespondanseparttype": kind, "korrespondansepartNavn": row["name"]}
    return {**told, "organisasjonsnavn": row["represents"]} if row.get("represents") else told


def archived(content: dict[str, Any], *, meeting_id: int, written_at: str) -> dict[str, Any]:
    """A meeting's folder: one registry entry for the minutes and one for each case, with parties and documents."""
    body = content["body"]["nb"]
    held_on = content["held_on"]
    parties = [_party(row, "Intern mottaker") for row in (*content["present"], *content.get("deputies", ()))]
    entries: list[dict[str, Any]] = [
        {
            "systemID": f"referat-{meeting_id}",
            "journalposttype": "Organinternt dokument uten oppfølging",
            "journalstatus": "Ekspedert",
            "tittel": f"Møtereferat {body} {held_on}",
            "dokumentetsDato": content["written_on"],
            "journaldato": content["written_on"],
            "opprettetAv": content["written_by"],
            "korrespondansepart": parties,
            "dokumentbeskrivelse": [
                _document(f"Møtereferat {body} {held_on}", 1, main=True, made=content["written_on"])
            ],
        }
    ]
    for case in content["cases"]:
        ground = case.get("legal_ground", "")
        entry: dict[str, Any] = {
            "systemID": f"{meeting_id}-{case['reference']}",
            "journalposttype": "Saksframlegg",
            "journalstatus": "Ekspedert",
            "moeteregistreringstype": "Møtesak",
            "saksnummer": case["reference"],
            "tittel": f"{case['reference']} {case['title']}",
            "dokumentetsDato": held_on,
            "saksbehandler": case["presenter"],
            "vedtak": case["decision_text"],
            "korrespondansepart": parties,
            **_shielded(ground),
            "dokumentbeskrivelse": [
                _document(
                    row["title"], row["number"], main=False, made=held_on,
                    ground=row["legal_ground"], digest=row["sha256"],
                )
                for row in case.get("enclosures", ())
                if row["has_come"]
            ],
        }  # fmt: skip
        if case.get("earlier"):
            entry["referanseForrigeMoetesak"] = list(case["earlier"])
        entries.append(entry)
    return {
        "systemID": f"mote-{meeting_id}",
        "mappetype": "Møtemappe",
        "tittel": f"{body} {held_on}",
        "utvalg": body,
        "moetedato": held_on,
        "moetested": content["place"],
        "opprettetDato": written_at,
        "avsluttetDato": written_at,
        "arkivskaper": content["region"],
        "moetedeltaker": [
            {"navn": row["name"], "funksjon": row["kind"], "representerer": row["represents"]}
            for row in content["present"]
        ],
        "registrering": entries,
    }
