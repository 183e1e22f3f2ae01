"""What may go wrong on purpose. Every error says in a whole sentence what is wrong and what to do."""

from __future__ import annotations

from typing import ClassVar

from .text_marker import N_


class DomainError(Exception):
    """A rule of the field said no. `sentence` is a message id in bokmål with %(name)s places.

    The sentence is translated where it is shown, so that the reader's written form decides, not the writer's.
    """

    code: ClassVar[str] = "domain_error"
    sentence: ClassVar[str] = ""

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text())

    def text(self) -> str:
        """The sentence in bokmål with its places filled."""
        return self.sentence % self.params if self.params else self.sentence


class Refused(DomainError):
    """The actor may not do this. Shown with its reason as 403 inside the actor's own tenants."""

    code = "refused"
    sentence = "%(why)s"


class NotFound(DomainError):
    """There is no such thing, or it belongs to somebody else: the two look alike on purpose."""

    code = "not_found"
    sentence = N_("Fant ikke det du spurte etter. Det kan være slettet, eller du har ikke tilgang til det.")
