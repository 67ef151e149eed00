"""Small documents of each kind, made for a test."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import xlsxwriter

LINES = (
    "Valves are made under ISO 9001:2008, clause 7.5.1, and ISO 10303-1, -11 and -21.",
    "Order no. ISO 4711 was shipped on 2024-05-03; call 030 2601 4455.",
)
CHINESE = "本产品按ISO 32111:2023第5.2条检验，并符合GB/T 1.1～1.3。"


def make_docx(file: Path) -> Path:
    """Write a document with formatted runs, a table and a header."""
    document = docx.Document()
    paragraph = document.add_paragraph("Valves are made under ISO ")
    paragraph.add_run("9001").bold = True
    paragraph.add_run(":2008, clause 7.5.1, and ISO 10303-1, -11 and -21.")
    document.add_paragraph(CHINESE)
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "pump"
    table.cell(0, 1).text = "ISO 32111"
    table.cell(1, 0).text = "valve"
    table.cell(1, 1).text = "同上"
    document.sections[0].header.paragraphs[0].text = "Rules of ISO 32110"
    document.save(str(file))
    return file


def make_xlsx(file: Path) -> Path:
    """Write a workbook with two sheets."""
    with xlsxwriter.Workbook(file) as book:
        first = book.add_worksheet("Parts")
        first.write_column(0, 1, ["standard", "ISO 9001:2008", "同上", 9001, "EN 2024-0815 EUR"])
        book.add_worksheet("符合").write(3, 2, CHINESE)
    return file


def make_pdf(file: Path, pages: Sequence[Sequence[str]] = (LINES, (CHINESE,))) -> Path:
    """Write a PDF with the text layer of some pages, a line for each text."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        " /DescendantFonts [4 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [500]"
        " 2 95 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>"
        " /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900]"
        " /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 90 >>",
    ]
    kids = []
    for lines in pages:
        shown = " 0 -16 Td ".join(f"<{line.encode('utf-16-be').hex()}> Tj" for line in lines)
        stream = f"BT /F1 10 Tf 40 800 Td {shown} ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    content, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    begin = len(content)
    content += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    content += "".join(f"{place:010} 00000 n \n" for place in places)
    content += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n"
    file.write_bytes(content.encode("ascii"))
    return file
