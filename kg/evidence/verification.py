"""Holds the phrases of an article's claims against the article's text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import STD, compact
from kg.evidence import coverage, selectors
from kg.evidence.selectors import Position, Quote
from kg.sources import article
from kg.sources.article import Article


@dataclass(frozen=True)
class Verification:
    """What came of holding one source's phrases against a text.

    ``faults`` are phrases that are not in the text as they stand, ``outdated`` records of positions
    that no longer hold: lines for the user, each naming file and line, and what to do.
    """

    article: Article
    source: str
    text: str
    places: tuple[tuple[Quote, Position], ...]
    faults: tuple[str, ...]
    outdated: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether every phrase stands in the text where it is recorded."""
        return not self.faults and not self.outdated


def verify(articles: Iterable[Article], file: Path) -> Verification:
    """Check every phrase of the source whose SHA-256 is that of the file.

    Found, unique, and at the recorded position. Raises KgError when the file can't be read, or is
    the text of no known source.
    """
    try:
        content = file.read_bytes()
    except OSError as error:
        raise KgError(
            f"{file}: {error.strerror}: name the file that holds the article's text"
        ) from error
    found, source = _source_of(list(articles), hashlib.sha256(content).hexdigest(), file)
    text = content.decode("utf-8")
    recorded = selectors.positions(found.quads)
    places, faults, outdated = [], [], []
    for quote in (q for q in selectors.quotes(found.quads) if q.source == source):
        try:
            place = selectors.position(text, quote)
        except KgError as error:
            faults.append(f"{_where(found, quote)}: {compact(quote.evidence)}: {error}")
            continue
        places.append((quote, place))
        was = recorded.get(quote.evidence)
        if was is not None and was != place:
            outdated.append(
                f"{_where(found, quote)}: {compact(quote.evidence)}: recorded at "
                f"{was.start}-{was.end}, but stands at {place.start}-{place.end}: "
                f"run 'kg verify {file} --write'"
            )
    digests = {
        quad.object.value
        for quad in found.quads
        if quad.predicate == selectors.VERIFIED_DIGEST
        and article.subject_iri(quad) == source
        and isinstance(quad.object, ox.Literal)
    }
    if not faults and not outdated and digests != {selectors.digest(places)}:
        outdated.append(
            f"{found.folder / article.POSITIONS_FILE}: positions are missing or out of date: "
            f"run 'kg verify {file} --write'"
        )
    return Verification(found, source, text, tuple(places), tuple(faults), tuple(outdated))


def write(verification: Verification) -> Path:
    """Write the positions found beside the claims; returns the file."""
    file = verification.article.folder / article.POSITIONS_FILE
    note = "# Written by 'kg verify TEXTFILE --write': where each phrase stands in the text.\n"
    found = selectors.positions_trig(verification.source, verification.places)
    part = file.with_suffix(".part")
    try:
        part.write_text(f"{note}\n{found}", encoding="utf-8")
        part.replace(file)
    except OSError as error:
        raise KgError(f"{file}: {error.strerror}: positions are kept beside the claims") from error
    return file


def cover(verification: Verification) -> coverage.Coverage:
    """Which parts of the text the claims stand on, sentence by sentence."""
    claims: dict[str, list[str]] = {}
    for quad in verification.article.quads:
        if quad.predicate.value == STD + "evidence" and isinstance(quad.object, ox.NamedNode):
            claims.setdefault(quad.object.value, []).append(article.subject_iri(quad))
    standing = [
        coverage.Standing(claim, place)
        for quote, place in verification.places
        for claim in claims.get(quote.evidence, [])
    ]
    listed = coverage.stretches(verification.article.quads, verification.source)
    return coverage.measure(verification.text, standing, listed)


def _source_of(articles: list[Article], sha256: str, file: Path) -> tuple[Article, str]:
    known = {}
    for one in articles:
        for quad in one.quads:
            if quad.predicate.value == STD + "sha256" and isinstance(quad.object, ox.Literal):
                known[quad.object.value] = (one, article.subject_iri(quad))
    if sha256 not in known:
        wanted = ", ".join(f"{a.slug} {sha[:12]}…" for sha, (a, _) in sorted(known.items()))
        raise KgError(
            f"{file}: SHA-256 {sha256[:12]}… is the text of no known source ({wanted}): "
            "give the unchanged text of one of them"
        )
    return known[sha256]


def _where(found: Article, quote: Quote) -> str:
    home = next(
        file
        for file in found.files
        if file.name != article.POSITIONS_FILE
        and any(article.subject_iri(q) == quote.evidence for q in article.parse_trig(file))
    )
    return f"{home}:{article.line_of(home, quote.exact)}"
