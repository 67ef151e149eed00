"""The scope of a standard and the kind of a document, where the text says them."""

from __future__ import annotations

import re
from typing import Final

from kg.drafting.model import Mention, RelationSpan

_SCOPES: Final = {
    "国际": "international",
    "国家": "national",
    "行业": "sector",
    "地方": "local",
    "团体": "group",
    "企业": "enterprise",
}
_AFTER: Final = re.compile(rf"(?:[(（][^()（）\n]*[)）])?({'|'.join(_SCOPES)})标准")
_BEFORE: Final = re.compile(rf"({'|'.join(_SCOPES)})标准(?:[A-Z][A-Z/]*\s?[\d.—–-]+)?$")
# The prefix of a number tells the scope.
_PREFIXES: Final = (
    (re.compile(r"GB"), "national"),
    (re.compile(r"DB\d"), "local"),
    (re.compile(r"T/"), "group"),
    (re.compile(r"Q/"), "enterprise"),
    (re.compile(r"ISO|IEC|ITU"), "international"),
    (re.compile(r"[A-Z]{2}(?:/T)?[ \d]"), "sector"),
)
_DOCUMENTS: Final = {
    "通报": "circular",
    "行动计划": "action-plan",
    "方案": "plan",
    "备忘录": "memorandum",
    "声明": "statement",
}
_NEAR: Final = 30


def kind_of(text: str, mention: Mention) -> tuple[str, RelationSpan | None]:
    """Return a statement on the scope or kind of what a mention names, and the words that say it.

    The words are None if the name itself says it; the statement is empty if nothing does.
    """
    if mention.type == "STDID":
        scopes = (scope for prefix, scope in _PREFIXES if prefix.match(mention.value))
        scope = next(scopes, "")
        return (f"std:scope scope:{scope}" if scope else ""), None
    if mention.type == "DOCUMENT":
        kinds = (kind for ending, kind in _DOCUMENTS.items() if mention.value.endswith(ending))
        kind = next(kinds, "")
        return (f"std:docKind docKind:{kind}" if kind else ""), None
    if mention.type != "STANDARD":
        return "", None
    before = max(0, mention.start - _NEAR)
    match = _AFTER.match(text, mention.end) or _BEFORE.search(text[before : mention.start])
    if match is None:
        return "", None
    start, end = match.span(1)
    shift = 0 if match.re is _AFTER else before
    span = RelationSpan("kind", start + shift, end + shift, match[1])
    return f"std:scope scope:{_SCOPES[match[1]]}", span
