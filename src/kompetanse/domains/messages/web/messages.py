"""What was written to me, and how I am reached."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kompetanse.domains.messages import api as messages
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply


@page("meldinger/", signed_in=True)
def own(request: PageRequest) -> Reply:
    """What has been written to me, whether it was sent or not."""
    return Reply.page("messages/own.html", messages.list_messages(request.ctx))


@page("meldinger/adresser/", right=messages.Right.ADDRESS_MEND)
def failing_addresses(request: PageRequest) -> Reply:
    """Addresses that take no mail."""
    return Reply.page("messages/addresses.html", messages.list_failing(request.ctx))
