"""Documents of each kind become passages with places; what can't be read is one clear line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from kg.common.errors import ArgumentError, SourceError
from kg.scanning import find_references, read_document, read_text
from tests.scanning.samples import CHINESE, LINES, make_docx, make_pdf, make_xlsx

NUMBERS = ["ISO 9001:2008", "ISO 10303-1", "ISO 10303-11", "ISO 10303-21"]
CHINESE_NUMBERS = ["ISO 32111:2023", "GB/T 1.1", "GB/T 1.2", "GB/T 1.3"]


def numbers(file: Path, encoding: str | None = None) -> list[str]:
    return [each.number for each in find_references(read_document(file, encoding).passages)]


def test_text_and_markdown(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        file = tmp_path / name
        file.write_text("\n\n".join((*LINES, f"- {CHINESE}", "* ISO\n  32111")), encoding="utf-8")
        assert numbers(file) == [*NUMBERS, *CHINESE_NUMBERS, "ISO 32111"]
        document = read_document(file)
        text = file.read_text(encoding="utf-8")
        for passage in document.passages:
            assert text[passage.offset :].startswith(passage.text)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "shift_jis"])
def test_encodings_are_told_or_given(tmp_path: Path, encoding: str) -> None:
    text = "寸法公差はJIS B 0405の規定による。\n" if encoding == "shift_jis" else f"{CHINESE}\n"
    file = tmp_path / "a.txt"
    file.write_bytes(text.encode(encoding))
    if encoding == "utf-16":
        assert numbers(file) == CHINESE_NUMBERS
        return
    with pytest.raises(SourceError, match=f"a.txt:1: not UTF-8 at byte .*--encoding {encoding}"):
        read_document(file)
    assert numbers(file, encoding) == [
        str(r.number) for r in find_references(read_text(text).passages)
    ]


def test_lines_are_those_of_editors(tmp_path: Path) -> None:
    lines = (
        *("引用文件：GB/T 1.1—2020标准化工作导则，适用于所有标准的起草", "", CHINESE),
        "ISO 9001:2008 applies to organizations of any kind,\fand ISO 14001 does so, too",
        "and ISO",
        "16016, whatever they make, in which country or size",
    )
    wanted = [(1, "GB/T 1.1—2020"), *((3, number) for number in CHINESE_NUMBERS)]
    wanted += [(4, "ISO 9001:2008"), (4, "ISO 14001"), (5, "ISO 16016")]
    for end in ("\n", "\r\n", "\r"):
        file = tmp_path / "a.txt"
        file.write_bytes(end.join(lines).encode())
        found = find_references(read_document(file).passages)
        assert [(each.line, each.number) for each in found] == wanted


def test_html(tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    table = "<table><tr><td>p<td>ISO 16016<tr><td>q<td>同上</table>"
    page = f"<title>ISO 1</title><p>See <b>ISO</b>&nbsp;9001<script>ISO 2</script></p>{table}"
    file.write_text(page, encoding="utf-8")
    assert numbers(file) == ["ISO 9001", "ISO 16016", "ISO 16016"]
    file.write_bytes(f"<meta charset=gb2312><p>{CHINESE}".encode("gb18030"))
    assert numbers(file) == CHINESE_NUMBERS


def test_word(tmp_path: Path) -> None:
    file = make_docx(tmp_path / "a.docx")
    assert numbers(file) == [*NUMBERS, *CHINESE_NUMBERS, "ISO 32111", "ISO 32111", "ISO 32110"]
    parts = [each.part for each in read_document(file).passages if each.part]
    assert parts[1] == "table 1, row 1, column 2"
    assert parts[-1] == "header"
    assert {each.line for each in find_references(read_document(file).passages)} == {0}


def test_pdf(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "a.pdf")
    references = find_references(read_document(file).passages)
    assert [each.number for each in references] == [*NUMBERS, *CHINESE_NUMBERS]
    assert [each.passage.page for each in references] == [1] * 4 + [2] * 4
    below = make_pdf(file, [["as follows", "ISO 9001"], ["ISO 9000", "and ISO 14001"]])
    places = [
        (each.passage.page, each.line) for each in find_references(read_document(below).passages)
    ]
    assert places == [(1, 2), (2, 1), (2, 2)]


def test_workbook(tmp_path: Path) -> None:
    file = make_xlsx(tmp_path / "a.xlsx")
    assert numbers(file) == ["ISO 9001:2008", "ISO 9001:2008", *CHINESE_NUMBERS]
    assert {each.part for each in read_document(file).passages} >= {"Parts!B2", "符合!C4"}


def test_what_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    empty_zip = tmp_path / "zip.docx"
    with zipfile.ZipFile(empty_zip, "w") as archive:
        archive.writestr("a", "b")
    blank = tmp_path / "blank.docx"
    docx.Document().save(str(blank))
    cut = tmp_path / "cut.docx"
    cut.write_bytes(make_docx(tmp_path / "whole.docx").read_bytes()[:-4000])
    cases = {
        empty_zip: "not a readable Word document",
        blank: "has no text",
        cut: "not a readable Word document",
        make_pdf(tmp_path / "scanned.pdf", [[], []]): "no text layer on its 2 pages",
    }
    for name, content, fault in (
        ("empty.txt", b"", "is empty"),
        ("spaces.txt", b" \n\n ", "has no text"),
        ("null.txt", b"a\0b\0c\0d\0", "UTF-16 without a mark"),
        ("broken.pdf", b"%PDF-1.4 nothing", "not a readable PDF"),
        ("broken.xlsx", b"PK nothing", "not a readable workbook"),
        ("secret.docx", b"\xd0\xcf\x11\xe0....", "encrypted"),
        ("secret.xlsx", b"\xd0\xcf\x11\xe0....", "encrypted"),
    ):
        cases[tmp_path / name] = fault
        (tmp_path / name).write_bytes(content)
    cases[tmp_path / "missing.txt"] = "No such file"
    for file, fault in cases.items():
        with pytest.raises(SourceError) as caught:
            read_document(file)
        assert fault in str(caught.value)
        assert str(file) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_other_kinds_and_needless_encodings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"save it as \.docx"):
        read_document(tmp_path / "a.doc")
    with pytest.raises(ArgumentError, match=r"ends in \.txt, \.md"):
        read_document(tmp_path / "a.png")
    with pytest.raises(ArgumentError, match="leave out --encoding"):
        read_document(make_pdf(tmp_path / "a.pdf"), "utf-8")
    (tmp_path / "a.txt").write_text("é", encoding="utf-8")
    with pytest.raises(ArgumentError, match="no encoding 'klingon'"):
        read_document(tmp_path / "a.txt", "klingon")
