"""What one record says, gathered as statements, and the account that is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.sources.rdf_terms import concept, term
from kg.sources.record_batch import Batch
from kg.sources.relaton.references import Thing
from kg.store import ntriples
from kg.store.ntriples import EncodedTerm


@dataclass(slots=True)
class Saying:
    """What is said of the document of a record; ``account`` counts mendings and what is unknown."""

    this: Thing
    account: Batch
    lines: list[str] = field(default_factory=list)
    _mentioned: set[str] = field(default_factory=set)
    _mended: set[str] = field(default_factory=set)

    def say(self, property_: str, value: EncodedTerm) -> None:
        """Say something of the document."""
        self.lines.append(ntriples.encode_triple(self.this.node, term(property_), value))

    def text(self, property_: str, text: str, language: str | None = None) -> None:
        """Say something of the document in words."""
        self.say(property_, ntriples.encode_literal(text, language))

    def join(self, one: Thing, property_: str, other: Thing) -> None:
        """Relate two documents, and name both; a document is not related to itself."""
        if one.iri == other.iri:
            self.mend("relation-to-itself")
            return
        self.mention(one)
        self.mention(other)
        self.lines.append(ntriples.encode_triple(one.node, term(property_), other.node))

    def mention(self, thing: Thing) -> None:
        """Name a document that is referred to, once."""
        if thing.iri not in self._mentioned:
            self._mentioned.add(thing.iri)
            self.lines += thing.introduced

    def mend(self, code: str) -> None:
        """Count a fault of the record that was mended, and say so of the document."""
        self.account.mendings[code] += 1
        if code not in self._mended:
            self._mended.add(code)
            self.say("std:mended", concept("mending", code))
