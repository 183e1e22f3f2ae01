"""The bundle that is committed keeps its budget, its promises to the browser, and has the icons pages name."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "kompetanse"
STATIC = SOURCE / "ui" / "static" / "ui"
BUDGET = 75_000


def test_style_and_script_keep_their_budget() -> None:
    size = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in ("app.css", "app.js"))
    assert size <= BUDGET


def test_the_browser_is_asked_for_nothing_from_elsewhere() -> None:
    css = (STATIC / "app.css").read_text(encoding="utf-8")
    for address in re.findall(r"url\(\"?([^\")]+)", css):
        assert address.startswith("data:") or (STATIC / address).exists(), address
    assert "@import" not in css


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    missing = {
        f"{path.name}: {name}"
        for path in SOURCE.rglob("templates/**/*.html")
        for name in re.findall(r"""(?:\{% icon |icon=)["']([\w-]+)["']""", path.read_text(encoding="utf-8"))
        if name not in sprite
    }
    assert not missing


def test_the_licences_of_what_we_ship_are_with_it() -> None:
    text = (STATIC / "LICENCES.txt").read_text(encoding="utf-8")
    for name in ("designsystemet-css", "inter", "htmx.org", "aksel-icons"):
        assert name in text
