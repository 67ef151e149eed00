"""Fields of designations by family, and other spellings of them."""

from __future__ import annotations

import time

import pytest

from kg.identifiers import Designation, Supplement, fits, iri_path, parse, same, undated


def parsed(text: str) -> Designation:
    found = parse(text)
    assert found is not None, text
    return found


def sup(kind: str, number: str = "", **more: object) -> Supplement:
    return Supplement(kind=kind, number=number, **more)  # type: ignore[arg-type]


def nist(type_: str, number: str, by: str = "NIST", **more: object) -> dict[str, object]:
    return {"publishers": (by,), "type": type_, "number": number, **more}


def ieee(number: str, by: str = "IEEE", **more: object) -> dict[str, object]:
    return {"publishers": tuple(by.split("/")), "number": number, **more}


FIELDS: list[tuple[str, dict[str, object]]] = [
    ("NIST SP 800-53r5", nist("SP", "800-53", edition="r5")),
    ("NIST SP 800-53Ar5", nist("SP", "800-53A", edition="r5")),
    ("NIST SP 800-57pt1r5", nist("SP", "800-57", parts=("1",), edition="r5")),
    (
        "NIST SP 800-160v1r1 fpd",
        nist("SP", "800-160", volume="1", edition="r1", stage="pd", iteration="f"),
    ),
    ("NIST SP 800-219-draft2", nist("SP", "800-219", stage="draft", iteration="2")),
    ("NIST SP 800-38A-add", nist("SP", "800-38A", supplements=(sup("add"),))),
    ("NIST SP 500-268ver1.1", nist("SP", "500-268", edition="ver1.1")),
    ("NIST SP 1011v2ver1.0", nist("SP", "1011", volume="2", edition="ver1.0")),
    ("NIST SP 782-1995-96", nist("SP", "782", edition="1995-96")),
    ("NIST FIPS 46-3-1999", nist("FIPS", "46-3", year=1999)),
    ("NIST FIPS 54-1-Jan17/1991", nist("FIPS", "54-1", year=1991, month=1, day=17)),
    (
        "NIST IR 8115r1-upd1",
        nist("IR", "8115", edition="r1", supplements=(sup("upd", "1", included=True),)),
    ),
    ("NIST IR 8259A por", nist("IR", "8259A", language="por")),
    ("NIST AI 100-2e2023", nist("AI", "100-2", edition="e", year=2023)),
    ("NIST GCR 21-917-48v3B", nist("GCR", "21-917-48", volume="3B")),
    ("NBS IR 80-2054", nist("IR", "80-2054", "NBS")),
    ("NBS CS 100-42", nist("CS", "100", "NBS", year=1942)),
    ("NBS CSM v6n10", nist("CSM", "10", "NBS", volume="6")),
    ("NBS RPT Apr-Jun1949", nist("RPT", "Apr-Jun1949", "NBS")),
    ("NBS RPT ADHOC", nist("RPT", "ADHOC", "NBS")),
    (
        "NBS CIRC 13e2sup1928",
        nist("CIRC", "13", "NBS", edition="e2", supplements=(sup("sup", year=1928),)),
    ),
    (
        "NBS CIRC 24supJan1924",
        nist("CIRC", "24", "NBS", supplements=(sup("sup", year=1924, month=1),)),
    ),
    ("NBS LCIRC 59rNov1924", nist("LCIRC", "59", "NBS", edition="r", year=1924, month=11)),
    (
        "CCSDS 122.0-B-1-S Cor. 2",
        {
            "publishers": ("CCSDS",),
            "number": "122.0",
            "type": "B",
            "edition": "1",
            "variant": "S",
            "supplements": (sup("Cor", "2"),),
        },
    ),
    (
        "CCSDS 650.0-M-2 - French Translated",
        {
            "publishers": ("CCSDS",),
            "number": "650.0",
            "type": "M",
            "edition": "2",
            "language": "French",
        },
    ),
    (
        "PLATEAU Handbook #03-1 第2.0版（公共活用編）",
        {
            "publishers": ("PLATEAU",),
            "type": "Handbook",
            "number": "03",
            "parts": ("1",),
            "edition": "2.0",
            "variant": "公共活用編",
        },
    ),
    (
        "65E/850A(F)/CDV",
        {"publishers": ("IEC",), "type": "CDV", "number": "65E/850A", "language": "F"},
    ),
    (
        "PWI SRD SyCCOMM-2 ED1",
        {
            "publishers": ("IEC",),
            "stage": "PWI",
            "type": "SRD",
            "number": "SyCCOMM-2",
            "edition": "1",
        },
    ),
    (
        "IECEE TRF 60335-2-30,80B_EMC:2015",
        {
            "publishers": ("IECEE",),
            "type": "TRF",
            "number": "60335",
            "parts": ("2", "30,80"),
            "edition": "B",
            "variant": "EMC",
            "year": 2015,
        },
    ),
    (
        "IECEx TRF 60079-11v5B2:2011",
        {
            "publishers": ("IECEx",),
            "type": "TRF",
            "number": "60079",
            "parts": ("11",),
            "edition": "v5B2",
            "year": 2011,
        },
    ),
    (
        "IECQ 080000-ZHS:2017",
        {"publishers": ("IECQ",), "number": "080000", "language": "ZHS", "year": 2017},
    ),
    (
        "ISO/IEC DIR 1:2022 + IEC SUP:2021",
        {
            "publishers": ("ISO", "IEC"),
            "type": "DIR",
            "number": "1",
            "year": 2022,
            "supplements": (sup("IEC SUP", year=2021, included=True),),
        },
    ),
    (
        "ISO/IEC DIR ISO SUP",
        {"publishers": ("ISO", "IEC"), "type": "DIR", "supplements": (sup("ISO SUP"),)},
    ),
    (
        "ISO/IEC JTC 1 DIR:2004",
        {"publishers": ("ISO", "IEC"), "type": "DIR", "number": "JTC 1", "year": 2004},
    ),
    ("FprISO 9693-2", {"publishers": ("ISO",), "stage": "Fpr", "number": "9693", "parts": ("2",)}),
    ("ISO/IEC VIM:1993", {"publishers": ("ISO", "IEC"), "number": "VIM", "year": 1993}),
    (
        "IEC 60050-802/COR1/FRAGC1 ED1",
        {
            "publishers": ("IEC",),
            "number": "60050",
            "parts": ("802",),
            "supplements": (sup("Cor", "1"), sup("FRAG", "C1")),
            "edition": "1",
        },
    ),
    (
        "IEEE Std 315-1975 (ANSI Y32.2-1975)",
        ieee("315", year=1975, aliases=("ANSI Y32.2-1975",)),
    ),
    (
        "ISO/IEC 8802-5:1992 ED1 (IEEE Std 802.5-1992)",
        {
            "publishers": ("ISO", "IEC"),
            "number": "8802",
            "parts": ("5",),
            "year": 1992,
            "edition": "1",
            "aliases": ("IEEE Std 802.5-1992",),
        },
    ),
    ("IEEE Std 11073-10404-2008", ieee("11073", parts=("10404",), year=2008)),
    ("IEEE Std 7-4.3.2-1993", ieee("7-4.3.2", year=1993)),
    ("IEEE/ASTM Std SI 10-2016", ieee("SI 10", "IEEE/ASTM", year=2016)),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS, ids=[text for text, _ in FIELDS])
