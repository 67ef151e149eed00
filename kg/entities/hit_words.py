"""Why a search found an entity, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.common.bilingual import Text

if TYPE_CHECKING:
    from kg.entities.search import Hit

_MATCHES: Final = {
    "same": Text("the same", "相同"),
    "known": Text("what is commonly meant by “{via}” (curators)", "通常所指：“{via}”（编者常识）"),
    "designates": Text("is designated by it", "编号相符"),
    "part": Text("is a part of it", "为其分部分"),
    "begins": Text("begins with it", "以其开头"),
    "contains": Text("contains it", "包含"),
    "words": Text("contains all its words", "包含全部词语"),
    "translated": Text("has “{via}” (curators’ translation)", "含译词“{via}”（编者翻译）"),
    "similar": Text("similar", "相近"),
}


def explain_hit(hit: Hit, lang: str) -> str:
    """Return how the name of a hit matches the text that was searched for."""
    return _MATCHES[hit.match].of(lang).format(via=hit.via)
