"""Options of an endpoint that has the graph, in place of a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from kg.store.remote.endpoint import Endpoint

_ENDPOINT: Final = "kg.endpoint"


def _remember(context: click.Context, param: click.Parameter, value: Any) -> Any:
    context.meta.setdefault(_ENDPOINT, {})[param.name] = value
    return value


def endpoint_options(*, loads: bool) -> tuple[Callable[[Any], Any], ...]:
    """Make the options; ``loads`` says whether the endpoint is written to."""
    keep: dict[str, Any] = {"expose_value": False, "callback": _remember}
    return (
        click.option(
            "--endpoint",
            metavar="URL",
            help="SPARQL endpoint that has the graph, instead of a folder.  [default: KG_ENDPOINT]",
            **keep,
        ),
        click.option(
            "--update-url",
            metavar="URL",
            hidden=not loads,
            help="Address for SPARQL updates, if it is another.  [default: KG_UPDATE_URL]",
            **keep,
        ),
        click.option(
            "--user",
            metavar="NAME",
            help="User of the endpoint; KG_ENDPOINT_PASSWORD or ~/.netrc has the password.",
            **keep,
        ),
        click.option(
            "--header",
            "headers",
            metavar="'NAME: VALUE'",
            multiple=True,
            help="HTTP header for the endpoint; for tokens rather set KG_ENDPOINT_HEADERS.",
            **keep,
        ),
    )


def endpoint_to_load(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of an endpoint that is written to."""
    for option in reversed(endpoint_options(loads=True)):
        command = option(command)
    return command


def given_endpoint(store: str | None) -> Endpoint | None:
    """Return the endpoint to use, given the value of ``--store``; None for a folder.

    ``--endpoint`` comes first, then ``--store``, then the environment variable KG_ENDPOINT.
    """
    given = click.get_current_context().meta.get(_ENDPOINT, {})
    url = given.get("endpoint")
    if url == "":
        raise click.UsageError("--endpoint is empty: give the address of a SPARQL endpoint")
    if url is None and store is None:
        url = os.environ.get("KG_ENDPOINT") or None
    if url is None:
        for name in ("update_url", "user", "headers"):
            if given.get(name):
                raise click.UsageError(f"--{name.replace('_', '-').rstrip('s')} needs --endpoint")
        return None
    from kg.store.remote.endpoint import Endpoint, parse_headers

    headers = parse_headers(given.get("headers") or ())
    return Endpoint.of_environment(url, given.get("update_url"), given.get("user"), headers)


def endpoint_to_write() -> Endpoint:
    """Return the endpoint to load into, from ``--endpoint`` or KG_ENDPOINT."""
    endpoint = given_endpoint(None)
    if endpoint is None:
        raise click.UsageError("--endpoint is missing: give the address of a SPARQL endpoint")
    return endpoint