def test_every_field_is_parsed_and_printed_back(text: str, fields: dict[str, object]) -> None:
    found = parsed(text)
    assert {name: value for name, value in vars(found).items() if value} == fields
    assert str(found) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("NIST.SP.800-108r1-upd1", "NIST SP 800-108r1-upd1"),
        ("nbs.tn.671", "NBS TN 671"),
        ("NISTIR 7298 Rev. 3", "NIST IR 7298r3"),
        ("FIPS PUB 140-2", "NIST FIPS 140-2"),
        ("NIST Special Publication 800-53 Revision 5", "NIST SP 800-53r5"),
        ("NIST SP 800-160 Vol. 1 Rev. 1", "NIST SP 800-160v1r1"),
        ("NIST SP 800-57 Part 1 Rev. 4", "NIST SP 800-57pt1r4"),
        ("NIST SP 800-27 Revision (r)", "NIST SP 800-27r"),
        ("NIST SP 800-60ver2v2", "NIST SP 800-60v2ver2"),
        ("NIST SP 500-281-v1 0", "NIST SP 500-281ver1.0"),
        ("NIST SP 984 4", "NIST SP 984.4"),
        ("NIST SP 955 Suppl", "NIST SP 955sup"),
        ("NIST IR 8259Aes", "NIST IR 8259A spa"),
        ("NBS HB 28supp1957pt2", "NBS HB 28sup1957pt2"),
        ("NBS HB 28p11969", "NBS HB 28pt1-1969"),
        ("NBS CIRC 13e2revJune1908", "NBS CIRC 13e2rJun1908"),
        ("NBS CIRC 118sup3/1926", "NBS CIRC 118supMar1926"),
        ("NBS TN 467p1adde1", "NBS TN 467pt1-add1"),
        ("ITU-R SG05.48-7", "ITU-R 48-7/5"),
        ("ITU-R SG07.245-200", "ITU-R 245-200/7"),
        ("ISO/IEC Directives, Part 2:2021", "ISO/IEC DIR 2:2021"),
        (
            "ISO/IEC Directives, Part 1 -- Consolidated ISO Supplement",
            "ISO/IEC DIR 1 ISO SUP",
        ),
        ("WD/ISO 10360-2", "ISO/WD 10360-2"),
        ("ИСО/ОПМС 9000:2000", "ISO/FDIS 9000:2000"),
        ("Руководства ИСО 2", "ISO Guide 2"),
        ("ISO 17301-1:2016/FCOR 2.3", "ISO 17301-1:2016/FDCOR 2.3"),
        ("cispr/1456a/da", "CISPR/1456A/DA"),
        ("IECEE TRF 60127-2-iC_I:2013", "IECEE TRF 60127-2-IC_I:2013"),
        ("IEEE Std 1377-2012 (Revision of IEEE Std 1377-1997)", "IEEE Std 1377-2012"),
        (
            "IEEE Std C62.92.4-2014 (Revision of IEEE Std C62.92.4-1991) - Redline",
            "IEEE Std C62.92.4-2014 Redline",
        ),
        (
            "IEEE Std 802.3by-2016 (Amendment to IEEE Std 802.3-2015 as amended by IEEE Std "
            "802.3bw-2015)",
            "IEEE Std 802.3by-2016",
        ),
        ("IEEE P644/D6, January 2019", "IEEE P644/D-6-2019-01"),
        ("P802.11v/D12.0, June 2010", "IEEE P802.11v/D-12.0-2010-06"),
        (
            "IEEE Unapproved Draft Std P754_D1.5.0, Oct 07",
            "IEEE Unapproved Std P754/D-1.5.0-2007-10",
        ),
        (
            "IEEE PC37.60/IEC 62271-111_D10, February 2012",
            "IEEE PC37.60/D-10-2012-02 (IEC 62271-111)",
        ),
        ("IEEE P11073-10418-2011/Cor1-D2, January 2015", "IEEE P11073-10418-2011/D-2/Cor1-2015-01"),
        ("ISO/IEC/IEEE P26514/CD2, August 2020", "ISO/IEC/IEEE CD2 P26514-2020-08"),
        ("IEC/IEEE P63195-2 ED4, March 2021", "IEC/IEEE P63195-2/E-4-2021-03"),
        ("IEC 61671-6 Edition 1.0 2016-04", "IEC 61671-6:2016 ED1"),
        ("IEEE 1076 IEC 61691-1-1 First edition 2004-10", "IEC 61691-1-1:2004 ED1 (IEEE Std 1076)"),
        ("IEEE Std 802.3, 1998 Edition", "IEEE Std 802.3-1998"),
        ("802.16k-2007 (Amendment to IEEE Std 802.1D-2004)", "IEEE Std 802.16k-2007"),
        ("AIEE No. 2-June 1929", "AIEE 2-1929-06"),
    ],
)
def test_other_spellings_are_printed_in_the_usual_form(text: str, printed: str) -> None:
    assert str(parsed(text)) == printed
    assert parse(printed) == parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        *("NIST", "NIST SP", "NIST SP 800-53 controls", "NIST XY 800-53", "SP 800-53"),
        *("NIST SP 800-53r5r4", "NIST SP 800-53 xyz", "NBS CSM 10v6n10", "FIPS mode 140"),
        *("NIST cybersecurity framework 2.0", "CCSDS 131.0", "CCSDS 131.0-X-1", "PLATEAU #01"),
        *("65E/850", "65E/850/XY", "2021/12/31", "1/2/3", "65E/CC/850", "PWI 1", "PNW IEC-1"),
        *("IECEE TRF", "IECEE 60335", "IECQ", "ITU-R SG05", "ISO/IEC DIR", "ISO/IEC DIR ISO"),
        *("ISO/IEC Directives", "Fpr 9693", "FprISO/DIS 9693", "WD/IEEE 1", "ISO VIM2"),
        *("IEEE Std 1-2012 (a good one)", "IEEE Std 1-2012 (Revision of the weather)"),
        *("P802.3", "NEMA PE5", "IEEE 1076-199O", "(Revision of IEEE Std 1-2012)"),
        "IEEE Std 1-2012 (Revision of IEEE Std 1-2000" + " and IEEE Std 1-2000" * 30 + ")",
    ],
)
def test_other_texts_are_not_parsed(text: str) -> None:
    assert parse(text) is None


