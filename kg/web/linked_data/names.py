"""IRIs of the graph as paths of the server.

The graph keeps its own IRIs wherever it is served: they name the same things in documents, dumps
and answers of the endpoint. An IRI ``https://w3id.org/stdkg/PATH`` is looked up at ``PATH`` under
the address of the server.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from kg.common.namespaces import BASE


def path_of(iri: str) -> str | None:
    """Return the path at which an IRI is looked up; None for an IRI of others.

    >>> path_of("https://w3id.org/stdkg/ontology#Ballot")
    'ontology'
    """
    return iri.removeprefix(BASE).partition("#")[0] if iri.startswith(BASE) else None


def page_path(path: str) -> str:
    """Return the path of the page about what a path means.

    >>> page_path("itu-t/id/emc-3_%2801%2F1974%29")
    'show/itu-t/id/emc-3_%252801%252F1974%2529'
    """
    return "show/" + quote(path, safe="/:@!$&'()*+,;=~")


def iris_of(path: str) -> list[str]:
    """Return the IRIs that a path of a request may mean, the most probable first.

    Clients and proxies escape more or fewer characters than the IRIs do.

    >>> iris_of("itu-t/id/emc-3_(01%2F1974)")[1]
    'https://w3id.org/stdkg/itu-t/id/emc-3_%2801%2F1974%29'
    """
    parts = [unquote(part) for part in path.split("/")]
    escaped = ("/".join(quote(part, safe=safe) for part in parts) for safe in ("", "!$&'()*+,;=:@"))
    return [BASE + each for each in dict.fromkeys((path, *escaped))]
