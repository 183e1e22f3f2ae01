"""The round trip against real provider processes: one that follows the standard, one that does not."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from kompetanse.domains.organisation.models import Account
from tests import make

from . import provider as hostile

HERE = "http://testserver"


def configure(settings: object, issuer: str, *, vouches: bool = True) -> None:
    app = {
        "provider_id": "kommunen",
        "name": "Kommunen",
        "client_id": hostile.CLIENT,
        "secret": hostile.SECRET,
        "settings": {"server_url": issuer, "issuer": issuer, "vouches_for_email": vouches},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {  # type: ignore[attr-defined]
        "openid_connect": {**settings.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}  # type: ignore[attr-defined]
    }


@pytest.fixture(scope="module")
def misbehaving() -> Iterator[str]:
    command = [sys.executable, hostile.__file__]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.terminate()


@pytest.fixture(scope="module")
def standard() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(100):
            try:
                requests.get(f"{address}/.well-known/openid-configuration", timeout=1).raise_for_status()
                break
            except requests.RequestException:
                time.sleep(0.1)
        yield address
        process.terminate()


@pytest.fixture
def kari() -> Iterator[Account]:
    """An account with the address that the providers vouch for."""
    region = make.region()
    account = make.employee(region.municipalities[0]).account
    SocialAccount.objects.all().delete()  # nobody has signed in by a provider before
    account.email = "kari@example.com"
    account.save(update_fields=["email"])
    yield account
    account.email = ""
    account.save(update_fields=["email"])


def start(client: Client) -> dict[str, str]:
    """Ask to sign in; gives what we sent to the provider."""
    answer = client.post("/logg-inn/kommunen/")
    assert answer.status_code == 302, answer.content.decode()
    return {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


class TestRoundTrip:
    def test_a_standard_provider_signs_the_person_in(self, settings: object, standard: str, kari: Account) -> None:
        configure(settings, standard)
        requests.put(
            f"{standard}/users/kari-sub", json={"email": "kari@example.com", "email_verified": True}, timeout=5
        ).raise_for_status()
        client = Client()
        answer = client.post("/logg-inn/kommunen/")
        asked = parse_qs(urlsplit(answer["Location"]).query)
        assert asked["code_challenge_method"] == ["S256"]
        assert len(asked["nonce"][0]) >= 16

        there = requests.post(answer["Location"], data={"sub": "kari-sub"}, allow_redirects=False, timeout=5)
        back = client.get(there.headers["Location"].removeprefix(HERE))

        assert back.status_code == 302
        assert client.session["_auth_user_id"] == str(kari.pk)

    def test_somebody_unknown_gets_a_sentence_and_no_account(self, settings: object, standard: str) -> None:
        configure(settings, standard)
        before = Account.objects.count()
        client = Client()
        answer = client.post("/logg-inn/kommunen/")

        there = requests.post(answer["Location"], data={"sub": "a-stranger"}, allow_redirects=False, timeout=5)
        back = client.get(there.headers["Location"].removeprefix(HERE))

        assert back.status_code == 403
        assert "finner ingen bruker" in back.content.decode()
        assert not is_signed_in(client)
        assert Account.objects.count() == before


class TestMisbehavingProvider:
    def test_behaves_when_not_asked_to_misbehave(self, settings: object, misbehaving: str, kari: Account) -> None:
        configure(settings, misbehaving)
        client = Client()
        sent = start(client)

        client.get("/logg-inn/kommunen/svar/", {"code": f"none.{sent['nonce']}", "state": sent["state"]})

        assert client.session["_auth_user_id"] == str(kari.pk)

    @pytest.mark.parametrize("fault", hostile.FAULTS)
    def test_never_signs_anybody_in(self, settings: object, misbehaving: str, kari: Account, fault: str) -> None:
        configure(settings, misbehaving)
        client = Client()
        sent = start(client)

        answer = client.get("/logg-inn/kommunen/svar/", {"code": f"{fault}.{sent['nonce']}", "state": sent["state"]})

        assert answer.status_code == 403
        assert re.search("Prøv igjen", answer.content.decode())
        assert not is_signed_in(client)

    def test_an_address_it_does_not_vouch_for_opens_nothing(
        self, settings: object, misbehaving: str, kari: Account
    ) -> None:
        configure(settings, misbehaving, vouches=False)
        client = Client()
        sent = start(client)

        answer = client.get("/logg-inn/kommunen/svar/", {"code": f"none.{sent['nonce']}", "state": sent["state"]})

        assert answer.status_code == 403
        assert not is_signed_in(client)

    def test_one_that_is_down_gives_a_sentence(self, settings: object) -> None:
        configure(settings, "http://127.0.0.1:9")
        answer = Client().post("/logg-inn/kommunen/")
        assert answer.status_code == 403

    def test_one_that_calls_itself_something_else_is_refused(self, settings: object, misbehaving: str) -> None:
        configure(settings, misbehaving.replace("127.0.0.1", "localhost"))
        answer = Client().post("/logg-inn/kommunen/")
        assert answer.status_code == 403

    def test_an_unknown_one_is_not_found(self, settings: object) -> None:
        assert Client().post("/logg-inn/finnes-ikke/").status_code == 404


class TestState:
    def test_somebody_elses_state_is_refused(self, settings: object, misbehaving: str, kari: Account) -> None:
        configure(settings, misbehaving)
        attacker, victim = Client(), Client()
        sent = start(attacker)

        answer = victim.get("/logg-inn/kommunen/svar/", {"code": f"none.{sent['nonce']}", "state": sent["state"]})

        assert answer.status_code == 403
        assert not is_signed_in(victim)

    def test_a_state_is_used_once(self, settings: object, misbehaving: str, kari: Account) -> None:
        configure(settings, misbehaving)
        client = Client()
        sent = start(client)
        values = {"code": f"none.{sent['nonce']}", "state": sent["state"]}
        client.get("/logg-inn/kommunen/svar/", values)
        client.logout()

        answer = client.get("/logg-inn/kommunen/svar/", values)

        assert answer.status_code == 403
        assert not is_signed_in(client)

    @pytest.mark.parametrize(
        "values", [{}, {"code": "x"}, {"state": "x"}, {"error": "access_denied"}, {"code": "a", "state": "\0"}]
    )
    def test_nonsense_is_refused(self, settings: object, misbehaving: str, values: dict[str, str]) -> None:
        configure(settings, misbehaving)
        assert Client().get("/logg-inn/kommunen/svar/", values).status_code == 403

    def test_the_address_line_cannot_choose_nonce_or_scope(self, settings: object, misbehaving: str) -> None:
        configure(settings, misbehaving)
        answer = Client().post("/logg-inn/kommunen/?auth_params=nonce%3Dmine&scope=admin")
        asked = parse_qs(urlsplit(answer["Location"]).query)
        assert asked["nonce"] != ["mine"]
        assert "admin" not in asked["scope"][0]
