"""The one place that reads the environment. Validated at start; nothing else asks os.environ."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import psycopg.conninfo

from kompetanse.foundation import embedded


class Misconfigured(SystemExit):
    """The installation cannot start; the text says what to set."""


@dataclass(frozen=True, slots=True)
class LoginProvider:
    """An OIDC provider: `issuer` as it calls itself. `vouches_for_email`: its verified addresses are believed."""

    key: str
    name: str
    issuer: str
    client_id: str
    secret: str
    vouches_for_email: bool = False


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed over. `security` is starttls, tls or none."""

    host: str
    port: int
    user: str
    password: str
    security: str


@dataclass(frozen=True, slots=True)
class SmsService:
    """A service that takes SMS over HTTP: JSON by POST, with the fields named as the service names them."""

    url: str
    key: str = ""
    sender: str = "Kompetanse"
    to_field: str = "to"
    text_field: str = "text"
    sender_field: str = "from"
    reference_field: str = "reference"


@dataclass(frozen=True, slots=True)
class Environment:
    """What this installation was told. `database_url` empty means the embedded database in `data`."""

    data: Path
    database_url: str
    database_web_url: str
    secret_key: str
    identity_key: str
    public_url: str
    has_public_url: bool
    mail: MailServer | None
    mail_from: str
    sms: SmsService | None
    host: str
    port: int
    hosts: tuple[str, ...]
    login_providers: tuple[LoginProvider, ...]

    @property
    def is_embedded(self) -> bool:
        return not self.database_url


def read() -> Environment:
    data = Path(os.environ.get("KOMPETANSE_DATA", ".data")).resolve()
    host = os.environ.get("HOST", "127.0.0.1")
    raw_port = os.environ.get("PORT", "8000")
    if not raw_port.isdigit() or not 0 < int(raw_port) < 65536:
        raise Misconfigured(f"PORT må være et tall mellom 1 og 65535, ikke «{raw_port}».")
    database_url = os.environ.get("DATABASE_URL", "")
    return Environment(
        data=data,
        database_url=database_url,
        database_web_url=os.environ.get("DATABASE_WEB_URL", ""),
        secret_key=_key(data, "KOMPETANSE_SECRET_KEY", "secret.key", embedded_only=not database_url),
        identity_key=_key(data, "KOMPETANSE_IDENTITY_KEY", "identity.key", embedded_only=not database_url),
        public_url=os.environ.get("KOMPETANSE_URL", f"http://{host}:{raw_port}"),
        has_public_url=bool(os.environ.get("KOMPETANSE_URL")),
        mail=_mail_server(os.environ.get("KOMPETANSE_MAIL", "")),
        mail_from=os.environ.get("KOMPETANSE_MAIL_FROM", ""),
        sms=_sms_service(os.environ.get("KOMPETANSE_SMS", "")),
        host=host,
        port=int(raw_port),
        hosts=tuple(name for name in os.environ.get("KOMPETANSE_HOSTS", "").split(",") if name),
        login_providers=_login_providers(os.environ.get("KOMPETANSE_LOGIN_PROVIDERS", "")),
    )


def databases(env: Environment, *, name: str = "kompetanse", root: Path | None = None) -> dict[str, Any]:
    """Two doors to one database: `default` as the web role, `owner` for migrations."""
    if env.is_embedded:
        socket = str(embedded.socket_folder(embedded.cluster(root or env.data)))
        owner = {"NAME": name, "USER": embedded.OWNER, "HOST": socket, "PORT": ""}
        web = {**owner, "USER": embedded.WEB}
    else:
        owner = _parts(env.database_url)
        web = (
            _parts(env.database_web_url)
            if env.database_web_url
            else {
                **owner,
                "USER": embedded.WEB,
                "PASSWORD": web_password(env),
            }
        )
    common = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return {"default": {**common, **web}, "owner": {**common, **owner}}


def web_password(env: Environment) -> str:
    """The web role's password on a real server: derived, so that it is nowhere written down."""
    import hashlib
    import hmac

    return hmac.new(env.secret_key.encode(), b"web role", hashlib.sha256).hexdigest()


def _login_providers(told: str) -> tuple[LoginProvider, ...]:
    """From a JSON list of objects with LoginProvider's fields."""
    try:
        return tuple(LoginProvider(**provider) for provider in json.loads(told or "[]"))
    except (ValueError, TypeError) as error:
        raise Misconfigured(f"KOMPETANSE_LOGIN_PROVIDERS kan ikke leses: {error}") from error


MAIL_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


def _mail_server(url: str) -> MailServer | None:
    """From smtp://user:password@host:587 (starttls), smtps:// (tls) or smtp+plain:// (a server of one's own)."""
    if not url:
        return None
    try:
        told = urlsplit(url)
        port = told.port or MAIL_PORTS[told.scheme]
    except (ValueError, KeyError) as error:
        raise Misconfigured(
            f"KOMPETANSE_MAIL kan ikke leses: bruk smtp://bruker:passord@tjener:587 ({error})."
        ) from error
    if not told.hostname:
        raise Misconfigured("KOMPETANSE_MAIL sier ikke hvilken tjener: bruk smtp://bruker:passord@tjener:587.")
    security = {"smtp": "starttls", "smtps": "tls", "smtp+plain": "none"}[told.scheme]
    return MailServer(told.hostname, port, unquote(told.username or ""), unquote(told.password or ""), security)


def _sms_service(told: str) -> SmsService | None:
    """From a JSON object with SmsService's fields. Only over https, except to this machine."""
    if not told:
        return None
    try:
        service = SmsService(**json.loads(told))
    except (ValueError, TypeError) as error:
        raise Misconfigured(f"KOMPETANSE_SMS kan ikke leses: {error}") from error
    where = urlsplit(service.url)
    near = where.scheme == "http" and where.hostname in {"127.0.0.1", "localhost", "::1"}
    if not near and (where.scheme != "https" or not where.hostname):
        raise Misconfigured("KOMPETANSE_SMS må ha en url som begynner med https://.")
    return service


def _parts(url: str) -> dict[str, Any]:
    try:
        told = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise Misconfigured(f"DATABASE_URL kan ikke leses: {error}") from error
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    parts: dict[str, Any] = {names[key]: str(value) for key, value in told.items() if key in names}
    options = {key: value for key, value in told.items() if key not in names}
    return {**parts, **({"OPTIONS": options} if options else {})}


def _key(data: Path, variable: str, file: str, *, embedded_only: bool) -> str:
    """A secret from the environment, or one made once and kept beside the embedded database."""
    if told := os.environ.get(variable):
        if len(told) < 32:
            raise Misconfigured(f"{variable} må ha minst 32 tegn.")
        return told
    if not embedded_only:
        raise Misconfigured(f"Sett {variable} (minst 32 tilfeldige tegn) når DATABASE_URL er satt.")
    data.mkdir(parents=True, exist_ok=True)
    path = data / file
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text().strip()
