"""Reading and writing tables in CSV and XLSX files."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.common.errors import KgError
from kg.tables.spreadsheet import Sheet, read_table, write_table

CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return file


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_detected_in_the_header(tmp_path: Path, delimiter: str) -> None:
    sheet = read_table(written(tmp_path, "a.csv", f"a{delimiter}b\n1{delimiter}2\n"))
    assert (sheet.header, sheet.rows, sheet.delimiter) == (("a", "b"), (("1", "2"),), delimiter)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_gives_the_encoding(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, "a.csv", "编号\n杭州\n".encode(encoding))
    assert read_table(file) == Sheet(("编号",), (("杭州",),))


def test_another_encoding_must_be_given(tmp_path: Path) -> None:
    file = written(tmp_path, "a.csv", "编号\n杭州\n".encode("gb18030"))
    with pytest.raises(KgError, match=r"a\.csv: not UTF-8 at byte 0: give --encoding"):
        read_table(file)
    assert read_table(file, "gb18030").column_texts(0) == ["杭州"]
    with pytest.raises(KgError, match="no encoding 'x'"):
        read_table(file, "x")


def test_rows_are_as_wide_as_the_header(tmp_path: Path) -> None:
    sheet = read_table(written(tmp_path, "a.csv", "a,b,\n1\n\n,,\n2,3,\n"))
    assert (sheet.header, sheet.rows) == (("a", "b"), (("1", None), ("2", "3")))
    with pytest.raises(KgError, match=r"a\.csv:3: has 3 cells, the header has 2"):
        read_table(written(tmp_path, "a.csv", "a,b\n1,2\n1,2,3\n"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "", "is empty"),
        ("a.csv", "\n ,\n", "is empty"),
        ("a.csv", 'a\n"b\n', r"a\.csv:2: unexpected end of data"),
        ("a.csv", "a\n" + "x" * 1_000_001, "field larger"),
        ("a.xls", "", "ends in .csv"),
        ("a.xlsx", "no archive", "not a readable workbook"),
    ],
)
def test_unreadable_files_are_refused(
    tmp_path: Path, name: str, content: str, message: str
) -> None:
    with pytest.raises(KgError, match=message):
        read_table(written(tmp_path, name, content))


def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.tables.spreadsheet._MAX_WORKBOOK_BYTES", 10_000)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 20_000)
    with pytest.raises(KgError, match="holds more than"):
        read_table(tmp_path / "a.xlsx")


def test_cells_of_a_workbook_keep_their_types(tmp_path: Path) -> None:
    rows = (("ISO 1", 9001, 1.5, True, date(2019, 4, 11)), ("=1+1", None, 2, False, None))
    with (tmp_path / "a.xlsx").open("wb") as file:
        write_table(Sheet(("a", "b", "c", "d", "e"), rows), ".xlsx", file, added=0)
    sheet = read_table(tmp_path / "a.xlsx")
    assert sheet.column_texts(0) == ["ISO 1", "=1+1"]
    assert sheet.column_texts(1) == ["9001", ""]
    assert sheet.column_texts(2) == ["1.5", "2"]
    assert sheet.column_texts(4) == ["2019-04-11", ""]
    assert isinstance(sheet.rows[0][4], date | datetime)


def test_long_texts_are_refused_in_workbooks_and_written_to_csv(tmp_path: Path) -> None:
    long = Sheet(("a",), (("x",), ("x" * 32_768,)))
    with (tmp_path / "a.xlsx").open("wb") as file, pytest.raises(KgError, match="row 3: a cell"):
        write_table(long, ".xlsx", file, added=0)
    out = io.BytesIO()
    write_table(long, ".csv", out, added=0)
    assert len(out.getvalue()) > 32_768


def test_sheets_are_found_by_name(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as file:
        write_table(Sheet(("a",), (("1",),)), ".xlsx", file, added=0)
    assert read_table(tmp_path / "a.xlsx", sheet="Sheet1").header == ("a",)
    with pytest.raises(KgError, match="no sheet 'X'; there are 'Sheet1'"):
        read_table(tmp_path / "a.xlsx", sheet="X")


def test_a_column_is_named_or_counted() -> None:
    sheet = Sheet(("No", "name", "name", "2"), ())
    assert (sheet.column_index("No"), sheet.column_index("1"), sheet.column_index("2")) == (0, 0, 3)
    with pytest.raises(KgError, match=r"2 columns are named 'name': give a number \(2, 3\)"):
        sheet.column_index("name")


def test_only_added_cells_are_made_harmless() -> None:
    out = io.BytesIO()
    write_table(Sheet(("a", "b"), (("=1", "=1"),)), ".csv", out, added=1, bom=False)
    assert out.getvalue() == b"a,b\r\n=1,'=1\r\n"


@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5))
def test_tables_survive_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    kept = tuple(tuple(row) for row in rows if any(row))
    sheet = Sheet(("a", "b"), kept)
    for extension in (".csv", ".tsv", ".xlsx"):
        file = tmp_path_factory.mktemp("list") / f"list{extension}"
        with file.open("wb") as stream:
            write_table(sheet, extension, stream, added=0)
        again = read_table(file)
        assert list(zip(again.column_texts(0), again.column_texts(1), strict=True)) == list(kept)


def test_the_repr_of_a_sheet_does_not_list_its_rows() -> None:
    assert repr(Sheet(("a", "b"), (("1", "2"),) * 1000)) == "<Sheet of 1000 rows: a, b>"
