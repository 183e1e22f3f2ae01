"""Login by a municipality's own provider. The library drives the round trip; the trust is ours (rules.oidc).

State, nonce and the PKCE verifier live in the session and are used once. A provider that misbehaves, by
error, by silence or by malice, gives the person a sentence and never a session.
"""

from __future__ import annotations

import logging
import secrets
import time
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from kompetanse.domains.integrations.rules import oidc
from kompetanse.domains.organisation import api as organisation
from kompetanse.ui.replies import error_reply

logger = logging.getLogger(__name__)
# Names the library refers to, for things nobody can do here: a municipality's register makes the users.
NOT_OFFERED = (
    "account_signup",
    "account_reset_password",
    "account_inactive",
    "account_email_verification_sent",
    "socialaccount_signup",
    "socialaccount_connections",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
)
TIMEOUT = 10  # seconds a provider gets to answer


class StrictAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Verifies everything the provider says before it is believed."""

    nonce = ""

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any) -> SocialLogin:
        try:
            config = self.openid_config
            claims = oidc.verify_id_token(
                kwargs["response"].get("id_token"),
                keys=self._fetch(config["jwks_uri"]),
                issuer=config["issuer"],
                client_id=app.client_id,
                nonce=self.nonce,
                now=time.time(),
            )
            bearer = {"Authorization": f"Bearer {token.token}"}
            userinfo = oidc.verify_userinfo(self._fetch(config["userinfo_endpoint"], bearer), claims)
        except oidc.UntrustedAnswer as error:
            raise OAuth2Error(str(error)) from error
        return self.get_provider().sociallogin_from_response(request, {"userinfo": userinfo, "id_token": claims})

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description; its issuer must be the one we were told of."""
        if not hasattr(self, "_told"):
            app = self.get_provider().app
            config = self._fetch(self.get_provider().server_url)
            if not isinstance(config, dict) or config.get("issuer") != app.settings["issuer"]:
                raise OAuth2Error("the provider calls itself something else than we were told")
            for name in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"):
                if not str(config.get(name, "")).startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
                    raise OAuth2Error(f"the provider's {name} is not a safe address")
            self._told = config
        return self._told

    def _fetch(self, address: str, headers: dict[str, str] | None = None) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(address, headers=headers, timeout=TIMEOUT, allow_redirects=False)
            if answer.status_code != 200:
                raise OAuth2Error(f"{address} answered {answer.status_code}")
            return answer.json()


class StrictProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """Sends a nonce of its own with every request, whatever the address line asked for."""

    oauth2_adapter_class = StrictAdapter
    pkce_enabled_default = True

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        return dict(self.get_auth_params())

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponse:
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or {}), "nonce": nonce}
        response: HttpResponse = super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)
        return response


class StrictCallback(OAuth2CallbackView):  # type: ignore[misc]
    """Hands the nonce from the session's one-time state to the adapter."""

    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce") or ""
        return state, response


class ClosedSignup(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody becomes a user by logging in: a municipality's register says who works there."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, tie the login to the one account with the address the provider vouches for."""
        if sociallogin.is_existing:
            return
        userinfo = sociallogin.account.extra_data.get("userinfo", {})
        app = sociallogin.provider.app
        email = userinfo.get("email")
        vouched = userinfo.get("email_verified") is True and bool(app.settings.get("vouches_for_email"))
        account = organisation.find_account(email) if vouched and isinstance(email, str) else None
        if account is None:
            raise ImmediateHttpResponse(
                error_reply(
                    request,
                    403,
                    _(
                        "Innloggingen virket, men vi finner ingen bruker som er din. "
                        "Be lederen din eller kommunens kontaktperson om å legge inn e-postadressen din."
                    ),
                )
            )
        sociallogin.connect(request, account)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        logger.warning("login by %s refused: %s %s", getattr(provider, "sub_id", provider), error, exception)
        raise ImmediateHttpResponse(_refusal(request))


def absent(request: HttpRequest) -> HttpResponse:
    """There is no such page."""
    raise Http404


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the person to their provider."""
    return _guarded(request, provider_id, OAuth2LoginView)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The person is back, with the provider's word for who they are."""
    return _guarded(request, provider_id, StrictCallback)


def _guarded(request: HttpRequest, provider_id: str, view: Any) -> HttpResponse:
    try:
        response: HttpResponse = view.adapter_view(StrictAdapter(request, provider_id))(request)
        return response
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    except ImmediateHttpResponse as answer:
        return answer.response  # type: ignore[no-any-return]
    except (OAuth2Error, ProviderException, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        # Whatever shape a provider's nonsense takes, it is the provider's: the person gets a sentence.
        logger.warning("login by %s failed: %r", provider_id, error)
        return _refusal(request)


def _refusal(request: HttpRequest) -> HttpResponse:
    return error_reply(
        request,
        403,
        _(
            "Innloggingen ble ikke godtatt. Prøv igjen. Skjer det flere ganger, "
            "si fra til den som drifter innloggingen i kommunen din."
        ),
    )