def test_volumes_are_different_documents() -> None:
    first, second, whole = map(
        parsed, ("NIST SP 800-60v1r1", "NIST SP 800-60v2r1", "NIST SP 800-60")
    )
    assert not same(first, second)
    assert not fits(whole, first)
    assert iri_path(first) == "nist/sp/800-60/volume/1/edition/r1"
    assert str(undated(first)) == "NIST SP 800-60v1"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("NBS CS 42-49 Rev. 1", "NBS CS 42-49r1"),
        ("NBS CSM v8n7 Rev. 1", "NBS CSM v8n7r1"),
        ("NBS CSM v8n7 por", "NBS CSM v8n7 por"),
        ("NIST SP 1075-NCNR Rev. 1", "NIST SP 1075-NCNR-r1"),
    ],
)
def test_what_follows_a_number_is_printed_as_it_is_read(text: str, printed: str) -> None:
    designation = parsed(text)
    assert (str(designation), parse(printed)) == (printed, designation)


@pytest.mark.parametrize(
    "text",
    ["NBS LCIRC 1017r1967 V1.2.3", "ISO 17301-1:2016/Cor .3:2002", "ISO 9001 edition 2015"],
)
def test_marks_that_could_not_be_told_apart_are_not_parsed(text: str) -> None:
    assert parse(text) is None


