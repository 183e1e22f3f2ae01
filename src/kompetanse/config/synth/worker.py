"""A process of its own that lays municipalities. Imported before Django is set up, so it asks for little."""

from __future__ import annotations


def run(mark: str, scale: str) -> None:
    from kompetanse.config import installation

    installation.set_up()
    from . import loading

    loading.take_turns(mark, scale)
