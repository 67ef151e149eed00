"""The words of names, as full-text search sees them, and the searches for them.

SQLite's own tokenizers know nothing of Chinese, and Python can't add any: so names are cut into
words here, and stored and asked for as such. A word is a run of letters or a number; each Han
character, kana or Hangul syllable is a word of its own, so that any piece of a Chinese or Japanese
name is a phrase of words. Case, width, script and accents don't count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Final

from kg.common.folding import simplified

_SIGNS: Final = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER: Final = rf"[^\W\d_{_SIGNS}]"
_NO_LETTER: Final = re.compile(r"[\W_]+")
# Nine names of ten are ASCII, and these patterns take a third of the time.
_ASCII_WORD: Final = re.compile(r"\d+|[a-z]+")
_ASCII_COMPOUND: Final = re.compile(r"(?<![a-z])[a-z]++(?:[^\w\s][a-z]++)+")

# No word holds these signs, and for SQLite they are letters.
_FIRST: Final = "¶"
_KIND: Final = "§"
_GAP: Final = "¦"

_LONGEST: Final = 400
"""How many words of a name are searched."""
_ASKED: Final = 24
"""How many words are looked up; a text that goes on is compared as a whole."""
_BEGINNING: Final = 3
"""So many letters are taken for the beginning of any word; fewer, of the last one only."""


def words(text: str) -> list[str]:
    """Cut a text into words.

    >>> words("ISO/TC 321"), words("電子商務 E‑Commerce"), words("Qualité")
    (['iso', 'tc', '321'], ['电', '子', '商', '务', 'e', 'commerce'], ['qualite'])
    """
    return _cut(_plain(text))


def is_sign(word: str) -> bool:
    """Whether a word is a character that stands for itself: Han, kana, Hangul."""
    return bool(_sign().match(word))


def document(text: str, kind: int) -> str:
    """What is stored for a name of a thing of a kind, by the kind's number."""
    plain = _plain(text)
    found = _cut(plain)[:_LONGEST]
    compounds = (_ASCII_COMPOUND if plain.isascii() else _compound()).findall(plain)
    joined = [_NO_LETTER.sub("", compound) for compound in compounds]
    first = [_FIRST + found[0]] if found else []
    return " ".join([f"{_KIND}{kind}", *first, *found, *([_GAP, *joined] if joined else ())])


def beginning(text: str, whole: bool) -> str | None:
    """The search for names that begin with a text; its last word is ``whole`` or may go on."""
    first, *rest = words(text)[:_ASKED] or [""]
    if not first:
        return None
    if not rest:
        return _phrase([_FIRST + first], whole)
    return f"{_phrase([_FIRST + first])} AND {_phrase([first, *rest], whole)}"


def holding(text: str, whole: bool) -> str | None:
    """The search for names that hold a text; its last word is ``whole`` or may go on."""
    found = words(text)[:_ASKED]
    return _phrase(found, whole) if found else None


def holding_all(text: str) -> str | None:
    """The search for names that hold all pieces of a text, which spaces part, in any order."""
    pieces = list(_pieces(text))[:_ASKED]
    last = len(pieces) - 1
    found = [_piece(piece, at == last) for at, piece in enumerate(pieces)]
    return " AND ".join(found) if found else None


def of_kinds(search: str, kinds: Iterable[int]) -> str:
    """The search narrowed to things of some kinds."""
    listed = " OR ".join(f'"{_KIND}{kind}"' for kind in kinds)
    return f"({search}) AND ({listed})"


def is_marked(word: str) -> bool:
    """Whether a stored word is none of a name, but says something of it."""
    return word[:1] in (_FIRST, _KIND, _GAP)


def _pieces(text: str) -> Iterator[tuple[list[str], str]]:
    for piece in _plain(text).split():
        found = _cut(piece)
        if found:
            joined = _NO_LETTER.sub("", piece) if _compound().fullmatch(piece) else ""
            yield found, joined


def _piece(piece: tuple[list[str], str], last: bool) -> str:
    found, joined = piece
    whole = len(found[-1]) < _BEGINNING and not last
    phrase = _phrase(found, whole)
    return f"({phrase} OR {_quoted(joined)})" if joined else phrase


def _phrase(found: Iterable[str], whole: bool = True) -> str:
    phrase = f'"{" ".join(found)}"'
    return phrase if whole or is_sign(phrase[-2]) else phrase + "*"


def _quoted(word: str) -> str:
    return f'"{word}"'


def _cut(plain: str) -> list[str]:
    return (_ASCII_WORD if plain.isascii() else _word()).findall(plain)


@lru_cache(maxsize=64)
def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return text if text.isascii() else simplified(_foreign().sub(_bare, text))


# To compile these takes as long as many a command: they are made when they are needed.
@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{_SIGNS}]|\d+|{_LETTER}+")


@cache
def _compound() -> re.Pattern[str]:
    """Words that signs other than spaces join: many write them as one (e-commerce, GB/T).

    A word is tried once, from its beginning, and as a whole.
    """
    return re.compile(rf"(?<!{_LETTER}){_LETTER}++(?:[^\w\s]{_LETTER}++)+")


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(rf"[^\x00-\x7f{_SIGNS}]+")


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(rf"[{_SIGNS}]")


def _bare(run: re.Match[str]) -> str:
    """Letters without their accents."""
    apart = unicodedata.normalize("NFD", run.group())
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")
