"""Reading and writing tables in CSV and XLSX files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.common.errors import KgError, SourceError
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


BLANK = ((None, None), ("", ""))


@pytest.mark.parametrize("extension", [".csv", ".tsv", ".xlsx"])
def test_blank_rows_keep_their_place(tmp_path: Path, extension: str) -> None:
    rows = (("1", "x"), *BLANK, ("2", ""), *BLANK)
    file = tmp_path / f"a{extension}"
    with file.open("wb") as stream:
        write_table(Sheet(("a", "b"), rows), extension, stream, added=0)
    # Those after the last row take no place from others.
    assert read_table(file).column_texts(0) == ["1", "", "", "2"]
    file = written(tmp_path, "a.csv", "\n\na,b\n1,2\n\n;\n3,4\n".replace(";", ","))
    assert read_table(file).column_texts(1) == ["2", "", "", "4"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_texts_have_one_reference_a_line(tmp_path: Path, encoding: str) -> None:
    file = written(tmp_path, "a.txt", "ISO 1, x \r\n\r\n国标委\n\n".encode(encoding))
    assert read_table(file, lines=True) == Sheet(
        ("reference",), (("ISO 1, x",), ("",), ("国标委",))
    )
    assert read_table(written(tmp_path, "b.txt", "a\tb\n1\t2\n")).header == ("a", "b")
    assert read_table(written(tmp_path, "a.csv", "a\n1\n"), lines=True).header == ("a",)


def test_the_column_need_not_be_named_where_there_is_one() -> None:
    assert Sheet(("a",), ()).column_index(None) == 0
    with pytest.raises(KgError, match=r"2 columns: choose one with --column: 'a', 'b'"):
        Sheet(("a", "b"), ()).column_index(None)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
NO_VALUE = "a formula without a value: open and save it in Excel"


def workbook(file: Path, rows: str, *, target: str = "worksheets/list.xml") -> Path:
    """Write a workbook of two sheets as programs without a calculator do."""
    cell = '<c t="inlineStr"><is><t>other</t></is></c>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType='
        f'"{SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType='
        f'"{SHEET_TYPE}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type='
        f'"{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="first" sheetId="7" r:id="b"/><sheet name="list" sheetId="3" r:id="a"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" '
        f'Type="{OFFICE}/worksheet" Target="{target}"/><Relationship Id="b" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/first.xml"/></Relationships>',
        "xl/worksheets/list.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
        "xl/worksheets/first.xml": f'<worksheet xmlns="{MAIN}"><sheetData><row>{cell}</row>'
        "</sheetData></worksheet>",
    }
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file


ROWS = """
<row r="1"><c r="A1" t="inlineStr"><is><t>norm</t></is></c>
<c r="B1" t="inlineStr"><is><t>b</t></is></c></row>
<row r="2"><c r="A2"><f>B2&amp;"x"</f><v></v></c><c r="B2" t="e"><v>#N/A</v></c></row>
<row r="4"><c r="A4" t="str"><f>IF(B4="","",B4)</f><v></v></c>
<c r="B4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>
<row r="5"><c r="A5" t="str"><f>"ISO "&amp;9001</f><v>ISO 9001</v></c>
<c r="B5"><f>1+1</f><v>2</v></c></row>
<row><c><f>HYPERLINK("http://e/","ISO 1")</f></c></row>
"""


@pytest.mark.parametrize("target", ["worksheets/list.xml", "/xl/worksheets/list.xml"])
def test_errors_and_formulas_without_a_value_come_back(tmp_path: Path, target: str) -> None:
    sheet = read_table(workbook(tmp_path / "a.xlsx", ROWS, target=target), sheet="list")
    assert sheet.column_texts(0) == [NO_VALUE, "", "", "ISO 9001", NO_VALUE]
    assert sheet.column_texts(1) == ["#N/A", "", "#DIV/0!", "2", ""]
    assert sheet.references(0) == ["", "", "", "ISO 9001", ""]
    assert sheet.references(1) == ["", "", "", "2", ""]
    assert read_table(tmp_path / "a.xlsx").header == ("other",)


def edit_part(file: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_doctype_in_a_workbook_is_refused(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", ROWS)
    edit_part(file, "xl/worksheets/list.xml", lambda data: b"<!DOCTYPE x>" + data)
    with pytest.raises(KgError, match="a DOCTYPE in a workbook"):
        read_table(file, sheet="list")


def test_a_damaged_part_is_named_with_its_file(tmp_path: Path) -> None:
    file = workbook(tmp_path / "a.xlsx", ROWS)
    part = "xl/worksheets/list.xml"
    edit_part(file, part, lambda data: b"<!DOCTYPE x>" + data)
    with pytest.raises(SourceError) as refused:
        read_table(file, sheet="list")
    assert str(refused.value).startswith(f"{file}: {part}:1: a DOCTYPE")
    edit_part(file, "xl/_rels/workbook.xml.rels", lambda data: data[:-9])
    with pytest.raises(SourceError) as damaged:
        read_table(file, sheet="list")
    assert str(damaged.value).startswith(f"{file}: ")


def test_rows_are_as_wide_as_the_header(tmp_path: Path) -> None:
    sheet = read_table(written(tmp_path, "a.csv", "a,b,\n1\n\n,,\n2,3,\n"))
    assert (sheet.header, sheet.rows) == (("a", "b"), (("1", None), *BLANK, ("2", "3")))
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
    monkeypatch.setattr("kg.sources.workbook.sheets._MAX_BYTES", 10_000)
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


# Without a deadline: a loaded machine takes long now and then.
@settings(deadline=None)
@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1, max_size=5))
def test_tables_survive_writing_and_reading(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    kept = tuple(tuple(row) for row in rows)
    while kept and not any(kept[-1]):
        kept = kept[:-1]
    sheet = Sheet(("a", "b"), kept)
    for extension in (".csv", ".tsv", ".xlsx"):
        file = tmp_path_factory.mktemp("list") / f"list{extension}"
        with file.open("wb") as stream:
            write_table(sheet, extension, stream, added=0)
        again = read_table(file)
        assert list(zip(again.column_texts(0), again.column_texts(1), strict=True)) == list(kept)


def test_the_repr_of_a_sheet_does_not_list_its_rows() -> None:
    assert repr(Sheet(("a", "b"), (("1", "2"),) * 1000)) == "<Sheet of 1000 rows: a, b>"


def test_a_header_never_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    header = ("=1+1", "https://e.org/", "{=SUM(A1)}", "12", "internal:Sheet1!A1")
    with (tmp_path / "a.xlsx").open("wb") as file:
        write_table(Sheet(header, (("a", "b", "c", "d", "e"),)), ".xlsx", file, added=1)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        cells = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f" not in cells
    assert b"hyperlink" not in cells.lower()
    assert read_table(tmp_path / "a.xlsx").header == header


@pytest.mark.parametrize("stray", ["XFD1048576", "A1048576", "U60000"])
def test_a_stray_cell_far_out_is_refused(tmp_path: Path, stray: str) -> None:
    rows = tuple((f"ISO {number}",) for number in range(1, 100))
    with (tmp_path / "a.xlsx").open("wb") as stream:
        write_table(Sheet(("reference",), rows), ".xlsx", stream, added=0)
    assert len(read_table(tmp_path / "a.xlsx").rows) == 99
    row = stray.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    cell = f'<row r="{row}"><c r="{stray}"><v>1</v></c></row></sheetData>'
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx") as archive,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as other,
    ):
        for name in archive.namelist():
            data = archive.read(name).replace(b"</sheetData>", cell.encode())
            other.writestr(name, data)
    with pytest.raises(SourceError, match=rf"delete stray cells, the last one at {stray}"):
        read_table(tmp_path / "b.xlsx")
