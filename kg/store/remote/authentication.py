"""Credentials for an endpoint, sent in the way that it asks for: Basic or Digest."""

from __future__ import annotations

from collections.abc import Generator

import httpx

from kg.common.errors import StoreError
from kg.store.remote.endpoint import Endpoint


class ChosenAuth(httpx.Auth):
    """Answers a challenge with Basic (RFC 7617) or Digest (RFC 7616).

    Without a challenge nothing is sent. A user without a password has that of ~/.netrc, as has a
    host without a user.
    """

    requires_request_body = True

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        # By host: those of one are nobody else's, such as of another that takes the updates.
        self._chosen: dict[bytes, httpx.BasicAuth] = {}

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send a request, and again with credentials if it is challenged."""
        if (chosen := self._chosen.get(request.url.netloc)) is not None:
            yield from chosen.auth_flow(request)
            return
        response = yield request
        challenge = response.headers.get("WWW-Authenticate", "").lower()
        if response.status_code != httpx.codes.UNAUTHORIZED or "Authorization" in request.headers:
            return
        credentials = self._credentials(request.url.host)
        if credentials is None:
            return
        if "digest" in challenge:
            yield from _DigestAfter(*credentials).answer(request, response)
        elif "basic" in challenge:
            chosen = self._chosen[request.url.netloc] = httpx.BasicAuth(*credentials)
            yield from chosen.auth_flow(request)

    def _credentials(self, host: str) -> tuple[str, str] | None:
        user, password = self._endpoint.user, self._endpoint.password
        if user is not None and password is not None:
            return user, password
        found = _from_netrc(host)
        if found is not None and user in (None, found[0]):
            return found
        if user is not None:
            raise StoreError(
                f"there is no password for {user} at {host}: set KG_ENDPOINT_PASSWORD, or add it to"
                " ~/.netrc"
            )
        return None


class _DigestAfter(httpx.DigestAuth):
    """Answers a challenge that has arrived already."""

    def answer(
        self, request: httpx.Request, response: httpx.Response
    ) -> Generator[httpx.Request, httpx.Response, None]:
        flow = self.auth_flow(request)
        next(flow)
        yield flow.send(response)


def _from_netrc(host: str) -> tuple[str, str] | None:
    """Return user and password of a host; None if there is no file or no entry."""
    import netrc
    import os

    try:
        entries = netrc.netrc(os.environ.get("NETRC"))
    except FileNotFoundError:
        return None
    except (netrc.NetrcParseError, OSError) as error:
        raise StoreError(f"~/.netrc can't be read: {error}: correct it") from error
    entry = entries.authenticators(host)
    return (entry[0], entry[2]) if entry else None
