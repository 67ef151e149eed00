"""References as people write them: each kind with its near-misses, over a small store."""

from __future__ import annotations

import re

import pytest

from kg.analysis.match_rows import match_rows
from kg.cli.reports import match as report
from kg.entities.match import Match, match
from kg.store.embedded import EmbeddedStore
from tests.entities.match.conftest import Matching, path

REASONS = """
ISO 4100 Ed. 1; ISO 4100 Ed. 3; ISO 4100:2012 Ed. 1; ISO 4200:2010 Ed. 1; ISO 4200:2010 Looms
ISO 4100:2012（征求意见稿）; ISO 4100:2012 (all parts; ISO 4100:2012 修改单; H.964/H.965; M.9101
EN ISO 4100:2012; ISO 4100:2012, Clause 5; ISO 4100:2012 (English version; ISO 4100:2013
ISO 4100:2012（「風箏」; 10.63493/d091.2026; 10.1109/none; NIST SP 800-53; nothing; IEC 70508 part 9
IEC 70508 (all parts); ISO 4100:2012 Kites and lines — Measurement; IEC 70508-3 Part 1; --
ISO 4100:2012 (2013); see ISO 4100:2012 again; ISO 4999; JIS Q 4100:2013 (ISO 4100:2012, IDT)
"""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_reasons_read_as_whole_phrases(catalogue: EmbeddedStore, lang: str) -> None:
    texts = [text.strip() for line in REASONS.splitlines() for text in line.split(";")]
    matches = match(catalogue, texts)
    reasons = [row[-1] for row in match_rows(catalogue, matches, lang)]
    for text in (*map(str, reasons), report.totals(matches, lang)):
        assert not re.search(r"“\s*”|\{|…|: ?$|：$", text), text
        for opening, closing in ("()", "（）", "“”", "「」", "[]"):
            assert text.count(opening) == text.count(closing), text


def test_the_title_of_a_refused_document_is_in_the_language_asked_for(
    catalogue: EmbeddedStore,
) -> None:
    matches = match(catalogue, ["ISO 4100:2012 Looms"])
    whys = {lang: str(next(match_rows(catalogue, matches, lang))[-1]) for lang in ("en", "zh")}
    assert whys == {
        "en": "the number is known, its title is “Kites and lines — Vocabulary”",
        "zh": "编号已知，但其题名为“Kites and lines — Vocabulary”",
    }


def outcome(found: Match) -> tuple[str, dict[str, str]]:
    return path(found.iri), {reason.key: reason.value for reason in found.reasons}


def offered(found: Match) -> list[str]:
    return [path(iri) for iri in found.others]


@pytest.mark.parametrize(
    ("text", "meant", "number"),
    [
        ("ISO 4100 Ed. 1", "iso/4100-2001", "1"),
        ("ISO 4100, 2nd edition", "iso/4100-2012", "2"),
        ("ISO 4100 first edition", "iso/4100-2001", "1"),
        ("ISO 4100 第1版", "iso/4100-2001", "1"),
        ("ISO 4100 第二版", "iso/4100-2012", "2"),
        ("ISO 4100 2. Ausgabe", "iso/4100-2012", "2"),
        ("ISO 4100 1re édition", "iso/4100-2001", "1"),
        ("ISO 4100:2012 Ed. 2", "iso/4100-2012", "2"),
        ("urn:iso:std:iso:4100:ed-1:en", "iso/4100-2001", "1"),
        ("IEC 70508-3 edition 1.0", "iec/70508-3-1998", "1"),
        ("IEC 70508-3 Ed. 2", "iec/70508-3-2010", "2"),
        ("ITU-T H.965 Ed. 1", "itu-t/h.965-2015", "1"),
        ("ETSI EN 390 328 version 1.9.1", "etsi/en/390328-1", "1.9.1"),
        ("ETSI EN 390 328 1.9.1", "etsi/en/390328-1", "1.9.1"),
        ("ITU-T G.980 (V2)", "itu-t/g.980-2019", "2"),
        ("Weavers 962, 5.1 edition", "ecma/962/5.1", "5.1"),
    ],
)
def test_an_edition_is_found_by_its_number(
    matching: Matching, text: str, meant: str, number: str
) -> None:
    iri, reasons = outcome(matching(text))
    assert (iri, reasons["edition"]) == (meant, number)
    assert "undated" not in reasons


