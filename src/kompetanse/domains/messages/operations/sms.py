"""SMS, behind an adapter: nothing configured, nothing offered. One that speaks HTTP is here; another is one class."""

from __future__ import annotations

import http.client
import json
import re
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 20  # seconds
LONGEST = 300


class SmsWasRefused(Exception):
    """The service said no. `code` is its HTTP status; `about_number`: trying the same number again is of no use."""

    def __init__(self, code: int, text: str) -> None:
        self.code = code
        self.about_number = code in {400, 404, 422}
        super().__init__(f"{code} {text}"[:300])


class SmsIsDown(Exception):
    """The service could not be reached: nothing was handed over."""


class SmsRoute(Protocol):
    """A way to send SMS. Anything raised but the two above means that nobody knows whether it went."""

    def send(self, number: str, text: str, reference: str) -> None: ...


class HttpSms:
    """Posts JSON to a service, with the fields named as it names them. `reference` is the same for every try."""

    def __init__(self, service: Any) -> None:
        self.service = service

    def send(self, number: str, text: str, reference: str) -> None:
        told = self.service
        where = urlsplit(told.url)
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        connection = kind(where.hostname or "", where.port, timeout=TIMEOUT)
        body = {
            told.to_field: number,
            told.text_field: text,
            told.sender_field: told.sender,
            told.reference_field: reference,
        }
        headers = {"Content-Type": "application/json", "Idempotency-Key": reference}
        if told.key:
            headers["Authorization"] = f"Bearer {told.key}"
        try:
            try:
                connection.connect()
            except OSError as error:
                raise SmsIsDown(str(error)) from error
            path = (where.path or "/") + (f"?{where.query}" if where.query else "")
            connection.request("POST", path, json.dumps(body).encode(), headers)
            answer = connection.getresponse()
            said = answer.read(500).decode(errors="replace")
        finally:
            connection.close()
        if not 200 <= answer.status < 300:
            raise SmsWasRefused(answer.status, said)


def route() -> SmsRoute | None:
    """The way that is configured, if any."""
    return HttpSms(settings.SMS) if settings.SMS else None


def number_of_phone(phone: str) -> str:
    """A Norwegian mobile number, or one with its country, as the services take it; empty where it is neither."""
    digits = re.sub(r"[\s().-]", "", phone)
    if re.fullmatch(r"[49]\d{7}", digits):
        return f"+47{digits}"
    if re.fullmatch(r"0047[49]\d{7}", digits):
        return f"+{digits[2:]}"
    if re.fullmatch(r"\+47[49]\d{7}", digits) or re.fullmatch(r"\+(?!47)\d{8,15}", digits):
        return digits
    return ""


def text_of(subject: str, link: str) -> str:
    """What an SMS says: the subject, and where the rest is to be read behind the sign-in."""
    return f"{subject[: LONGEST - len(link) - 1]}\n{link}"
