"""The page on which a person reviews proposals: one HTML file that works offline."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from kg.common.errors import SourceError
from kg.drafting.lines import mention_object
from kg.drafting.model import Draft
from kg.drafting.proposals import Proposal

REVIEW_FILE: Final = "review.html"
_PAGE: Final = Path(__file__).parent / "page"
_EDITABLE: Final = frozenset(("claim", "subject", "object", "subject_en", "object_en"))


def review_page(slug: str, draft: Draft, proposals: Sequence[Proposal]) -> str:
    """Return the page: the text with its mentions, and the proposed claims to decide on."""
    data = {
        "article": slug,
        "title": draft.title,
        "text": draft.text,
        "mentions": [mention_object(each) for each in draft.mentions],
        "proposals": [_object(each) for each in proposals],
    }
    # Neither "</script>" nor a comment of HTML can end the data early.
    content = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    style, script, page = (
        (_PAGE / f"review.{ending}").read_text(encoding="utf-8") for ending in ("css", "js", "html")
    )
    parts = {
        "STYLE": style,
        "SCRIPT": script,
        "DATA": content,
        "STYLE_HASH": _hash(style),
        "SCRIPT_HASH": _hash(script),
    }
    # In one pass, so that no part of the text is taken for a place to fill.
    return re.sub("@([A-Z_]+)@", lambda match: parts[match[1]], page)


def _hash(content: str) -> str:
    """Return the hash by which the page's policy allows its own style or script, and no other."""
    return base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def _object(proposal: Proposal) -> dict[str, Any]:
    entities = {
        role: {"name": entity.name, "type": entity.type, "iri": entity.iri, "en": entity.en}
        for role, entity in (("subject", proposal.subject), ("object", proposal.object))
    }
    spans = [
        {"role": s.role, "start": s.start, "end": s.end, "quote": s.quote} for s in proposal.spans
    ]
    return {
        "id": proposal.id,
        "claim": proposal.claim,
        "confidence": proposal.confidence,
        "state": proposal.state,
        "spans": spans,
        **entities,
    }


def read_review(file: Path, slug: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Read the decisions that the page saved: states and corrections by proposal.

    SourceError for a file that is none, or that is about another article.
    """
    try:
        saved = json.loads(file.read_text(encoding="utf-8"))
        article, decisions = saved["article"], saved["decisions"]
        states = {each["claim"]: each["decision"] for each in decisions}
        edits = {each["claim"]: dict(each.get("edit", {})) for each in decisions}
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}: name the file that the page saved") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{file}: not a review that the page saved: save it again") from error
    if article != slug:
        raise SourceError(f"{file} is a review of the article {article!r}, not of {slug!r}")
    for claim, state in states.items():
        if state not in {"accepted", "refused"}:
            raise SourceError(f"{file}: {claim} is {state!r}: write accepted or refused")
        unknown = sorted(edits[claim].keys() - _EDITABLE)
        if unknown:
            raise SourceError(f"{file}: {claim}: {unknown[0]} can't be corrected")
    return states, {claim: edit for claim, edit in edits.items() if edit}
