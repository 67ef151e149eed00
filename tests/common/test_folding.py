"""Folding: the fast path for ASCII agrees with the general one; variants of Han characters fold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.common import folding


def plainly(text: str) -> str:
    """Fold a text as for any script."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folding.fold_han(
        unicodedata.normalize("NFKC", folding._PUNCTUATION.sub(folding._reduce, plain))
    )


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_names_are_folded_like_others(text: str) -> None:
    assert folding.fold(text) == plainly(text)


def test_punctuation_between_digits_is_kept() -> None:
    assert folding.fold("1.1-2 020/A.B") == "1.1-2 020ab"


@pytest.mark.parametrize(
    "variants",
    [
        *("検検检檢", "発發发", "髪髮发", "気氣气", "図圖图", "鉄鐵铁", "験驗验", "鉱鑛礦矿"),
        *("衛衞卫", "挙擧舉举", "郷鄉乡", "闘鬥斗", "芸藝艺", "叙敘敍", "値值", "戸戶户", "予预"),
        *("円圓圆", "広廣广", "応應应", "製制", "塩鹽盐", "総總总", "変變变", "研硏", "翻飜"),
    ],
)
def test_variants_of_a_han_character_fold_to_one(variants: str) -> None:
    assert len({folding.fold_han(char) for char in variants}) == 1
    assert len({folding.fold(f"標準{char}査") for char in variants}) == 1


@pytest.mark.parametrize("apart", ["沪濾", "豫預", "检验", "标本", "未末", "土士"])
def test_other_han_characters_stay_apart(apart: str) -> None:
    assert len({folding.fold_han(char) for char in apart}) == len(apart)


@given(st.text(st.characters(min_codepoint=0x3040, max_codepoint=0x9FFF)))
def test_parts_of_a_text_fold_as_in_the_whole(text: str) -> None:
    folded = folding.fold_han(text)
    assert folded == "".join(map(folding.fold_han, text)) == folding.fold_han(folded)


def test_a_table_folds_the_variants_of_the_characters_of_a_text() -> None:
    table = folding.han_variants(["電気の検査", "ISO"])
    assert table | {"電": "电", "検": "检", "檢": "检", "氣": "气", "気": "气"} == table
    assert set(table.values()) <= set(folding.fold_han("電気の検査"))
    assert "標" not in table
