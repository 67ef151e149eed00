"""Verification that an article's phrases occur in its text, at their recorded positions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.common.errors import ExportError, SourceError
from kg.common.files import decode_utf8
from kg.common.namespaces import compact, node
from kg.evidence.coverage import (
    ClaimPhrase,
    TextCoverage,
    measure_text_coverage,
    read_uncovered_stretches,
)
from kg.evidence.naming import Naming, name_parts
from kg.evidence.qualifiers import find_uncarried_qualifiers
from kg.evidence.reader import HAS_EVIDENCE, Position, quad_lookup, texts
from kg.evidence.selectors import (
    VERIFIED_DIGEST,
    Quote,
    locate_quote,
    positions_digest,
    positions_to_trig,
    read_positions,
    read_quotes,
)
from kg.sources import article
from kg.sources.article import Article

_SHA256: Final = node("std:sha256")


@dataclass(frozen=True)
class Verification:
    """The result of checking the phrases of one source against its text.

    ``source`` is an IRI, ``positions`` are those found in the text. ``faults`` (phrases that are
    not in the text) and
    ``outdated`` (recorded positions that are wrong) are messages that name file, line and remedy.
    ``parts`` says of each claim how its subject, agent and date are known.
    """

    article: Article = field(repr=False)
    source: str
    text: str = field(repr=False)
    positions: tuple[tuple[Quote, Position], ...] = field(repr=False)
    faults: tuple[str, ...]
    outdated: tuple[str, ...]
    parts: tuple[Naming, ...] = field(default=(), repr=False)

    @property
    def sound(self) -> bool:
        """Whether every phrase is in the text at its recorded position."""
        return not self.faults and not self.outdated


def verify_phrases(articles: Iterable[Article], file: Path) -> Verification:
    """Check the phrases of the source whose text is in a file, which its SHA-256 identifies.

    A phrase must be in the text, once, at its recorded position. Phrases of proposed claims are
    left out, as the claims are. Raises SourceError when the file can't be read or is not the text
    of a source.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{file}: {error.strerror}: name the file that holds the article's text"
        ) from error
    articles = list(articles)
    owner, source = _source_of(articles, hashlib.sha256(content).hexdigest(), file)
    decode_utf8(content, str(file))
    # Positions count a byte order mark, as whoever reads the file as UTF-8 does.
    text = content.decode("utf-8")
    recorded = read_positions(owner.stated)
    positions, faults, outdated = [], [], []
    for quote in (q for q in read_quotes(owner.stated) if q.source == source):
        try:
            position = locate_quote(text, quote)
        except SourceError as error:
            faults.append(f"{_file_and_line(owner, quote)}: {compact(quote.evidence)}: {error}")
            continue
        positions.append((quote, position))
        old = recorded.get(quote.evidence)
        if old is not None and old != position:
            outdated.append(
                f"{_file_and_line(owner, quote)}: {compact(quote.evidence)}: recorded at "
                f"{old.start}-{old.end}, but found at {position.start}-{position.end}: "
                f"run 'kg verify {file} --write'"
            )
    digests = texts(quad_lookup(owner.stated), ox.NamedNode(source), VERIFIED_DIGEST)
    if not faults and not outdated and digests != [positions_digest(positions)]:
        outdated.append(
            f"{owner.folder / article.POSITIONS_FILE}: positions are missing or out of date: "
            f"run 'kg verify {file} --write'"
        )
    parts = name_parts(_claims_of(owner, source), [q for each in articles for q in each.quads])
    return Verification(
        owner, source, text, tuple(positions), tuple(faults), tuple(outdated), tuple(parts)
    )


def _claims_of(owner: Article, source: str) -> list[str]:
    """Return the claims (IRIs) that stand on phrases of a source, sorted."""
    of_source = {quote.evidence for quote in read_quotes(owner.stated) if quote.source == source}
    return sorted(
        {
            article.subject_iri(quad)
            for quad in owner.stated
            if quad.predicate == HAS_EVIDENCE
            and isinstance(quad.object, ox.NamedNode)
            and quad.object.value in of_source
        }
    )


def write_positions(verification: Verification) -> Path:
    """Write the positions found into the article's folder; return the file."""
    file = verification.article.folder / article.POSITIONS_FILE
    note = "# Written by 'kg verify TEXTFILE --write': where each phrase stands in the text.\n"
    trig = positions_to_trig(verification.source, verification.positions)
    part = file.with_suffix(".part")
    try:
        part.write_text(f"{note}\n{trig}", encoding="utf-8")
        part.replace(file)
    except OSError as error:
        raise ExportError(
            f"{file}: {error.strerror}: make the article's folder writable"
        ) from error
    return file


def coverage_of(verification: Verification) -> TextCoverage:
    """Return the coverage of the verified text by claims, sentence by sentence."""
    quads = verification.article.stated
    claims: dict[str, list[str]] = {}
    for quad in quads:
        if quad.predicate == HAS_EVIDENCE and isinstance(quad.object, ox.NamedNode):
            claims.setdefault(quad.object.value, []).append(article.subject_iri(quad))
    phrases = [
        ClaimPhrase(claim, position)
        for quote, position in verification.positions
        for claim in claims.get(quote.evidence, [])
    ]
    uncovered = read_uncovered_stretches(quads, verification.source)
    covered = measure_text_coverage(verification.text, phrases, uncovered)
    uncarried = find_uncarried_qualifiers(verification.text, phrases, quads)
    return replace(
        covered,
        sentences=tuple(
            replace(
                each,
                loose=(
                    *each.loose,
                    *(p for p in uncarried if each.start <= p.start and p.end <= each.end),
                ),
            )
            for each in covered.sentences
        ),
    )


def _source_of(articles: list[Article], sha256: str, file: Path) -> tuple[Article, str]:
    """Return the article and the source (IRI) whose text has a SHA-256."""
    known = {}
    for each in articles:
        for quad in each.quads:
            if quad.predicate == _SHA256 and isinstance(quad.object, ox.Literal):
                known[quad.object.value] = (each, article.subject_iri(quad))
    if sha256 not in known:
        wanted = ", ".join(f"{a.slug} {sha[:12]}…" for sha, (a, _) in sorted(known.items()))
        raise SourceError(
            f"{file}: SHA-256 {sha256[:12]}… matches no known source ({wanted}): "
            "give the unchanged text of one of them"
        )
    return known[sha256]


def _file_and_line(owner: Article, quote: Quote) -> str:
    home = next(
        file
        for file in owner.files
        if file.name != article.POSITIONS_FILE
        and any(article.subject_iri(q) == quote.evidence for q in article.parse_trig(file))
    )
    return f"{home}:{article.line_of(home, quote.exact)}"
