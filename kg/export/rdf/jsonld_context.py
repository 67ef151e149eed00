"""A JSON-LD context for writing: safe short names of IRIs.

General compaction algorithms shorten an IRI whenever a rule applies, even if the short form reads
back as another IRI (``std:a:b`` as ``a:b``, ``…/stdkg//a`` as ``a``). Here an IRI is shortened only
if the short form is unambiguous.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.common.errors import ExportError
from kg.common.resources import ontology

_GLOBAL: Final = frozenset({"@version", "@base", "@vocab", "@language", "@protected"})
_SUPPORTED: Final = frozenset({"@id", "@type", "@container", "@language", "@prefix", "@protected"})
_CONTAINERS: Final[tuple[list[str], ...]] = ([], ["@language"], ["@set"], ["@language", "@set"])

_NAME: Final = re.compile(r"[^\W\d][\w.-]*")
# A path that resolves to itself (RFC 3986, 5.2): no empty or dot segments, nothing that reads as a
# scheme, a query, a fragment or a keyword. No semicolon: rdflib resolves with Python's urljoin,
# which drops an empty parameter.
_SEGMENT: Final = r"(?!\.{1,2}(?:/|\Z))[^/?#:;@][^/?#:;]*"
_RELATIVE: Final = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*/?")
_BASE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+/(?:[^?#]*/)?")


@dataclass(frozen=True)
class TermDefinition:
    """A term of the context for a property, with the type, container or language of its values."""

    name: str
    iri: str
    type: str | None = None
    container: frozenset[str] = frozenset()
    language: str | None = None


@dataclass(frozen=True)
class JsonLdContext:
    """A parsed context; ``source`` is its JSON."""

    source: Mapping[str, object]
    base: str | None
    vocab: str | None
    language: str | None
    names: frozenset[str]
    aliases: Mapping[str, str]
    prefixes: Mapping[str, str]
    terms: Mapping[str, tuple[TermDefinition, ...]]

    def keyword(self, name: str) -> str:
        """Return the alias of a keyword (``id`` for ``@id``), or the keyword."""
        return self.aliases.get(name, name)

    def is_ambiguous(self, iri: str) -> bool:
        """Return whether the scheme of an IRI is a prefix, so that it reads as a compact IRI."""
        return iri.partition(":")[0] in self.prefixes

    def short_name(self, iri: str) -> str:
        """Return the short form of a property, class or datatype."""
        for term in self.terms.get(iri, ()):
            if term.type is None and not term.container and term.language == self.language:
                return term.name
        if self.vocab and iri.startswith(self.vocab):
            rest = iri[len(self.vocab) :]
            if _NAME.fullmatch(rest) and rest not in self.names:
                return rest
        return self._compact(iri) or iri

    def reference(self, iri: str) -> str:
        """Return the short form of a node: ``skos:Concept`` or, below the base, ``iso/tc/321``."""
        if compact := self._compact(iri):
            return compact
        if self.base and iri.startswith(self.base):
            rest = iri[len(self.base) :]
            if _RELATIVE.fullmatch(rest):
                return rest
        return iri

    @functools.cached_property
    def _namespaces(self) -> tuple[str, ...]:
        return tuple(self.prefixes.values())

    def _compact(self, iri: str) -> str | None:
        # One call rules out most IRIs.
        if not iri.startswith(self._namespaces):
            return None
        fitting = [
            (-len(namespace), prefix)
            for prefix, namespace in self.prefixes.items()
            if iri.startswith(namespace)
        ]
        length, prefix = min(fitting)
        rest = iri[-length:]
        # "prefix://" would be read as an absolute IRI (JSON-LD 1.1 API, 5.2).
        return None if not rest or rest.startswith("/") else f"{prefix}:{rest}"


def load_context() -> JsonLdContext:
    """Read the project's context, ``ontology/context.jsonld``; ExportError if that fails."""
    path = ontology() / "context.jsonld"
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ExportError(f"{path}: can't read the JSON-LD context: {error.strerror}") from error
    except ValueError as error:
        raise ExportError(f"{path}: the JSON-LD context is not JSON: {error}") from error
    return parse_context(document, str(path))