@pytest.mark.parametrize(
    ("text", "reason", "value", "others"),
    [
        ("ISO 4100 Ed. 3", "no-such-edition", "3", ["iso/4100-2012", "iso/4100-2001"]),
        ("ISO 4100:2012 Ed. 1", "edition-contradicts", "2", ["iso/4100-2012"]),
        ("ISO 4100:2012, third edition", "edition-contradicts", "2", ["iso/4100-2012"]),
        ("urn:iso:std:iso:4100:ed-7", "no-such-edition", "7", ["iso/4100-2012", "iso/4100-2001"]),
        ("ISO 4100:2012 (2013)", "year-contradicts", "2013", ["iso/4100-2012"]),
        ("ISO 4100:2013", "other-edition", "ISO 4100:2013", ["iso/4100-2012", "iso/4100-2001"]),
    ],
)
def test_no_other_edition_takes_the_place_of_the_one_named(
    matching: Matching, text: str, reason: str, value: str, others: list[str]
) -> None:
    found = matching(text)
    assert outcome(found) == ("", {reason: value})
    assert offered(found)[: len(others)] == others


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3GPP TS 94.008", "3gpp/ts/94.008/16.2"),
        ("TS 94.008", "3gpp/ts/94.008/16.2"),
        ("3GPP TS 94.008 V15.9.0", "3gpp/ts/94.008/15.9"),
        ("3GPP TS 94.008 version 15.9.0 Release 15", "3gpp/ts/94.008/15.9"),
        ("3GPP TS 94.008 Release 15", "3gpp/ts/94.008/15.10"),
        ("3GPP TS 94.008 Rel-17", ""),
        ("3GPP TS 94.008 V15.9.0 Release 16", ""),
    ],
)
def test_versions_belong_to_releases(matching: Matching, text: str, meant: str) -> None:
    assert outcome(matching(text))[0] == meant


def test_a_record_of_several_editions_is_none_of_them(matching: Matching) -> None:
    assert outcome(matching("ECMA-964"))[0] == "merged/964"
    assert outcome(matching("ECMA-964, 2nd edition"))[0] == ""
    assert outcome(matching("ECMA-964 2.1 Edition"))[0] == ""


def test_an_edition_that_no_source_tells_is_an_assumption(matching: Matching) -> None:
    found = matching("ISO 4200:2010 Ed. 1")
    assert outcome(found)[0] == "iso/4200-2010"
    assert outcome(found)[1]["edition-untold"] == "1"
    assert found.score < 1


@pytest.mark.parametrize(
    ("text", "numbers", "others"),
    [
        ("ITU-T H.964/H.965", "ITU-T H.964, ITU-T H.965", ["itu-t/h.964-2026", "itu-t/h.965-2026"]),
        ("H.964/H.965", "ITU-T H.964, ITU-T H.965", ["itu-t/h.964-2026", "itu-t/h.965-2026"]),
        ("ISO 4100/4102", "ISO 4100, ISO 4102", ["iso/4100-2012", "iso/4102-2015"]),
        ("ISO 4100 and 4102", "ISO 4100, ISO 4102", ["iso/4100-2012", "iso/4102-2015"]),
        ("ISO 4100 / ISO 4102", "ISO 4100, ISO 4102", ["iso/4100-2012", "iso/4102-2015"]),
        ("ISO 4100、ISO 4102", "ISO 4100, ISO 4102", ["iso/4100-2012", "iso/4102-2015"]),
        ("ISO 4100:2001/2012", "ISO 4100:2001, ISO 4100:2012", ["iso/4100-2001", "iso/4100-2012"]),
        ("IEC 70508-1/-3", "IEC 70508-1, IEC 70508-3", ["iec/70508-1-2010", "iec/70508-3-2010"]),
        (
            "ISO 4100:2012+Amd 1:2016",
            "ISO 4100:2012, ISO 4100:2012/Amd 1:2016",
            ["iso/4100-2012", "iso/4100-2012/amd/1-2016"],
        ),
    ],
)
def test_several_documents_at_once_are_all_offered(
    matching: Matching, text: str, numbers: str, others: list[str]
) -> None:
    found = matching(text)
    assert outcome(found) == ("", {"pair": numbers})
    assert offered(found) == others


