"""Sentences that rules have given as data, in the reader's written form."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from kompetanse.kernel.words import Words


def say(words: Words) -> str:
    """The sentence in the reader's language with its places filled."""
    text = gettext(words.sentence)
    return text % words.params if words.params else text


def say_all(sentences: Iterable[Words]) -> str:
    """Several whole sentences, one after the other."""
    return " ".join(say(words) for words in sentences)
