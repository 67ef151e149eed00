"""Proposed claims: relations and figures of a draft with their entities, and what was decided."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from kg.common.errors import SourceError
from kg.common.files import decode_utf8
from kg.common.json_lines import json_lines
from kg.drafting.figure_claims import Vocabulary, figure_statements
from kg.drafting.kinds import kind_of
from kg.drafting.model import NEW, Draft, Mention, Relation, RelationSpan
from kg.drafting.phrases import find_phrases

FILE: Final = "draft.jsonl"
"""The proposals of an article's folder and what was decided on each."""
COUNTS: Final = "counts"
_PATH: Final = re.compile(r"<?[A-Za-z0-9][A-Za-z0-9:/._-]*>?")
STATES: Final = ("proposed", "accepted", "refused")


@dataclass(frozen=True)
class Entity:
    """What a proposal is about: its name, type of mention, IRI (or ``new``) and English name.

    ``title`` is that of a standard whose name is its number; ``kind`` is a statement on its scope
    or kind, which the ontology asks of standards and documents.
    """

    name: str
    type: str
    iri: str = NEW
    en: str = ""
    title: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Proposal:
    """A proposed claim: a relation between two entities, or a figure about one.

    ``phrases`` are those on which the claim stands, each with ``exact`` and, if it occurs more than
    once, ``prefix`` or ``suffix``. ``figure`` has the statements of a figure, empty for a relation,
    and for a figure whose indicator or unit the code lists lack. ``state`` is one of
    :data:`STATES`.
    """

    id: str
    claim: str
    subject: Entity
    object: Entity
    spans: tuple[RelationSpan, ...]
    confidence: float
    phrases: tuple[Mapping[str, str], ...]
    state: str = "proposed"
    figure: str = ""

    def has(self, role: str) -> bool:
        """Whether a word of the text has a role, such as ``planned``."""
        return any(span.role == role for span in self.spans)


def proposals_of(draft: Draft, vocabulary: Vocabulary) -> list[Proposal]:
    """Return the proposed claims of a draft, each once."""
    at: dict[tuple[int, int], Mention] = {(m.start, m.end): m for m in draft.mentions}
    found: dict[str, Proposal] = {}
    ends = {m.end: m for m in draft.mentions if m.type == "STDID"}
    titles = {ends[m.start]: m.value for m in draft.mentions if m.start in ends}
    for relation in draft.relations:
        # What is said of a number is said of the title after it: they are one standard.
        target = next(s for s in relation.spans if s.role == "object")
        if target.start in ends:
            continue
        proposal = (
            _figure(draft, relation, at, vocabulary)
            if relation.claim == COUNTS
            else _relation(draft, relation, at, titles)
        )
        if proposal is not None:
            found.setdefault(proposal.id, proposal)
    return list(found.values())


def _relation(
    draft: Draft,
    relation: Relation,
    at: Mapping[tuple[int, int], Mention],
    titles: Mapping[Mention, str],
) -> Proposal:
    subject, target = (
        next(at[s.start, s.end] for s in relation.spans if s.role == role)
        for role in ("subject", "object")
    )
    kind, said = kind_of(draft.text, target)
    spans = (*relation.spans, said) if said else relation.spans
    return Proposal(
        _id(relation, relation.quoted("predicate")),
        relation.claim,
        _entity(subject),
        replace(_entity(target), title=titles.get(target, ""), kind=kind),
        spans,
        relation.confidence,
        tuple(find_phrases(draft.text, spans)),
    )