def test_two_numbers_of_one_document_are_one(matching: Matching) -> None:
    for text in ("ITU-T G.979/Y.1931", "G.979/Y.1931", "ITU-T G.979", "ITU-T Y.1931"):
        assert outcome(matching(text))[0] == "itu-t/g.979", text
    assert outcome(matching("ITU-T G.979/H.965"))[0] == ""


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ISO 4100", "iso/4100-2012"),
        ("ISO 4100:2012/Amd 1", "iso/4100-2012/amd/1-2016"),
        ("ISO 4100:2012 Amendment 1", "iso/4100-2012/amd/1-2016"),
        ("IEEE 1802.3", "ieee/1802.3-2022"),
        ("IEEE Std 1802.11", "ieee/1802.11-2020"),
        ("OIML D 91", "oiml/d/91-2026"),
        ("OIML D 91 (E)", "oiml/d/91-2026/e"),
        ("ETSI EN 390 328", "etsi/en/390328-2"),
        ("Weavers 962", "ecma/962/16"),
    ],
)
def test_an_undated_reference_means_the_current_edition(
    matching: Matching, text: str, meant: str
) -> None:
    iri, reasons = outcome(matching(text))
    assert iri == meant
    assert "undated" in reasons


def test_a_current_record_without_date_is_kept_over_an_obsolete_edition(
    matching: Matching,
) -> None:
    assert outcome(matching("IEEE 1003.7"))[0] == "ieee/1003.7"
    assert outcome(matching("IEEE 1003.7-2009"))[0] == "ieee/1003.7-2009"


def test_a_work_gives_way_to_its_last_edition(matching: Matching) -> None:
    found = matching("IEC 70801")
    assert outcome(found)[0] == "iec/70801-2012"
    assert (found.status.key, offered(found)) == ("withdrawn", ["iec/70801-2001"])


def test_a_number_of_two_bodies_is_offered_with_both(matching: Matching) -> None:
    found = matching("M.9101")
    assert outcome(found) == ("", {"several": "2"})
    assert sorted(offered(found)) == ["itu-r/m.9101", "itu-t/m.9101"]


def test_an_amendment_does_not_stand_for_an_unknown_base(matching: Matching) -> None:
    found = matching("IEEE 1802.1")
    assert outcome(found)[0] == ""
    assert offered(found) == ["ieee/1802.1"]


def test_a_corrigendum_with_a_number_of_its_own_is_meant_by_it(matching: Matching) -> None:
    assert outcome(matching("OGC 91-158"))[0] == "ogc/91-158"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://www.iso.org/standard/41002.html", "iso/4100-2012"),
        ("http://iso.org/standard/41002.html/", "iso/4100-2012"),
        ("www.iso.org/fr/standard/41002.html#abstract", "iso/4100-2012"),
        ("https://www.iso.org/standard/41002.html?browse=tc", "iso/4100-2012"),
        ("<http://www.w3.org/TR/TCAG21>", "w3c/tcag21"),
        ("https://shop.example/?id=A+1%2FB", "iso/4102-2015"),
        ("10.1109/YARN.2022.1", "ieee/1802.3-2022"),
        ("doi:10.1109/yarn.2022.1", "ieee/1802.3-2022"),
        ("https://doi.org/10.1109/yarn.2022.1", "ieee/1802.3-2022"),
        ("http://dx.doi.org/10.1109%2Fyarn.2022.1", "ieee/1802.3-2022"),
        ("ISBN 978-1-5044-0146-3", "ieee/1802.3-2022"),
        ("9781504401463", "ieee/1802.3-2022"),
        ("ISBN-10: 1-5044-0146-8", "ieee/1802.3-2022"),
        ("1504401468", "ieee/1802.3-2022"),
    ],
)
def test_a_document_is_found_by_its_address(matching: Matching, text: str, meant: str) -> None:
    iri, reasons = outcome(matching(text))
    assert (iri, list(reasons)) == (meant, ["address"])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://www.iso.org/obp/ui/#iso:std:iso:4100:ed-1:v1:en", "iso/4100-2001"),
        ("https://www.itu.int/rec/T-REC-H.965", "itu-t/h.965-2026"),
        ("https://www.itu.int/rec/T-REC-H.965-201504-I/en", "itu-t/h.965-2015"),
        ("https://www.itu.int/rec/T-REC-H.965-201504-I!Amd1", ""),
        # The address of a record comes before what it names.
        ("https://www.itu.int/rec/T-REC-G.980-201912-S", "itu-t/g.980/annex"),
        ("https://www.itu.int/rec/T-REC-G.980-201912-I", "itu-t/g.980-2019"),
    ],
)
def test_an_address_can_name_a_designation(matching: Matching, text: str, meant: str) -> None:
    assert outcome(matching(text))[0] == meant


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://www.iso.org/standard/41003.html", "no-such-address"),
        ("https://doi.org/10.1109/yarn.2022.2", "no-such-address"),
        ("10.63493/d091.2026", "several"),
        ("978-1-5044-0146-4", "unknown"),
    ],
)
def test_another_address_is_no_match(matching: Matching, text: str, reason: str) -> None:
    iri, reasons = outcome(matching(text))
    assert (iri, list(reasons)) == ("", [reason])


