"""Marks a text for translation without translating it: plain Python may not import Django."""


def N_(text: str) -> str:  # noqa: N802 - the name every gettext tool knows
    return text
