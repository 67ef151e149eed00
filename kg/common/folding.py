"""All spellings of one name in one form: for comparing and searching, never for showing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from opencc import OpenCC

_RUN: Final = re.compile(r"(?<=\d)([\W_]+)(?=\d)|[\W_]+")
"""Signs in a row; as a group of their own where they stand between digits."""
_MEANINGFUL: Final = frozenset("&%#@*")
_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


def fold(text: str) -> str:
    """Bring all spellings of one name to one form; for comparing, never for showing.

    Full-width letters, case, traditional characters, white space and punctuation don't count,
    except between two digits: there they separate numbers, and dropping them would make one
    standard out of two.

    >>> fold("ISO/TC 321") == fold("iso／tc321")
    True
    >>> fold("“最多跑一次”改革") == fold("最多跑一次改革")
    True
    >>> fold("國際標準化組織") == fold("国际标准化组织")
    True
    >>> fold("GB/T 1.1—2020") == fold("gb/t1.1-2020"), fold("GB/T 1.1") == fold("GB/T 11")
    (True, False)
    """
    if text.isascii():
        # Nothing of it has another form, and no character of Chinese is in it.
        lower = text.lower()
        return _RUN.sub(_joint, lower) if _NUMBERS.search(lower) else lower.translate(_DROPPED)
    # Case folding can undo the normal form (Unicode 3.13, NFKC_Casefold), hence twice.
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return simplified(unicodedata.normalize("NFKC", _RUN.sub(_joint, plain)))


def simplified(text: str) -> str:
    """Write traditional Chinese characters in their simplified forms (OpenCC, ``t2s``).

    >>> simplified("電子商務 ISO")
    '电子商务 ISO'
    """
    return _converter().convert(text) if _HAN.search(text) else text


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    # Its dictionaries take longer to load than most commands take to start.
    from opencc import OpenCC

    return OpenCC("t2s")


def _joint(run: re.Match[str]) -> str:
    return _kept(run[0], run[1] is not None)


@lru_cache(maxsize=1024)
def _kept(run: str, between_digits: bool) -> str:
    kept = "".join(_kept_sign(sign, between_digits) for sign in run)
    return kept or (" " if between_digits and any(sign.isspace() for sign in run) else "")


def _kept_sign(sign: str, between_digits: bool) -> str:
    category = unicodedata.category(sign)
    if category == "Pd" or sign == "\N{MINUS SIGN}":
        return "-" if between_digits else ""
    if category[0] in "ZC":
        return ""
    if category[0] == "P" and sign not in _MEANINGFUL:
        return sign if between_digits else ""
    return sign


# Where no sign stands between two digits, each is kept or dropped whatever stands around it.
_NUMBERS: Final = re.compile(r"[0-9][\W_]+[0-9]", re.ASCII)
_DROPPED: Final = {n: None for n in range(128) if _RUN.match(chr(n)) and not _kept(chr(n), False)}
