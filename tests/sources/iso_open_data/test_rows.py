"""Tables in both formats, and their faults."""

from __future__ import annotations

import csv
import json

import pytest

from kg.common.errors import KgError
from kg.sources.iso_open_data.rows import SourceRow, read_rows
from kg.sources.record_batch import Reject

LISTS = {"ids", "names"}


def rows(name: str, data: bytes | str) -> list[SourceRow | Reject]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_rows(name, raw, LISTS, ("id",)))


def values(name: str, data: bytes | str) -> list[tuple[int, dict[str, object]]]:
    found = rows(name, data)
    assert all(isinstance(row, SourceRow) for row in found), found
    return [(row.line, dict(row.values)) for row in found if isinstance(row, SourceRow)]


def details(name: str, data: bytes | str) -> list[str]:
    return [row.detail for row in rows(name, data) if isinstance(row, Reject)]


def test_both_formats_give_the_same_rows() -> None:
    table = 'id,title.en,ids,names\n1,"A, ""B""","[1, 2]","[x, null]"\n2,null,,\n'
    lines = (
        json.dumps({"id": 1, "title": {"en": 'A, "B"'}, "ids": [1, 2], "names": ["x", None]})
        + "\n"
        + json.dumps({"id": 2, "title": {"en": None}, "ids": None, "names": None})
        + "\n"
    )
    wanted = [
        {"id": "1", "title.en": 'A, "B"', "ids": ["1", "2"], "names": ["x", ""]},
        {"id": "2", "title.en": "", "ids": "", "names": ""},
    ]
    assert [each for _, each in values("t.csv", table)] == wanted
    assert [each for _, each in values("t.jsonl", lines)] == wanted


def test_a_list_of_objects_becomes_a_list_for_each_field() -> None:
    line = '{"id": 1, "ids": [{"id": 1, "acronym": "A"}, {"id": 2, "acronym": null}]}'
    assert values("t.jsonl", line)[0][1] == {
        "id": "1",
        "ids.id": ["1", "2"],
        "ids.acronym": ["A", ""],
    }


def test_list_items_may_be_quoted() -> None:
    assert values("t.csv", "id,ids\n1,\"['en', 'fr']\"\n")[0][1]["ids"] == ["en", "fr"]


def test_a_single_value_is_a_list_of_one() -> None:
    (row,) = rows("t.csv", "id,ids\n1,7\n")
    assert isinstance(row, SourceRow)
    assert row.numbers("ids") == ["7"]


def test_line_numbers_are_those_of_the_first_line_of_a_row() -> None:
    table = 'id,title\r\n1,"two\r\nlines"\r\n\r\n2,x\r\n'
    assert values("t.csv", table) == [
        (2, {"id": "1", "title": "two\r\nlines"}),
        (5, {"id": "2", "title": "x"}),
    ]
    assert [line for line, _ in values("t.jsonl", '{"id": 1}\n\n{"id": 2}')] == [1, 3]


def test_a_byte_order_mark_is_ignored() -> None:
    assert values("t.csv", b"\xef\xbb\xbfid\n1\n") == [(2, {"id": "1"})]
    assert values("t.jsonl", b'\xef\xbb\xbf{"id": 1}') == [(1, {"id": "1"})]


def test_unicode_line_separators_stay_in_texts() -> None:
    text = "a\u2028b\u0085c"
    assert (
        values("t.jsonl", json.dumps({"id": 1, "t": text}, ensure_ascii=False))[0][1]["t"] == text
    )
    assert values("t.csv", f"id,t\n1,{text}\n") == [(2, {"id": "1", "t": text})]


def test_a_huge_cell_is_read_and_the_limit_is_restored() -> None:
    csv.field_size_limit(131_072)
    assert len(str(values("t.csv", f"id,t\n1,{'x' * 500_000}\n")[0][1]["t"])) == 500_000
    assert csv.field_size_limit() == 131_072


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("t.csv", "汉字".encode("gb18030"), "t.csv:1: not UTF-8 at byte 0"),
        ("t.jsonl", '{"id": 1}\n{"id": "汉"}'.encode("gb18030"), "t.jsonl:2: not UTF-8 at byte 18"),
        ("t.csv", "id\n1\n".encode("utf-16"), "t.csv: not UTF-8 but UTF-16"),
        ("t.csv", "id\n1\n".encode("utf-16-le"), "t.csv: not UTF-8 but UTF-16"),
        ("t.csv", b"", "t.csv:1: no column 'id'"),
        ("t.csv", "number,name\n1,a\n", "t.csv:1: no column 'id'"),
        ("t.csv", "id,t,t\n1,a,b\n", "t.csv:1: two columns are called 't'"),
        ("t.csv", 'id,t\n1,a\n2,"b\n3,c\n', "t.csv:3: a quote that opens in this row never closes"),
    ],
)
def test_an_unreadable_table_is_refused_in_one_line(
    name: str, data: bytes | str, says: str
) -> None:
    with pytest.raises(KgError) as error:
        rows(name, data)
    assert str(error.value).startswith(says)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("id,t\n1,a,b\n2,c\n", "t.csv:2: 3 cells, where the header names 2"),
        ("id,t\n1\n2,c\n", "t.csv:2: 1 cells, where the header names 2"),
        ('id,t\n1,"a"b\n2,c\n', "t.csv:2: "),
    ],
)
def test_the_row_after_a_broken_row_is_read(data: str, says: str) -> None:
    found = rows("t.csv", data)
    assert isinstance(found[0], Reject)
    assert found[0].detail.startswith(says)
    assert found[0].place == "t.csv:2"
    assert isinstance(found[1], SourceRow)
    assert (found[1].line, found[1].text("id")) == (3, "2")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": 1', "t.jsonl:1: invalid JSON at column"),
        ('{"id": 1, "id": 2}', "t.jsonl:1: the key 'id' occurs twice"),
        ('{"id": 1, "t": NaN}', "t.jsonl:1: NaN is not valid JSON"),
        ('{"id": 1, "t": 1.5}', "t.jsonl:1: t holds a float"),
        ('{"id": 1, "t": "\\ud800"}', "t.jsonl:1: t contains a lone surrogate"),
        ('{"t": 1}', "t.jsonl:1: no field 'id'"),
        ("[1]", "t.jsonl:1: not a JSON object"),
        ("[" * 100_000, "t.jsonl:1: unreadable JSON"),
        ('{"id": ' + "1" * 5000 + "}", "t.jsonl:1: unreadable JSON"),
        ('{"id": 1, "t": {"a": [[1]]}}', "t.jsonl:1: t.a holds a list"),
    ],
)
def test_the_line_after_a_broken_line_is_read(line: str, says: str) -> None:
    found = rows("t.jsonl", f'{line}\n{{"id": 2}}\n')
    assert isinstance(found[0], Reject)
    assert found[0].detail.startswith(says)
    assert "\n" not in found[0].detail
    assert len(found[0].detail) < 200
    assert isinstance(found[1], SourceRow)


def test_a_truncated_file_is_reported() -> None:
    assert details("t.jsonl", '{"id": 1}\n{"id": 2, "title": ') == [
        "t.jsonl:2: invalid JSON at column 20: Expecting value (the file is cut off?)"
    ]
