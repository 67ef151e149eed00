"""A bibliography is a list of references, whatever field its program gives a designation in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.common.errors import SourceError
from kg.tables.bibliography import COLUMNS, read_bibliography
from kg.tables.spreadsheet import read_table

BIBTEX = r"""
@techreport{a, title={{ISO 9001:2008} Quality management systems}, year={2008}, type={Standard}}
@standard{b, title={中文编码字符集}, number={GB 18030-2005}, organization={SAC}}
@misc{c, title={R{\'e}sum{\'e}}, number={27001}, organization={ISO/IEC}, year=2013,
  note={ISO 1:2016}}
@article{d, title={Quality management systems}, journal={J}, doi={10.1109/x}}
@book{e, title={Quality management systems}}
@misc{c, title={Twice}}
"""
RIS = """TY  - STAND
TI  - Quality management systems
M1  - ISO 9001:2008
PY  - 2008/11/15
ER  -

TY  - RPRT
TI  - ISO/IEC 27001:2013, Information technology
ER  -
"""
CSL = [
    {
        "id": "x",
        "type": "standard",
        "title": "Quality management systems",
        "number": "ISO 9001:2008",
        "issued": {"date-parts": [[2008, 11]]},
    },
    {
        "id": "y",
        "type": "article-journal",
        "title": "On ISO 9001:2008",
        "author": [{"family": "A"}],
    },
]


def test_entries_of_bibtex_give_their_designation() -> None:
    rows = read_bibliography("a.bib", BIBTEX)
    assert [(row[0], row[4]) for row in rows] == [
        ("a", "ISO 9001:2008"),
        ("b", "GB 18030-2005"),
        ("c", "ISO/IEC 27001:2013"),
        ("d", "doi:10.1109/x"),
        ("e", ""),
        ("c", "Twice"),
    ]
    assert rows[2][1:4] == ("misc", "Résumé", "2013")


def test_entries_of_ris_and_csl_give_their_designation() -> None:
    assert [row[1:] for row in read_bibliography("a.ris", RIS)] == [
        ("STAND", "Quality management systems", "2008", "ISO 9001:2008"),
        ("RPRT", "ISO/IEC 27001:2013, Information technology", "", "ISO/IEC 27001:2013"),
    ]
    assert read_bibliography("a.json", json.dumps(CSL)) == [
        ("x", "standard", "Quality management systems", "2008", "ISO 9001:2008"),
        ("y", "article-journal", "On ISO 9001:2008", "", ""),
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.bib", "@misc{a, title={x}}\n\n@book{b, title={open\n", "a.bib:3: no entry of BibTeX"),
        ("a.bib", "nothing\n", "a.bib: holds no entry"),
        ("a.ris", "nothing\n", "a.ris: holds no entry"),
        ("a.json", "[1]", "a.json: not CSL-JSON, which is a list of entries"),
        ("a.json", '[{"id": 1}]', "a.json: not CSL-JSON: an entry has no type"),
        ("a.json", "{", "a.json: not JSON"),
    ],
)
def test_what_is_no_bibliography_is_refused(name: str, text: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_bibliography(name, text)


def test_a_bibliography_is_a_table_whose_references_are_matched(tmp_path: Path) -> None:
    file = tmp_path / "library.bib"
    file.write_text(BIBTEX, "utf-8")
    table = read_table(file)
    assert table.header == COLUMNS
    assert table.references(table.column_index(None))[0] == "ISO 9001:2008"
