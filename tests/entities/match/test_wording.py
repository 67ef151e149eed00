"""Wording of references in other languages, imprints, and addresses behind a number."""

from __future__ import annotations

import pytest

from kg.entities.match import Match
from tests.entities.match.conftest import Matching, path


def outcome(found: Match) -> tuple[str, str]:
    return path(found.iri), found.reasons[0].key


@pytest.mark.parametrize("text", ["ISO 4100:—", "ISO 4100:—1)", "ISO 4100: — (to be published)"])
def test_a_dash_for_the_year_means_a_document_to_come(matching: Matching, text: str) -> None:
    assert outcome(matching(text)) == ("", "other-document")


@pytest.mark.parametrize("words", ["Part I", "Part one", "Teil drei", "Partie III", "Part 3"])
def test_parts_are_counted_in_words_and_roman_numerals(matching: Matching, words: str) -> None:
    meant = "iec/70508-1-2010" if words in ("Part I", "Part one") else "iec/70508-3-2010"
    assert path(matching(f"IEC 70508 {words}").iri) == meant


def test_a_part_by_letter_is_not_the_series(matching: Matching) -> None:
    assert outcome(matching("IEC 70508 Part A")) == ("", "no-such-number")


@pytest.mark.parametrize(
    "words",
    [
        *("edition 2001", ", édition 2001", ", Ausgabe 2001-03", "2001版", "(March 2001)"),
        *(", Ausgabe März 2001", "第1版", "издание 1", "1-е изд.", ", первое издание"),
    ],
)
def test_an_edition_is_named_by_its_year_or_number(matching: Matching, words: str) -> None:
    assert path(matching(f"ISO 4100 {words}").iri) == "iso/4100-2001"
    contradiction = matching(f"ISO 4100:2012 {words}").reasons[0].key
    assert contradiction in ("year-contradicts", "edition-contradicts")


@pytest.mark.parametrize(
    "words",
    [
        *("Поправка 2", "проект", "серия", "сертификат", "理解与实施", "内审检查表", "条文解释"),
        *("补充", "改正案", "審査員", "チェックリスト", "使用指南"),
    ],
)
def test_words_for_another_document_in_other_languages(matching: Matching, words: str) -> None:
    assert outcome(matching(f"ISO 4100:2012 {words}")) == ("", "other-document")


@pytest.mark.parametrize(
    "text",
    [
        *("ISO 4100:2012 风筝 要求及使用指南", "Международный стандарт ISO 4100:2012"),
        *("стандарт ИСО 4100:2012", "norme internationale ISO 4100:2012"),
        *("Internationale Norm ISO 4100:2012", "国際規格 ISO 4100:2012", "國際標準ISO 4100:2012"),
        *("ISO n° 4100:2012", "ISO 4100:2012, пункт 7.1", "ISO 4100:2012, 29 S."),
        *("ISO 4100 current edition", "ISO 4100:2012, Geneva, 2012"),
        *("ISO 4100:2012[S]. 北京: 中国标准出版社, 2013",),
        *("Normal kites and lines (ISO 4100:2012)", "Normal kites and lines. ISO 4100:2012"),
    ],
)
def test_wording_that_changes_nothing(matching: Matching, text: str) -> None:
    assert path(matching(text).iri) == "iso/4100-2012"


def test_signs_around_a_supplement_are_no_title(matching: Matching) -> None:
    assert path(matching("ISO 4100:2012 (/Cor.1)").iri) == "iso/4100-2012/cor/1-2013"
    assert outcome(matching("ISO 4100 Ed. 2/Cor.1")) == ("", "other-document")


def test_an_imprint_is_not_older_than_its_standard(matching: Matching) -> None:
    assert outcome(matching("ISO 4100:2012[S]. Geneva: ISO, 2001")) == ("", "year-contradicts")