def parse_context(document: object, where: str) -> JsonLdContext:
    """Parse a context, with or without its ``@context`` key; ``where`` names it in errors.

    Supported are @base, @vocab, @language, aliases of keywords, prefixes, and terms with @id,
    @type, @language and the containers @language and @set. Terms with other keys (@reverse, @list,
    @index, their own @context ...) stay in the document for readers, but are not used. Raises
    ExportError for keys that would change the meaning of the document: a remote context, a list of
    contexts, @import, @direction, @propagate, a term with a colon.
    """
    source = document.get("@context", document) if isinstance(document, Mapping) else document
    if not isinstance(source, Mapping):
        raise ExportError(
            f"{where}: the JSON-LD context must be one JSON object, not a list or a URL"
        )
    definitions = {name: value for name, value in source.items() if not name.startswith("@")}
    unsupported = [name for name in source if name.startswith("@") and name not in _GLOBAL]
    unsupported += [name for name in definitions if not _NAME.fullmatch(name)]
    if unsupported:
        raise ExportError(
            f"{where}: {unsupported[0]!r} is not supported in the JSON-LD context: remove it"
        )
    base, vocab, language = (_text(source, key, where) for key in ("@base", "@vocab", "@language"))
    aliases: dict[str, str] = {}
    prefixes: dict[str, str] = {}
    terms: dict[str, tuple[TermDefinition, ...]] = {}
    expand = functools.partial(_expand, definitions, vocab or "", where)
    for name, definition in sorted(definitions.items()):
        iri = expand(name)
        if iri.startswith("@"):
            aliases.setdefault(iri, name)
        elif _is_prefix(definition, iri):
            prefixes[name] = iri
        elif iri and (term := _term(name, iri, definition, language, expand)):
            terms[iri] = (*terms.get(iri, ()), term)
    return JsonLdContext(
        source=dict(source),
        base=base if base and _BASE.fullmatch(base) else None,
        vocab=vocab,
        language=language,
        names=frozenset(definitions),
        aliases=aliases,
        prefixes=prefixes,
        terms=terms,
    )


def _text(source: Mapping[str, object], key: str, where: str) -> str | None:
    value = source.get(key)
    if value is None or (isinstance(value, str) and (key == "@language" or ":" in value)):
        return value.lower() if value and key == "@language" else value
    raise ExportError(
        f"{where}: {key} of the JSON-LD context must be an absolute IRI, not {value!r}"
    )


def _expand(
    definitions: Mapping[str, object],
    vocab: str,
    where: str,
    value: str,
    seen: tuple[str, ...] = (),
) -> str:
    """Return the IRI or keyword that a name stands for; empty if it is mapped to null."""
    if value.startswith("@"):
        return value
    if value in definitions and value not in seen:
        definition = definitions[value]
        if isinstance(definition, Mapping):
            definition = definition.get("@id", value)
        if definition is None:
            return ""
        if not isinstance(definition, str):
            raise ExportError(
                f"{where}: the term {value!r} of the JSON-LD context has no readable @id"
            )
        return _expand(definitions, vocab, where, definition, (*seen, value))
    prefix, colon, rest = value.partition(":")
    if not colon:
        return vocab + value
    if prefix not in definitions or rest.startswith("//"):
        return value
    if prefix in seen:
        raise ExportError(
            f"{where}: the term {prefix!r} of the JSON-LD context is defined by itself"
        )
    return _expand(definitions, vocab, where, prefix, seen) + rest


def _is_prefix(definition: object, iri: str) -> bool:
    """Return whether a term is a prefix of compact IRIs (JSON-LD 1.1 API, 4.2.2)."""
    if isinstance(definition, Mapping):
        return definition.get("@prefix") is True
    return iri.endswith(tuple(":/?#[]@"))


def _term(
    name: str,
    iri: str,
    definition: object,
    default_language: str | None,
    expand: Callable[[str], str],
) -> TermDefinition | None:
    """Parse the definition of a property; None if it has keys that are not supported."""
    if not isinstance(definition, Mapping):
        return TermDefinition(name, iri, language=default_language)
    container = definition.get("@container") or []
    container = [container] if isinstance(container, str) else container
    kind, language = definition.get("@type"), definition.get("@language", default_language)
    if (
        definition.keys() - _SUPPORTED
        or not isinstance(container, list)
        or sorted(container, key=str) not in _CONTAINERS
        or not isinstance(kind, str | None)
        or not isinstance(language, str | None)
    ):
        return None
    if kind is None:
        language = language.lower() if language else None
        return TermDefinition(name, iri, None, frozenset(container), language)
    kind = expand(kind)
    if "@language" in container or (kind.startswith("@") and kind not in ("@id", "@vocab")):
        return None
    return TermDefinition(name, iri, kind, frozenset(container))