OTHER_DOCUMENTS = {
    "amendment": ["修改单", "修改單", "追補", "amendement", "Änderung", "— Amendment", "(Amd)"],
    "corrigendum": ["Corrigendum", "勘误", "正誤表", "rectificatif", "Berichtigung", "errata"],
    "draft": ["（征求意见稿）", "報批稿", "草案", "projet", "Entwurf", "(draft)", "送审稿"],
    "series": ["系列标准", "シリーズ", "series", "family of standards", "Normenreihe", "série"],
    "handbook": ["handbook", "手册", "ハンドブック", "解説", "Kommentar", "实施指南"],
    "certificate": ["certificate", "认证", "認証", "证书", "zertifiziert", "certified"],
}


@pytest.mark.parametrize(
    ("kind", "words"), [(kind, word) for kind, each in OTHER_DOCUMENTS.items() for word in each]
)
def test_another_document_is_not_the_standard(matching: Matching, kind: str, words: str) -> None:
    for title in ("", " Kites and lines — Vocabulary -"):
        found = matching(f"ISO 4100:2012{title} {words}")
        assert outcome(found) == ("", {"other-document": kind}), title
        assert offered(found)[0] == "iso/4100-2012"


def test_words_of_the_title_itself_are_no_other_document(matching: Matching) -> None:
    title = "ISO 4101:2015 Kites and lines — Handbook of certification"
    assert outcome(matching(title))[0] == "iso/4101-2015"
    assert outcome(matching(title.replace("4101:2015", "4100:2012")))[0] == ""


@pytest.mark.parametrize(
    "text",
    [
        "ISO 4100:2012 Amd.1",
        "ISO 4100:2012 第1号修改单",
        "ISO 4100:2012 追補1",
        "ISO 4100:2012 Änderung 1",
        "ISO 4100:2012 Amendment 1:2016",
        "ISO 4100:2012 Kites — Amendment 1: Tails",
    ],
)
def test_a_numbered_supplement_is_looked_up(matching: Matching, text: str) -> None:
    assert outcome(matching(text))[0] == "iso/4100-2012/amd/1-2016"
    assert outcome(matching(text.replace("1:2016", "1:2017").replace("1: ", "2: ")))[0] in (
        "" if text[-4:] in ("2016", "ails") else "iso/4100-2012/amd/1-2016",
    )


def test_a_redline_is_looked_up(matching: Matching) -> None:
    assert outcome(matching("IEC 70508-3:2010 redline version"))[0] == "iec/70508-3-2010/rlv"
    assert outcome(matching("ISO 4100:2012 redline"))[0] == ""