def test_a_title_before_a_number_is_its_own(matching: Matching) -> None:
    assert outcome(matching("Tails and looms (ISO 4100:2012)"))[0] == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://www.iso.org/standard/41002", "iso/4100-2012"),
        ("https://www.iso.org/iso/catalogue_detail?csnumber=41002", "iso/4100-2012"),
        ("https://www.itu.int/rec/R-REC-M.9101-1-202001-I/en", "itu-r/m.9101"),
        ("(doi:10.1109/YARN.2022.1)", "ieee/1802.3-2022"),
        ("ISO 4100:2012. Available: https://www.iso.org/standard/41002.html", "iso/4100-2012"),
        ("IEEE Std 1802.3-2022, doi: 10.1109/YARN.2022.1", "ieee/1802.3-2022"),
        ("IEEE Std 1802.3-2022, doi: 10.1109/YARN.2099.9", "ieee/1802.3-2022"),
    ],
)
def test_addresses_of_pages_and_behind_numbers(matching: Matching, text: str, meant: str) -> None:
    assert path(matching(text).iri) == meant


def test_a_number_and_the_address_of_another_are_two(matching: Matching) -> None:
    found = matching("IEEE Std 1802.3-2018, doi:10.1109/YARN.2022.1")
    assert outcome(found) == ("", "pair")
    assert [path(iri) for iri in found.others] == ["ieee/1802.3-2018", "ieee/1802.3-2022"]


def test_an_address_names_what_no_catalogue_lists(matching: Matching) -> None:
    found = matching("https://www.rfc-editor.org/rfc/rfc9110")
    assert (found.reasons[0].key, found.reasons[0].value) == ("recognized", "RFC 9110")


@pytest.mark.parametrize(
    ("text", "outcome_"),
    [
        ("ITU-R M.9101-1 (01/2020)", ("itu-r/m.9101", "designated")),
        ("ITU-R M.9101-1 (2020)", ("itu-r/m.9101", "designated")),
        ("ITU-R M.9101-1 (01/2021)", ("", "other-edition")),
        ("ITU-R M.9101-2 (01/2020)", ("", "other-edition")),
        ("ITU-T H.965:2015", ("itu-t/h.965-2015", "designated")),
        ("H.965-2015", ("itu-t/h.965-2015", "designated")),
        ("H.965:2016", ("", "other-edition")),
    ],
)
def test_dates_of_recommendations(matching: Matching, text: str, outcome_: tuple[str, str]) -> None:
    found = matching(text)
    key = "designated" if found.iri else found.reasons[0].key
    assert (path(found.iri), key) == outcome_


@pytest.mark.parametrize("words", ["（全部分）", "全部", "(alle Teile)", "(все части)", "全ての部"])
def test_all_parts_in_other_languages(matching: Matching, words: str) -> None:
    found = matching(f"IEC 70508 {words}")
    assert path(found.iri) == "iec/70508"
    assert "all-parts" in {reason.key for reason in found.reasons}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ISO 4100:2012, Amendment 1, 2016", "iso/4100-2012/amd/1-2016"),
        ("ISO 4100:2012, Amendment 1 (2016)", "iso/4100-2012/amd/1-2016"),
        ("ISO 4100:2012, Amendment 1 (2017)", ""),
        ("ISO 4100:2012 修改单1 (2017)", ""),
    ],
)
def test_the_year_behind_a_supplement_is_its_own(matching: Matching, text: str, meant: str) -> None:
    assert path(matching(text).iri) == meant


def test_a_title_of_a_work_and_its_edition_means_the_edition(matching: Matching) -> None:
    assert outcome(matching("Yarn Markup 1.0")) == ("w3c/rec-yarn10-20140225", "title")


@pytest.mark.parametrize(
    "text",
    [
        *("ISO 4100 Version 2.0, 2005", "《ISO 4100 2001版"),
        *("《ISO 4100 Ed 2 2001", "ISO“ 4100 2016年版", "[ISO 4100:2012., 2001"),
    ],
)
def test_a_year_that_contradicts_is_seen_in_any_reading(matching: Matching, text: str) -> None:
    assert outcome(matching(text)) == ("", "year-contradicts")
