"""Fold the spellings of a name to one form, for comparing and searching but not for display."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

_PUNCTUATION: Final = re.compile(r"(?<=\d)([\W_]+)(?=\d)|[\W_]+")
"""A run of punctuation; group 1 matches only between digits."""
_MEANINGFUL: Final = frozenset("&%#@*")
_FIRST_HAN: Final = 0x3400
_LAST_HAN: Final = 0x9FFF
_HAN: Final = re.compile(f"[{chr(_FIRST_HAN)}-{chr(_LAST_HAN)}\U00020000-\U0003ffff]")
# Variants that OpenCC's tables leave apart, or join to another character (沪 isn't 濾, nor 予 豫).
_MORE_VARIANTS: Final = (
    "予预 倣仿 値值 呉吴 呪咒 嚢囊 壷壶 姉姊 姫姬 娯娱 廻回 戸户 挙举 擧举 楕椭 氷冰 汚污 "
    "沪沪 涜渎 渋涩 潅灌 澁涩 焔焰 煖暖 燐磷 瑯琅 疎疏 砲炮 砿矿 窓窗 粧妆 繋系 聡聪 舎舍 "
    "舗铺 蝿蝇 衞卫 讃赞 輌辆 郷乡 鄕乡 鉱矿 銲焊 鎔熔 鑛矿 闘斗 隣邻 隷隶 靭韧 靱韧 頚颈 "
    "頬颊 鬭斗"
)


def fold(text: str) -> str:
    """Return the folded form of a name.

    Width, case, variants of Han characters (:func:`fold_han`), white space and punctuation are
    ignored, except for punctuation between two digits: it separates numbers, and dropping it would
    conflate standards.

    >>> fold("ISO/TC 321") == fold("iso／tc321")
    True
    >>> fold("“最多跑一次”改革") == fold("最多跑一次改革")
    True
    >>> fold("國際標準化組織") == fold("国际标准化组织"), fold("検査") == fold("检查")
    (True, True)
    >>> fold("GB/T 1.1—2020") == fold("gb/t1.1-2020"), fold("GB/T 1.1") == fold("GB/T 11")
    (True, False)
    """
    if text.isascii():
        # ASCII needs neither normalization nor simplification.
        lower = text.lower()
        return (
            _PUNCTUATION.sub(_reduce, lower)
            if _NUMBERS.search(lower)
            else lower.translate(_DROPPED)
        )
    # Case folding can undo the normal form (Unicode 3.13, NFKC_Casefold), hence twice.
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return fold_han(unicodedata.normalize("NFKC", _PUNCTUATION.sub(_reduce, plain)))


def fold_han(text: str) -> str:
    """Fold the variants of Han characters: traditional, simplified and Japanese forms.

    Each character is replaced on its own, so that a part of a text folds as it does in the whole.
    OpenCC's tables map Japanese new forms (``jp2t``) and traditional characters (``t2s``) to
    simplified ones; a character that is traditional in Chinese is never read as a Japanese form.

    >>> fold_han("電子商務 ISO"), fold_han("檢查・検査・检查"), fold_han("標準の発行")
    ('电子商务 ISO', '检查・检查・检查', '标准の发行')
    """
    return text.translate(_han_variants()) if _HAN.search(text) else text


def han_variants(texts: Iterable[str]) -> dict[str, str]:
    """Return the variants of the Han characters of some texts, each with its folded form.

    With this table, another program can fold what is typed as :func:`fold_han` folds the texts.
    """
    folded = set(fold_han("".join(texts)))
    every = map(chr, range(_FIRST_HAN, _LAST_HAN + 1))
    return {char: form for char in every if (form := fold_han(char)) != char and form in folded}


class _HanVariants(dict[int, str]):
    """The folded form of each Han character, computed when it is first met."""

    def __init__(self) -> None:
        # Importing OpenCC takes as long as some commands.
        from opencc import OpenCC

        super().__init__({ord(pair[0]): pair[1] for pair in _MORE_VARIANTS.split()})
        self._from_traditional, self._from_japanese = OpenCC("t2s"), OpenCC("jp2t")

    def __missing__(self, code: int) -> str:
        char = chr(code)
        form = self._from_traditional.convert(char)
        if form == char and _HAN.match(char):
            form = self._from_traditional.convert(self._from_japanese.convert(char))
        # One table's result can be a variant in the other: 敘 - 叙 - 敍.
        self[code] = folded = form if form == char else self.get(ord(form)) or self[ord(form)]
        return folded


@lru_cache(maxsize=1)
def _han_variants() -> _HanVariants:
    return _HanVariants()


def _reduce(match: re.Match[str]) -> str:
    return _significant(match[0], match[1] is not None)


@lru_cache(maxsize=1024)
def _significant(run: str, between_digits: bool) -> str:
    rest = "".join(_significant_character(char, between_digits) for char in run)
    return rest or (" " if between_digits and any(char.isspace() for char in run) else "")


def _significant_character(char: str, between_digits: bool) -> str:
    category = unicodedata.category(char)
    if category == "Pd" or char == "\N{MINUS SIGN}":
        return "-" if between_digits else ""
    if category[0] in "ZC":
        return ""
    if category[0] == "P" and char not in _MEANINGFUL:
        return char if between_digits else ""
    return char


# Without punctuation between digits, each character is kept or dropped regardless of its context.
_NUMBERS: Final = re.compile(r"[0-9][\W_]+[0-9]", re.ASCII)
_DROPPED: Final = {
    code: None
    for code in range(128)
    if _PUNCTUATION.match(chr(code)) and not _significant(chr(code), False)
}
