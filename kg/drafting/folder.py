"""The drafts of an article's folder: written, drafted again, accepted and refused.

``claims/draft.trig`` holds what is only proposed; it is written anew each time. What is accepted
moves to ``claims/accepted.trig``, and its new entities to ``entities.trig``, where the curator goes
on: the program only ever adds to these.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.common.errors import ArgumentError, ExportError, KgError, SourceError
from kg.common.namespaces import BASE, ENTITIES_GRAPH
from kg.drafting.claims import claim_block, entity_blocks, head, new_entities, prefixes
from kg.drafting.figure_claims import Vocabulary
from kg.drafting.model import Draft
from kg.drafting.proposals import (
    FILE,
    Proposal,
    decide,
    merge,
    proposals_of,
    read_proposals,
    write_proposals,
)
from kg.drafting.review import REVIEW_FILE, review_page
from kg.sources.article import Article, parse_trig, read_article, subject_iri
from kg.sources.article_folder import ArticleDetails, new_article

PROPOSED_FILE: Final = Path("claims") / "draft.trig"
ACCEPTED_FILE: Final = Path("claims") / "accepted.trig"
ENTITIES_FILE: Final = Path("entities.trig")
_PROPOSED_HEAD: Final = """\
Claims that 'kg draft' proposes. They are left out of the graph until 'kg article accept' takes
them. This file is written anew each time: correct what is accepted, in accepted.trig."""
_ACCEPTED_HEAD: Final = "Claims that 'kg draft' proposed and that were accepted: yours to correct."
_ENTITIES_HEAD: Final = "The things that the claims speak of."
_UNWRITTEN: Final = """\
What the text says besides, for which ontology or code lists have no words yet. Write claims of
your own for what matters."""
_MODALITY: Final = frozenset(("planned", "asked", "denied", "reportedBy"))


@dataclass(frozen=True)
class Drafted:
    """The drafts of a folder: numbers of claims that are proposed, accepted and refused.

    ``unwritten`` counts proposals without a claim, since ontology or code lists lack words for
    them; ``unnamed`` are the accepted new entities without an English name.
    """

    folder: Path
    proposed: int
    accepted: int
    refused: int
    unwritten: int
    unnamed: tuple[str, ...]


def draft_into(folder: Path, file: Path, draft: Draft, vocabulary: Vocabulary) -> Drafted:
    """Write a draft of the text in a file into the folder of an article, made if it isn't there.

    What was accepted or refused before stays so. SourceError if the folder is that of another text;
    ExportError if it can't be written.
    """
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        new_article(folder, file, ArticleDetails(zh=draft.title or None))
    article = read_article(folder)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    if digest not in {getattr(quad.object, "value", "") for quad in article.quads}:
        raise SourceError(
            f"{folder} is the folder of another text than {file}: name another folder, or correct"
            " std:sha256 in its source.trig"
        )
    proposals = merge(read_proposals(folder), proposals_of(draft, vocabulary))
    written = _write(article, proposals)
    page = review_page(article.slug, draft, [each for each in proposals if _block(article, each)])
    (folder / REVIEW_FILE).write_text(page, encoding="utf-8")
    return written


def accept(
    folder: Path, states: Mapping[str, str], edits: Mapping[str, Mapping[str, str]] | None = None
) -> Drafted:
    """Accept or refuse proposals of a folder, and write its files.

    ``states`` maps identifiers of proposals to ``accepted`` or ``refused``, ``edits`` to
    corrections (:func:`kg.drafting.proposals.decide`). SourceError for an unknown proposal and for
    a folder without proposals; ArgumentError for refusing one that was accepted before, which may
    have been corrected by hand since, and for accepting one that can't be written as a claim.
    """
    before = read_proposals(folder)
    if not before:
        raise SourceError(
            f"{folder} has no {FILE}: draft a text first, with kg draft TEXT -o {folder}"
        )
    taken = {each.id for each in before if each.state == "accepted"}
    for claim, state in states.items():
        if claim in taken and state == "refused":
            raise ArgumentError(
                f"{claim} was accepted before: take it out of {folder / ACCEPTED_FILE} by hand"
            )
    open_states = {claim: state for claim, state in states.items() if claim not in taken}
    open_edits = {claim: edit for claim, edit in (edits or {}).items() if claim not in taken}
    decided = decide(before, open_states, open_edits)
    article = read_article(folder)
    new = [each for each in decided if each.state == "accepted" and each.id not in taken]
    for each in new:
        if not _block(article, each):
            raise ArgumentError(
                f"{each.id}: the ontology or its code lists have no words for it: write a claim of"
                " your own"
            )
    files = [folder / name for name in (PROPOSED_FILE, ACCEPTED_FILE, ENTITIES_FILE, FILE)]
    kept = {file: file.read_bytes() if file.exists() else None for file in files}
    try:
        _append(article, new)
        return _write(article, decided)
    except (KgError, OSError):
        # Half of a decision would be worse than none.
        for file, content in kept.items():
            if content is None:
                file.unlink(missing_ok=True)
            else:
                file.write_bytes(content)
        raise


def sure_proposals(folder: Path, confidence: float) -> dict[str, str]:
    """Return the proposals of a folder that are at least as sure as that, as accepted."""
    article = read_article(folder)
    return {
        each.id: "accepted"
        for each in read_proposals(folder)
        if each.state == "proposed" and each.confidence >= confidence and _block(article, each)
    }


def _block(article: Article, proposal: Proposal) -> str:
    return claim_block(article.slug, proposal)


def _write(article: Article, proposals: Sequence[Proposal]) -> Drafted:
    """Write the proposed claims and the record of decisions."""
    folder = article.folder
    proposed = [each for each in proposals if each.state == "proposed"]
    written = [each for each in proposed if _block(article, each)]
    unwritten = [each for each in proposed if each not in written]
    parts = [head(article.slug, _PROPOSED_HEAD), _entities(article, written)]
    parts += [f"# {_line(each)}\n\n{_block(article, each)}" for each in written]
    if unwritten:
        lines = [*_UNWRITTEN.splitlines(), *map(_line, unwritten)]
        parts.append("".join(f"# {line}\n" for line in lines))
    try:
        (folder / PROPOSED_FILE).parent.mkdir(exist_ok=True)
        (folder / PROPOSED_FILE).write_text("\n".join(filter(None, parts)), encoding="utf-8")
        write_proposals(folder, proposals)
    except OSError as error:
        raise ExportError(f"{folder}: {error.strerror}: choose another folder") from error
    read_article(folder)
    accepted = [each for each in proposals if each.state == "accepted"]
    unnamed = {e.name for each in accepted for e in new_entities(each) if not e.en}
    refused = sum(each.state == "refused" for each in proposals)
    return Drafted(
        folder, len(written), len(accepted), refused, len(unwritten), tuple(sorted(unnamed))
    )


def _append(article: Article, accepted: Sequence[Proposal]) -> None:
    """Add accepted proposals to the files of the curator."""
    if not accepted:
        return
    blocks = (_block(article, each) for each in accepted)
    _add(article, ACCEPTED_FILE, _ACCEPTED_HEAD, "\n".join(blocks))
    entities = _entities(article, accepted)
    if entities:
        named = prefixes(article.slug, ("dcterms", "graph", "skos", "std"))
        _add(article, ENTITIES_FILE, _ENTITIES_HEAD, f"{named}\n{entities}")


def _add(article: Article, name: Path, comment: str, content: str) -> None:
    file = article.folder / name
    before = file.read_text(encoding="utf-8") if file.exists() else head(article.slug, comment)
    file.write_text(f"{before}\n{content}", encoding="utf-8")


def _entities(article: Article, proposals: Sequence[Proposal]) -> str:
    """Return the new entities of proposals that no file of the curator describes, as TriG."""
    described = {
        subject_iri(quad)
        for file in sorted(article.folder.rglob("*.trig"))
        if file != article.folder / PROPOSED_FILE
        for quad in parse_trig(file)
        if getattr(quad.graph_name, "value", "") == ENTITIES_GRAPH
    }
    blocks = entity_blocks(article.slug, proposals)
    new = [block for path, block in blocks.items() if f"{BASE}{path}" not in described]
    return "graph:entities {\n" + "\n".join(new) + "}\n" if new else ""


def _line(proposal: Proposal) -> str:
    """Return a proposal on one line, for a comment."""
    words = [f"[{s.role}: {s.quote}]" for s in proposal.spans if s.role in _MODALITY]
    parts = (proposal.id, f"{proposal.confidence:.2f}", proposal.subject.name, proposal.claim)
    return re.sub(r"\s+", " ", " ".join((*parts, proposal.object.name, *words)))
