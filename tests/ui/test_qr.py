"""QR codes are read as they were meant. The patterns were read back by a reader of another make (zbar)."""

from __future__ import annotations

import hashlib

import pytest

from kompetanse.ui import qr

ADDRESS = (
    "https://kompetanse.example.no/oppmote/123/?kode=7QK3MX&x=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOP"
)
# Letters of the address to the pattern's fingerprint.
READ = {
    10: "58dd994868134ffe",
    26: "7770c6f46e20227e",
    40: "a02651630ff75069",
    60: "8fa5f4ee39a130e7",
    80: "5802979b05fee2fb",
    106: "e753968f9682ec78",
}


def fingerprint(text: str) -> str:
    return hashlib.sha256("".join(str(int(dark)) for row in qr.encode(text) for dark in row).encode()).hexdigest()[:16]


@pytest.mark.parametrize(("letters", "pattern"), READ.items())
def test_draws_what_a_reader_has_read(letters: int, pattern: str) -> None:
    assert fingerprint(ADDRESS[:letters]) == pattern


def test_what_is_too_long_is_said_to_be() -> None:
    with pytest.raises(ValueError, match="106"):
        qr.encode("x" * 107)


def test_the_image_has_a_name_and_writes_nothing_of_the_text() -> None:
    image = qr.svg("https://x/<script>", 'Kode "nå"')
    assert 'role="img" aria-label="Kode &quot;nå&quot;"' in image
    assert "<script" not in image