def _figure(
    draft: Draft,
    relation: Relation,
    at: Mapping[tuple[int, int], Mention],
    vocabulary: Vocabulary,
) -> Proposal | None:
    """Return a figure about what is named last before it in its sentence; None if nothing is."""
    figure = next(at[s.start, s.end] for s in relation.spans if s.role == "object")
    counted = next(s for s in relation.spans if s.role == "subject")
    sentence = max(draft.text.rfind(mark, 0, figure.start) for mark in "。\n")
    about = [
        m
        for m in draft.mentions
        if sentence < m.start
        and m.end <= figure.start
        and m.type in {"PLACE", "ORG", "COMMITTEE", "STANDARD", "EVENT", "REFORM"}
    ]
    if not about:
        return None
    dated = next((s for s in relation.spans if s.role in {"asOf", "period"}), None)
    date = at[dated.start, dated.end] if dated else None
    observed = RelationSpan("observed", about[-1].start, about[-1].end, about[-1].quote)
    spans = (*relation.spans, observed)
    return Proposal(
        _id(relation, figure.quote),
        COUNTS,
        _entity(about[-1]),
        Entity(f"{figure.quote} {counted.quote}", "QTY"),
        spans,
        relation.confidence,
        tuple(find_phrases(draft.text, spans)),
        figure=figure_statements(
            vocabulary,
            counted.quote,
            figure,
            date,
            is_as_of=dated is not None and dated.role == "asOf",
        ),
    )


def _entity(mention: Mention) -> Entity:
    # A number or abbreviation is its own English name.
    english = mention.value if mention.value.isascii() else ""
    return Entity(mention.value, mention.type, mention.iri, english)


def _id(relation: Relation, words: str) -> str:
    """Return an identifier that stays the same when the text is drafted again."""
    key = "\0".join((relation.claim, relation.subject, relation.object, words))
    digest = hashlib.sha256(key.encode("utf-8")).hexdigest()[:8]
    return f"{relation.claim.replace(' ', '-')}-{digest}"


def merge(old: Iterable[Proposal], new: Iterable[Proposal]) -> list[Proposal]:
    """Return new proposals with what was decided on them before; nothing decided is lost."""
    decided = {each.id: each for each in old if each.state != "proposed"}
    fresh = [decided.pop(each.id, each) for each in new]
    return [*fresh, *decided.values()]


def decide(
    proposals: Iterable[Proposal], states: Mapping[str, str], edits: Mapping[str, Mapping[str, str]]
) -> list[Proposal]:
    """Return proposals with decisions and corrections; SourceError for an unknown one.

    A correction may have ``claim``, ``subject``, ``object`` (IRIs), ``subject_en``, ``object_en``
    (English names of new entities).
    """
    by_id = {each.id: each for each in proposals}
    for claim in (*states, *edits):
        if claim not in by_id:
            raise SourceError(f"no proposal is called {claim}: see {FILE} for those there are")
    decided = []
    for each in by_id.values():
        edit = edits.get(each.id, {})
        for role in ("subject", "object"):
            if not _PATH.fullmatch(edit.get(role, NEW)):
                raise SourceError(
                    f"{each.id}: {edit[role]!r} is no entity: give its path, such as cn/sac, or new"
                )
        subject = _edited(each.subject, edit.get("subject"), edit.get("subject_en"))
        target = _edited(each.object, edit.get("object"), edit.get("object_en"))
        claim = edit.get("claim") or each.claim
        state = states.get(each.id, each.state)
        decided.append(replace(each, claim=claim, subject=subject, object=target, state=state))
    return decided


def _edited(entity: Entity, iri: str | None, en: str | None) -> Entity:
    return replace(entity, iri=iri or entity.iri, en=en or entity.en)


def read_proposals(folder: Path) -> list[Proposal]:
    """Return the proposals of an article's folder, none if it has no file of them.

    SourceError with the line for a record that can't be read.
    """
    file = folder / FILE
    if not file.is_file():
        return []
    proposals = []
    for number, line in json_lines(decode_utf8(file.read_bytes(), str(file))):
        try:
            proposals.append(_from_json(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(
                f"{file}:{number}: no proposal as 'kg draft' writes it: restore the line, or draft"
                " again"
            ) from error
    return proposals


def _from_json(record: dict[str, Any]) -> Proposal:
    if record["state"] not in STATES:
        raise ValueError(record["state"])
    spans = tuple(RelationSpan(**span) for span in record.pop("spans"))
    subject, target = Entity(**record.pop("subject")), Entity(**record.pop("object"))
    phrases = tuple(record.pop("phrases"))
    return Proposal(subject=subject, object=target, spans=spans, phrases=phrases, **record)


def write_proposals(folder: Path, proposals: Iterable[Proposal]) -> None:
    """Write the proposals of an article's folder, one on each line."""
    lines = (json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in proposals)
    (folder / FILE).write_text("".join(lines), encoding="utf-8")