@pytest.mark.parametrize(
    "text",
    [
        "ISO 4100:2012 (English version)",
        "ISO 4100:2012 (E)",
        "ISO 4100:2012（英文版）",
        "ISO 4100:2012 version française",
        "ISO 4100:2012 deutsche Fassung",
        "ISO 4100:2012 Price group 12",
        "ISO 4100:2012 Preisgruppe 12",
        "ISO 4100:2012, CHF 138,00",
        "ISO 4100:2012[S]",
        "ISO 4100:2012[S/OL]. Geneva: ISO, 2012.",
        "Kites and lines — Vocabulary: ISO 4100:2012[S]. Geneva: ISO, 2012: 3-5.",
        "Normal kites and lines: ISO 4100:2012[S]. Geneva: ISO, 2012.",
        "ISO 4100:2012 Kites and lines — Vocabulary (English version)",
        "ISO 4100:2012 (2012-05)",
        "ISO 4100 2012年版",
        "ISO Standard 4100:2012",
        "ISO Std. No. 4100:2012",
        "ISO 4100:2012 standard",
        "the ISO 4100:2012 Standard",
        "ISO 4100:2012标准",
        "norme ISO 4100:2012",
        "ISO 4100\u22362012",
        "ISO 4100\ufe302012",
        "ISO 4100\ua7892012",
        "ISO 4100\u20102012",
        "ISO 4100(TM):2012",
    ],
)
def test_remarks_and_signs_change_nothing(matching: Matching, text: str) -> None:
    assert outcome(matching(text))[0] == "iso/4100-2012"


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("ISO 4100:2012, 7.1.6", "7.1.6"),
        ("ISO 4100:2012, Clause 5", "Clause 5"),
        ("ISO 4100:2012 § 4", "§ 4"),
        ("ISO 4100:2012第4.2条", "第4.2条"),
        ("ISO 4100:2012 箇条 5", "箇条 5"),
        ("ISO 4100:2012, p. 12", "p. 12"),
        ("ISO 4100:2012, S. 12", "S. 12"),
        ("ISO 4100:2012, 第12页", "第12页"),
        ("ISO 4100:2012 Annex A", "Annex A"),
        ("ISO 4100:2012 附录A", "附录A"),
        ("ISO 4100:2012, Abschnitt 4.2", "Abschnitt 4.2"),
        ("Clause 7.1 of ISO 4100:2012", "Clause 7.1"),
        ("ISO 4100:2012 Clause 5 Strings", "Clause 5 Strings"),
        ("urn:iso:std:iso:4100:ed-2:en:clause:7.1", "clause 7.1"),
    ],
)
def test_a_clause_is_a_place_in_the_standard(matching: Matching, text: str, clause: str) -> None:
    iri, reasons = outcome(matching(text))
    assert (iri, reasons["clause"]) == ("iso/4100-2012", clause)


@pytest.mark.parametrize(
    "words", ["(all parts)", "（所有部分）", "toutes les parties", "alle Teile", "全ての部"]
)
def test_all_parts_are_a_series(matching: Matching, words: str) -> None:
    found = matching(f"IEC 70508 {words}")
    assert (path(found.iri), found.status.key) == ("iec/70508", "series")
    assert "all-parts" in outcome(found)[1]
    assert path(matching(f"IEC 70800 {words}").iri) == "iec/70800"
    refused = matching(f"ISO 4100 {words}")
    assert outcome(refused) == ("", {"other-document": "series"})
    assert "iso/4100-2012" in offered(refused)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("IEC 70508 part 3", "iec/70508-3-2010"),
        ("IEC 70508, Part 3", "iec/70508-3-2010"),
        ("IEC 70508第3部分", "iec/70508-3-2010"),
        ("IEC 70508 第三部分", "iec/70508-3-2010"),
        ("IEC 70508 第3部", "iec/70508-3-2010"),
        ("IEC 70508 partie 3", "iec/70508-3-2010"),
        ("IEC 70508 Teil 3", "iec/70508-3-2010"),
        ("IEC 70508 Part 3:1998", "iec/70508-3-1998"),
        ("IEC 70508 Part 3 Ed. 1", "iec/70508-3-1998"),
        ("IEC 70508 Part 3: Software requirements", "iec/70508-3-2010"),
        ("IEC 70508-3 Part 3", "iec/70508-3-2010"),
        ("IEC 70508-3 Part 1", ""),
        ("IEC 70508 part 9", ""),
        ("IEC 70508 part 3: Hardware", ""),
    ],
)
def test_a_part_is_named_by_a_word(matching: Matching, text: str, meant: str) -> None:
    assert outcome(matching(text))[0] == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("H.965", "itu-t/h.965-2026"),
        ("Recommendation H.965", "itu-t/h.965-2026"),
        ("EN 390 328", "etsi/en/390328-2"),
        ("EN 390328", "etsi/en/390328-2"),
        ("ETSI EN390328", "etsi/en/390328-2"),
        ("ITU H.965", "itu-t/h.965-2026"),
        ("W3C TCAG2.1", "w3c/tcag21"),
        ("TCAG 3.0", "w3c/tcag30"),
        ("EN 390 328 V1.9.1", "etsi/en/390328-1"),
        ("4102:2015", "iso/4102-2015"),
        ("Q 4100:2013", "jis/q4100-2013"),
        ("M.9101", ""),
        ("ITU-R M.9101", "itu-r/m.9101"),
        ("H.966", ""),
        ("EN 390 329", ""),
        ("4102", ""),
        ("7.1.6", ""),
        ("TCAG 2.1", "w3c/tcag21"),
        ("TCAG 2.2", ""),
        ("TCAG", ""),
        ("PCAG 2.1", ""),
    ],
)
def test_short_forms_need_a_single_meaning(matching: Matching, text: str, meant: str) -> None:
    assert outcome(matching(text))[0] == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("IEC 70601-1:2005+AMD1:2012", "iec/70601-1-2005/csv"),
        ("IEC 70601-1:2005+A1:2012", "iec/70601-1-2005/csv"),
        ("IEC 70601-1 Edition 3.1", "iec/70601-1-2005/csv"),
        ("IEC 70601-1 Ed. 3", "iec/70601-1-2005"),
        ("IEC 70601-1 Edition 3.2", ""),
        ("IEC 70601-1:2005/A1:2012", "iec/70601-1-2005/amd/1-2012"),
        ("IEC 70601-1:2005+AMD2:2020", ""),
    ],
)
def test_a_consolidated_version_is_one_document(matching: Matching, text: str, meant: str) -> None:
    assert outcome(matching(text))[0] == meant


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("EN ISO 4100:2012", "ISO 4100:2012"),
        ("BS EN ISO 4100:2012", "ISO 4100:2012"),
        ("DIN EN ISO 4100:2012-11", "ISO 4100:2012"),
        ("ГОСТ Р ИСО 4100-2012", "ISO 4100:2012"),
        ("EN ISO 4100:2012 Kites and lines", "ISO 4100:2012"),
        ("GB/T 14100-2014 idt ISO 4100:2012", "ISO 4100:2012, IDT"),
        ("GB/T 14100-2014 (ISO 4100:2012, MOD)", "ISO 4100:2012, MOD"),
        ("GB/T 14100-2014/ISO 4100:2012", "ISO 4100:2012, IDT"),
        ("(ISO 4100:2012, IDT)", "ISO 4100:2012, IDT"),
        ("等同采用ISO 4100:2012", "ISO 4100:2012, IDT"),
    ],
)
def test_an_adoption_is_not_its_original(matching: Matching, text: str, value: str) -> None:
    found = matching(text)
    assert outcome(found) == ("", {"adoption": value})
    assert offered(found) == ["iso/4100-2012"]


