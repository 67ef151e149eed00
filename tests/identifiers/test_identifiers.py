"""Designations: parsing, printing, comparison, paths and URNs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kg.identifiers import Designation, Supplement, fits, iri_path, parse, same, undated, urn


def parsed(text: str) -> Designation:
    found = parse(text)
    assert found is not None, text
    return found


def given_fields(designation: Designation) -> dict[str, object]:
    """Return the fields that are set."""
    return {name: value for name, value in vars(designation).items() if value}


def sup(kind: str, number: str = "", **more: object) -> Supplement:
    return Supplement(kind=kind, number=number, **more)  # type: ignore[arg-type]


FIELDS: list[tuple[str, dict[str, object]]] = [
    ("ISO 9001:2015", {"publishers": ("ISO",), "number": "9001", "year": 2015}),
    (
        "ISO/IEC 27001:2022",
        {"publishers": ("ISO", "IEC"), "number": "27001", "year": 2022},
    ),
    (
        "ISO/IEC/IEEE 8802-1Q:2016/Amd 3:2017",
        {
            "publishers": ("ISO", "IEC", "IEEE"),
            "number": "8802",
            "parts": ("1Q",),
            "year": 2016,
            "supplements": (sup("Amd", "3", year=2017),),
        },
    ),
    (
        "ISO/TR 32123:2024",
        {"publishers": ("ISO",), "type": "TR", "number": "32123", "year": 2024},
    ),
    (
        "ISO/IEC DTS 17021-14",
        {
            "publishers": ("ISO", "IEC"),
            "stage": "D",
            "type": "TS",
            "number": "17021",
            "parts": ("14",),
        },
    ),
    (
        "ISO/DIS 105-E01.2",
        {
            "publishers": ("ISO",),
            "stage": "DIS",
            "number": "105",
            "parts": ("E01",),
            "iteration": "2",
        },
    ),
    (
        "ISO/CD TR 9.3",
        {"publishers": ("ISO",), "stage": "CD", "type": "TR", "number": "9", "iteration": "3"},
    ),
    ("IWA 2:2007", {"publishers": ("ISO",), "type": "IWA", "number": "2", "year": 2007}),
    (
        "ISO/IEC Guide 98-3:2008/Suppl 1:2008/Cor 1:2009",
        {
            "publishers": ("ISO", "IEC"),
            "type": "Guide",
            "number": "98",
            "parts": ("3",),
            "year": 2008,
            "supplements": (sup("Suppl", "1", year=2008), sup("Cor", "1", year=2009)),
        },
    ),
    (
        "ISO 19115-1:2014/DAM 1",
        {
            "publishers": ("ISO",),
            "number": "19115",
            "parts": ("1",),
            "year": 2014,
            "supplements": (sup("Amd", "1", stage="D"),),
        },
    ),
    (
        "ISO 5667-3:2018/CD Amd 1.2",
        {
            "publishers": ("ISO",),
            "number": "5667",
            "parts": ("3",),
            "year": 2018,
            "supplements": (sup("Amd", "1", stage="CD", iteration="2"),),
        },
    ),
    (
        "ISO/IEC 7816-4:2020(E)",
        {
            "publishers": ("ISO", "IEC"),
            "number": "7816",
            "parts": ("4",),
            "year": 2020,
            "language": "E",
        },
    ),
    (
        "IEC 60601-1:2005+AMD1:2012+AMD2:2020 CSV/COR1:2021",
        {
            "publishers": ("IEC",),
            "number": "60601",
            "parts": ("1",),
            "year": 2005,
            "variant": "CSV",
            "supplements": (
                sup("Amd", "1", year=2012, included=True),
                sup("Amd", "2", year=2020, included=True),
                sup("Cor", "1", year=2021),
            ),
        },
    ),
    (
        "IEC TS 60695-2-4/2:1994",
        {
            "publishers": ("IEC",),
            "type": "TS",
            "number": "60695",
            "parts": ("2", "4/2"),
            "year": 1994,
        },
    ),
    (
        "CISPR 16-1-1:2015/AMD2/FRAG4",
        {
            "publishers": ("CISPR",),
            "number": "16",
            "parts": ("1", "1"),
            "year": 2015,
            "supplements": (sup("Amd", "2"), sup("FRAG", "4")),
        },
    ),
    ("ISO 32110 ED1", {"publishers": ("ISO",), "number": "32110", "edition": "1"}),
    (
        "ITU-T G.709/Y.1331 (2020) Amd. 1 (11/2021)",
        {
            "publishers": ("ITU-T",),
            "number": "G.709",
            "aliases": ("Y.1331",),
            "year": 2020,
            "supplements": (sup("Amd.", "1", year=2021, month=11),),
        },
    ),
    (
        "ITU-T H.264 (V13) (06/2019)",
        {"publishers": ("ITU-T",), "number": "H.264", "edition": "13", "year": 2019, "month": 6},
    ),
    (
        "ITU-T V.8 bis (11/2000)",
        {"publishers": ("ITU-T",), "number": "V.8 bis", "year": 2000, "month": 11},
    ),
    (
        "ITU-T Y Suppl. 27 (01/2015)",
        {
            "publishers": ("ITU-T",),
            "number": "Y",
            "supplements": (sup("Suppl.", "27", year=2015, month=1),),
        },
    ),
    (
        "ITU-T G.729 Annex E (1998) Cor. 1 (02/2000)",
        {
            "publishers": ("ITU-T",),
            "number": "G.729",
            "supplements": (sup("Annex", "E", year=1998), sup("Cor.", "1", year=2000, month=2)),
        },
    ),
    ("ITU-R BT.601-7", {"publishers": ("ITU-R",), "number": "BT.601", "edition": "7"}),
    (
        "ITU-R 205-1/5",
        {"publishers": ("ITU-R",), "number": "205", "edition": "1", "parts": ("5",)},
    ),
    ("IEEE Std 802.3-2018", {"publishers": ("IEEE",), "number": "802.3", "year": 2018}),
    (
        "IEEE Std C57.12.00-2015 Redline",
        {"publishers": ("IEEE",), "number": "C57.12.00", "year": 2015, "variant": "Redline"},
    ),
    (
        "IEEE P802.1Qcp/D-2.0-2017-11",
        {
            "publishers": ("IEEE",),
            "stage": "P",
            "number": "802.1Qcp",
            "iteration": "2.0",
            "year": 2017,
            "month": 11,
        },
    ),
    (
        "IEEE Std 802.1Q-2011/Cor2-2012",
        {
            "publishers": ("IEEE",),
            "number": "802.1Q",
            "year": 2011,
            "supplements": (sup("Cor", "2", year=2012),),
        },
    ),
    (
        "IEEE Unapproved Std P1234/D-5-2007-09",
        {
            "publishers": ("IEEE",),
            "type": "Unapproved",
            "stage": "P",
            "number": "1234",
            "iteration": "5",
            "year": 2007,
            "month": 9,
        },
    ),
    ("AIEE 11-1937", {"publishers": ("AIEE",), "number": "11", "year": 1937}),
    ("ANSI/IEEE Std 1008-1987", {"publishers": ("ANSI", "IEEE"), "number": "1008", "year": 1987}),
    (
        "W3C REC-xml-19980210",
        {
            "publishers": ("W3C",),
            "type": "REC",
            "number": "xml",
            "year": 1998,
            "month": 2,
            "day": 10,
        },
    ),
    ("W3C ttml-imsc1.0.1", {"publishers": ("W3C",), "number": "ttml-imsc1.0.1"}),
    (
        "ETSI EN 302 890-1 V1.2.1 (2019-07)",
        {
            "publishers": ("ETSI",),
            "type": "EN",
            "number": "302890",
            "parts": ("1",),
            "edition": "V1.2.1",
            "year": 2019,
            "month": 7,
        },
    ),
    (
        "ETSI GS NFV-IFA 011 V3.1.1 (2018-08)",
        {
            "publishers": ("ETSI",),
            "type": "GS",
            "number": "NFV-IFA 011",
            "edition": "V3.1.1",
            "year": 2018,
            "month": 8,
        },
    ),
    (
        "ETSI ETS 300 001/A1 ed.2 (1995-04)",
        {
            "publishers": ("ETSI",),
            "type": "ETS",
            "number": "300001",
            "supplements": (sup("Amd", "1"),),
            "edition": "ed.2",
            "year": 1995,
            "month": 4,
        },
    ),
    (
        "ETSI GTS GSM 03.40 V5.3.0 (1996-07)",
        {
            "publishers": ("ETSI",),
            "type": "GTS",
            "number": "GSM 03.40",
            "edition": "V5.3.0",
            "year": 1996,
            "month": 7,
        },
    ),
    ("JIS A 0001:1999", {"publishers": ("JIS",), "number": "A0001", "year": 1999}),
    (
        "JIS C 60079-11:2004/AMENDMENT 1:2008",
        {
            "publishers": ("JIS",),
            "number": "C60079",
            "parts": ("11",),
            "year": 2004,
            "supplements": (sup("AMENDMENT", "1", year=2008),),
        },
    ),
    ("TR X 0050:2002", {"publishers": ("JIS",), "type": "TR", "number": "X0050", "year": 2002}),
    (
        "OIML R 117-1:2007 (E)",
        {
            "publishers": ("OIML",),
            "type": "R",
            "number": "117",
            "parts": ("1",),
            "year": 2007,
            "language": "E",
        },
    ),
    (
        "OIML B 10-1:2004+Amendment:2006 (E)",
        {
            "publishers": ("OIML",),
            "type": "B",
            "number": "10",
            "parts": ("1",),
            "year": 2004,
            "supplements": (sup("Amendment", year=2006, included=True),),
            "language": "E",
        },
    ),
    (
        "OIML Bulletin 2021-04-13",
        {"publishers": ("OIML",), "type": "Bulletin", "number": "2021", "parts": ("04", "13")},
    ),
    ("OGC 00-028r3", {"publishers": ("OGC",), "number": "00-028", "edition": "r3"}),
    (
        "GB/T 1.1—2020",
        {"publishers": ("GB",), "type": "T", "number": "1", "parts": ("1",), "year": 2020},
    ),
    ("GB 18030—2022", {"publishers": ("GB",), "number": "18030", "year": 2022}),
    (
        "GB/Z 26337.1—2010",
        {"publishers": ("GB",), "type": "Z", "number": "26337", "parts": ("1",), "year": 2010},
    ),
    ("GBZ 2.1—2019", {"publishers": ("GBZ",), "number": "2", "parts": ("1",), "year": 2019}),
    ("GJB 9001C—2017", {"publishers": ("GJB",), "number": "9001C", "year": 2017}),
    (
        "DB33/T 2036.1—2017",
        {"publishers": ("DB33",), "type": "T", "number": "2036", "parts": ("1",), "year": 2017},
    ),
    (
        "DB3301/T 0234—2018",
        {"publishers": ("DB3301",), "type": "T", "number": "0234", "year": 2018},
    ),
    ("T/ZZB 0001—2016", {"publishers": ("T/ZZB",), "number": "0001", "year": 2016}),
    ("Q/GDW 1738—2012", {"publishers": ("Q/GDW",), "number": "1738", "year": 2012}),
    ("YY/T 0316—2016", {"publishers": ("YY",), "type": "T", "number": "0316", "year": 2016}),
    ("JJF 1001—2011", {"publishers": ("JJF",), "number": "1001", "year": 2011}),
    (
        "GB 6675.1—2014/XG1—2018",
        {
            "publishers": ("GB",),
            "number": "6675",
            "parts": ("1",),
            "year": 2014,
            "supplements": (sup("XG", "1", year=2018),),
        },
    ),
    (
        "国市监标技〔2018〕699号",
        {"publishers": ("国市监标技",), "number": "699", "year": 2018},
    ),
    (
        "中华人民共和国国家标准公告2018年第17号",
        {
            "publishers": ("中华人民共和国国家标准公告",),
            "type": "公告",
            "number": "17",
            "year": 2018,
        },
    ),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS, ids=[text for text, _ in FIELDS])
def test_every_field_is_parsed_and_printed_back(text: str, fields: dict[str, object]) -> None:
    assert given_fields(parsed(text)) == fields
    assert str(parsed(text)) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("ISO／IEC 27001—2022", "ISO/IEC 27001:2022"),
        ("iso/iec27001", "ISO/IEC 27001"),
        ("ISO IEC 27001 : 2022", "ISO/IEC 27001:2022"),
        ("ISO-9001", None),
        ("ISO 9001-2015", "ISO 9001:2015"),
        ("ISO 9001–2015", "ISO 9001:2015"),
        ("ISO 10303-21", "ISO 10303-21"),
        ("ISO/CEI 17025:2017(fr)", "ISO/IEC 17025:2017(F)"),
        ("Guide ISO/CEI 51:2014", "ISO/IEC Guide 51:2014"),
        ("ИСО/ТО 14062:2002", "ISO/TR 14062:2002"),
        ("IEC/TR 62390:2005", "IEC TR 62390:2005"),
        ("IEC/ISO 31010:2009", "ISO/IEC 31010:2009"),
        ("ISO/IEC 8802-3:2000/AMD1:2001", "ISO/IEC 8802-3:2000/Amd 1:2001"),
        ("ISO 14644-1:2015 Amd 1:2020", "ISO 14644-1:2015/Amd 1:2020"),
        ("ISO/IEC/IEEE 29119.1-2013", "ISO/IEC/IEEE 29119-1:2013"),
        ("IEC/IEEE 60079.30.1-2015", "IEC/IEEE 60079-30-1:2015"),
        ("IEEE 802.11-2020", "IEEE Std 802.11-2020"),
        ("IEEE Std 802.3™-2018", "IEEE Std 802.3-2018"),
        ("IEEE P1003.1/D3, May 2016", "IEEE P1003.1/D-3-2016-05"),
        ("IEEE Std No.296", "IEEE Std 296"),
        ("https://www.w3.org/TR/2014/REC-json-ld-20140116/", "W3C REC-json-ld-20140116"),
        ("rec-xml-19980210", "W3C REC-xml-19980210"),
        ("W3C WD-math-980106", "W3C WD-math-19980106"),
        ("EN 302 890-1 V1.2.1 (2019-07)", "ETSI EN 302 890-1 V1.2.1 (2019-07)"),
        ("ETSI EN 300328", "ETSI EN 300 328"),
        ("ITU-T Rec. X.509 (10/2019)", "ITU-T X.509 (10/2019)"),
        ("itu-t g.709", "ITU-T G.709"),
        ("ITU-R SG05.205-1", "ITU-R 205-1/5"),
        ("JISX0208:1997", "JIS X 0208:1997"),
        ("JIS Ｃ　９９０１：2019R", "JIS C 9901:2019"),
        ("ISO ٩٠٠١:٢٠١٥", "ISO 9001:2015"),
        ("GB/T1.1-2020", "GB/T 1.1—2020"),
        ("GBT 19001 - 2016", "GB/T 19001—2016"),
        ("ＧＢ／Ｔ　７７１４－８７", "GB/T 7714—1987"),
        ("DB33/ 2036-2017", "DB33 2036—2017"),
        ("DB 33/T 2036-2017", "DB33/T 2036—2017"),
        ("t/zzb0001-2016", "T/ZZB 0001—2016"),
        ("国市监标技[2018]699号", "国市监标技〔2018〕699号"),
        ("国市监标技（2018）第 699 号", "国市监标技〔2018〕699号"),
        ("urn:iso:std:iso-iec:27001:ed-3:en", "ISO/IEC 27001 ED3(E)"),
        ("URN:ISO:STD:ISO:9999:-1:ED-1:EN,FR:AMD:2", "ISO 9999-1/Amd 2 ED1(E/F)"),
        ("urn:iso:std:iso:ts:1234:stage-40.20.v2", "ISO/DTS 1234.2"),
        ("urn:iso:std:iso:9001:stage-60.60:ed-5", "ISO 9001 ED5"),
        ("urn:iso:std:iso:9001:ed-5:stage-40.20:amd:1", None),
        ("urn:iso:std:iso:9001:stage-draft", None),
        ("urn:iso:std:iso:9001:ed-5:en:sec:4.1", None),
        (
            "urn:iec:std:iec:60034-1:2017-05:tr::||amd:1:2019-03-02",
            "IEC TR 60034-1:2017-05/AMD1:2019-03",
        ),
    ],
)
def test_other_spellings_are_printed_in_the_usual_form(text: str, printed: str | None) -> None:
    found = parse(text)
    assert (str(found) if found else None) == printed


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "ISO", "GB/T", "9001", "ISO/TC 321", "ISO/IEC JTC 1", "SAC/TC 563", "IEC/TC 1"),
        *("ISO 9001 certification", "see ISO 9001", "ISO 9001:15", "ISO 9001:2015:2016", "ISO 1.2"),
        *("ISO/DIS/CD 1", "ISO/TR/TS 1", "IEEE", "IEEE Conformity", "IEEE 802.3-2018-13"),
        *("00-028r3", "12-345", "TS 16949", "TR 5", "A 0001:1999"),
        *("GB/T 1-1", "GB/T", "DB33", "DB3/T 1", "T/ 1", "GB/T 1.1-20201", "XX/T 1-2000"),
        *("ITU-T", "ITU-T G", "ITU-T G.709 (13/2020) x", "W3C", "REC-xml", "xml-19980210"),
        *(
            "浙江省人民政府2018年",
            "〔2018〕699号",
            "1" * 200,
            "ISO " + "9" * 200,
            "covid-19",
            "TB 2",
            "QC 1",
            "ISO 1/Amd 1+Amd 2 CSV",
        ),
    ],
)
def test_other_texts_are_not_parsed(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ISO/IEC 27001:2022", "ISO/IEC 27001"),
        ("ISO/IEC 27001:2022", "iso 27001"),
        ("ISO/IEC 27001:2022", "urn:iso:std:iso-iec:27001:ed-3"),
        ("ISO/IEC 27001:2022(E)", "ISO／IEC 27001—2022"),
        ("ITU-T G.709/Y.1331 (06/2020)", "ITU-T Y.1331"),
        ("W3C rec-XML-19980210", "W3C REC-xml-19980210"),
        ("ISO 9001:2015/Amd 1:2024", "ISO 9001/Amd 1"),
    ],
)
def test_same_designations(one: str, other: str) -> None:
    assert same(parsed(one), parsed(other))
    assert same(parsed(other), parsed(one))
    assert fits(parsed(other), parsed(one))


DIFFERENT = """
ISO 1 | ISO/TR 1 | ISO/DIS 1 | ISO/R 1 | ISO 1-1 | ISO 11 | ISO 1/Amd 1 | ISO 1/Cor 1
IWA 1 | ISO Guide 1 | ISO/CD 1 | ISO/CD 1.2 | ISO 1-1-1 | ISO 1-11 | ISO 1/Amd 1/Cor 1
ISO 1/DAM 1 | ISO 1/CD Amd 1 | ISO 1+Amd 1 CSV | ISO 1 CSV | ISO 1A | ISO 1-A | CISPR 1
GB 1 | GB/T 1 | GB/Z 1 | GBZ 1 | GB/T 1.1 | GB/T 11 | GB/T 1.11 | GB/T 1.1.1 | YY/T 1
YY 1-2000 | DB33/T 1 | DB31/T 1 | DB3301/T 1 | DB/T 1 | T/ZZB 1 | Q/ZZB 1 | T/ZZB 01
IEEE Std 1 | IEEE P1 | AIEE 1 | IEEE Std 1.1 | IEEE Std 1-1 | IEEE Std 1a | IEEE Std C1
ITU-T G.1 | ITU-T G.11 | ITU-T G.1.1 | ITU-T G.1 bis | ITU-R BT.1 | ITU-T G Suppl. 1
ITU-T G.1 Amd. 1 | ITU-T G.1 Cor. 1 | ITU-T G.1 Annex A | ITU-T X.1 | ITU-R 1
ITU-R 1/1 | ETSI TS 100 001 | ETSI TR 100 001 | ETSI TS 100 001-1 | ETSI TS 100 001/A1
ETSI GS MEC 001 | JIS A 0001 | JIS B 0001 | TR A 0001:2000 | TS A 0001:2000
JIS A 0001-1 | JIS A 00011 | OIML R 1 | OIML D 1 | OIML R 1-1 | OIML R 11
OIML R 1 Errata | OGC 00-001 | OGC 00-011 | W3C html5 | W3C REC-html5-20141028
W3C WD-html5-20141028 | W3C html51
"""


def test_different_standards_are_never_the_same() -> None:
    designations = [parsed(text) for text in re.split(r" \| |\n", DIFFERENT.strip())]
    for at, one in enumerate(designations):
        for other in designations[at + 1 :]:
            assert not same(one, other), (one, other)
            assert not fits(other, one)
    assert (
        len({d.key for d in designations})
        == len({iri_path(d) for d in designations})
        == len(designations)
        == 80
    )


def test_editions_differ_and_the_undated_matches_each() -> None:
    old, new, any_ = map(parsed, ("ISO 9001:2008", "ISO 9001:2015", "ISO 9001"))
    assert not same(old, new)
    assert same(any_, old)
    assert same(any_, new)
    assert fits(any_, old)
    assert not fits(old, any_)
    assert undated(old) == undated(new) == any_
    assert (
        str(undated(parsed("ITU-T G.709 (2020) Amd. 1 (11/2021)"))) == "ITU-T G.709 (2020) Amd. 1"
    )
    assert str(undated(parsed("ETSI EN 302 890-1 V1.2.1 (2019-07)"))) == "ETSI EN 302 890-1"
    # Where the edition is in the name itself, what doesn't say it is not what was asked for.
    assert not fits(parsed("ETSI EN 302 890-1 V1.2.1"), parsed("ETSI EN 302 890-1"))
    assert fits(parsed("urn:iso:std:iso:9001:ed-5"), new)
    assert fits(parsed("ISO 27001:2022"), parsed("ISO/IEC 27001:2022"))
    assert not fits(parsed("ISO/IEC 32110"), parsed("ISO 32110:2023"))


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("ISO 32110:2023", "iso/32110-2023"),
        ("ISO/TR 32123:2024", "iso/tr/32123-2024"),
        ("ISO/IEC DTS 1-2:2020", "iso-iec/d_ts/1-2-2020"),
        ("ISO 9001:2015/Amd 1:2024", "iso/9001-2015/amd/1-2024"),
        ("IEC 60601-1:2005+AMD1:2012 CSV", "iec/60601-1-2005/variant/csv/amd%2B/1-2012"),
        ("ITU-T G.709/Y.1331 (06/2020)", "itu-t/g.709-2020-06/aliases/y.1331"),
        ("IEEE Std 802.3-2018", "ieee/802.3-2018"),
        ("W3C REC-xml-19980210", "w3c/rec-xml-19980210"),
        ("ETSI EN 302 890-1 V1.2.1 (2019-07)", "etsi/en/302890-1-2019-07/edition/v1.2.1"),
        ("JIS A 0001:1999", "jis/a0001-1999"),
        ("OIML R 117-1:2007 (E)", "oiml/r/117-1-2007/language/e"),
        ("OGC 00-028r3", "ogc/00-028r3"),
        ("GB/T 1.1-2020", "cn/gb-t/1.1-2020"),
        ("GB 18030-2022", "cn/gb/18030-2022"),
        ("T/ZZB 0001-2016", "cn/t/zzb/0001-2016"),
        ("国市监标技〔2018〕699号", "cn/%E5%9B%BD%E5%B8%82%E7%9B%91%E6%A0%87%E6%8A%80/2018-699"),
    ],
)
def test_paths_are_readable_and_stable(text: str, path: str) -> None:
    assert iri_path(parsed(text)) == path


def test_a_part_that_looks_like_a_year_has_its_own_path() -> None:
    dated = parsed("ISO 10303:1999")
    part = replace(dated, year=None, parts=("1999",))
    assert iri_path(dated) == "iso/10303-1999"
    assert iri_path(part) == "iso/10303-1999/undated"


def test_urns_need_the_edition() -> None:
    dated = parsed("ISO/IEC 27001:2022")
    assert urn(dated) is None
    assert urn(replace(dated, edition="3")) == "urn:iso:std:iso-iec:27001:ed-3"
    assert urn(parsed("ISO/IEC 27001")) == "urn:iso:std:iso-iec:27001"
    assert urn(parsed("ISO/DTR 1-2.2")) == "urn:iso:std:iso:tr:1:-2:stage-40.00.v2"
    assert urn(parsed("ISO 9001/Amd 1 ED5(E/F)")) == "urn:iso:std:iso:9001:ed-5:en,fr:amd:1"
    for text in ("GB/T 1.1", "CISPR 11", "IEC 60034 RLV", "ISO 1/DAM 1", "IEC SRD 63200"):
        assert urn(parsed(text)) is None