def test_a_part_is_no_piece_of_a_number() -> None:
    paths = [iri_path(parsed(text)) for text in ("NBS IR 82-260pt2", "NBS IR 82-260-2")]
    assert paths == ["nbs/ir/82-260pt2", "nbs/ir/82-260-2"]


def test_a_further_number_of_a_document_means_the_same() -> None:
    assert same(parsed("IEEE Std 315-1975 (ANSI Y32.2-1975)"), parsed("IEEE Std 315-1975"))
    assert same(parsed("ITU-R SG03.205-2"), parsed("ITU-R 205-2/3"))
    assert not same(parsed("NBS SP 260"), parsed("NIST SP 260"))


@pytest.mark.parametrize(
    "text",
    [
        *("NIST SP 1" + part * (140 // len(part)) + "!" for part in (" sup", " v1", "r1a", "-1")),
        *("NIST SP " + "1" * 140 + "!", "IEEE P1" + "/D1" * 48 + "!", "IEC 1 IEEE 1 " * 12),
        "IEEE Std 1-2012 (Revision of " + "IEEE Std 1-2000 and " * 27 + "!)",
        "IEEE Std 1-2012 (Revision of " + "Std No " * 70 + "!)",
        "IEEE Std 1-2012 " + "(a)" * 190,
    ],
)
def test_repeated_parts_take_no_time(text: str) -> None:
    begin = time.process_time()
    assert parse(text) is None
    assert time.process_time() - begin < 1