def test_an_international_standard_adopts_another_by_degree_only(matching: Matching) -> None:
    iri, reasons = outcome(matching("ISO 4100:2012 (IEC 70508-1:2010, MOD)"))
    assert (iri, reasons["adopts"]) == ("iso/4100-2012", "IEC 70508-1:2010, MOD")
    found = matching("ISO 4100:2012 (IEC 70508-1:2010)")
    assert (outcome(found)[0], set(offered(found))) == ("", {"iso/4100-2012", "iec/70508-1-2010"})


def test_a_known_adoption_is_matched_itself(matching: Matching) -> None:
    iri, reasons = outcome(matching("JIS Q 4100:2013 (ISO 4100:2012, MOD)"))
    assert (iri, reasons["adopts"]) == ("jis/q4100-2013", "ISO 4100:2012, MOD")


@pytest.mark.parametrize(
    "text",
    [
        "ISO 4100:2012 Kites and lines — Measurement",
        "ISO 4100:2012 Kites and lines — Handbook of certification",
        "ISO 4100:2012 Looms",
        "ISO 4100:2012 織機の試験",
        "ISO 4100:2012, 4",
        "IEC 70508-1:2010 Safety of electric and programmable looms — Software",
    ],
)
def test_the_title_of_another_document_is_no_agreement(matching: Matching, text: str) -> None:
    assert outcome(matching(text))[0] == ""


def test_a_title_in_another_language_is_an_assumption(matching: Matching) -> None:
    for title in ("风筝认证机构要求", "たこ―用語"):
        iri, reasons = outcome(matching(f"ISO 4100:2012 {title}"))
        assert (iri, "no-title" in reasons) == ("iso/4100-2012", True), title


def test_a_short_number_after_another_is_a_clause_and_no_document(matching: Matching) -> None:
    assert "pair" not in outcome(matching("ISO 4100:2012, 4"))[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NIST SP 800-53", "NIST SP 800-53"),
        ("NIST SP 800-53 Rev. 5", "NIST SP 800-53r5"),
        ("GB/T 19001-2016", "GB/T 19001—2016"),
    ],
)
def test_a_number_without_a_catalogue_is_recognized(
    matching: Matching, text: str, value: str
) -> None:
    assert outcome(matching(text)) == ("", {"recognized": value})
    assert outcome(matching("ISO 49999"))[1] == {"no-such-number": "ISO 49999"}
