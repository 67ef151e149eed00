"""Labels of tables, and the formats of tables: terminal, notebook, text and data frames."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import polars
import pyoxigraph as ox
import pytest
from lxml import etree
from rich.cells import cell_len

from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.store import Table, Term
from kg.store.embedded import EmbeddedStore
from kg.tables import FORMATS, LabeledTable, add_labels, render_table, table_bytes
from kg.tables.spreadsheet import read_table
from tests.network.hostile import IRIS, LABELS

XSD = PREFIXES["xsd"]
DATA = """
<iso/tc/321> skos:prefLabel "E-commerce"@en, "电子商务"@zh .
<cn/a> skos:prefLabel "Same"@en . <cn/b> skos:prefLabel "Same"@en .
<cn/formula> skos:prefLabel "=1+1"@en . <cn/md> skos:prefLabel "a|b [c] *d* <e>"@en .
"""


def iri(relative: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + relative)


def typed(value: str, datatype: str) -> ox.Literal:
    return ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    head = f"PREFIX skos: <{PREFIXES['skos']}>\n"
    return EmbeddedStore.in_memory(ox.parse(head + DATA, ox.RdfFormat.TRIG, base_iri=BASE))


def labeled(store: EmbeddedStore, *rows: tuple[Term | None, ...], lang: str = "en") -> LabeledTable:
    return add_labels(store, Table(tuple("xyz"[: len(rows[0])]), rows), lang)


TC = iri("iso/tc/321")


def test_every_iri_has_its_label(store: EmbeddedStore) -> None:
    table = labeled(store, (TC, iri("nameless")), (ox.Literal("t"), None), lang="zh")
    assert [[table.label(term) for term in row] for row in table.rows] == [
        ["电子商务", "<nameless>"],
        [None, None],
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_with_a_line_break(store: EmbeddedStore, name: str) -> None:
    for table in (labeled(store, (TC, ox.Literal(5))), LabeledTable(("x", "y"), (), {})):
        assert render_table(table, name, "en").endswith("\n")


def test_an_unknown_format_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(KgError, match="'xml'; the formats are table, csv, tsv, json, md"):
        render_table(labeled(store, (TC,)), "xml", "en")


def test_an_empty_table_in_each_language() -> None:
    empty = LabeledTable(("x",), (), {})
    assert render_table(empty, "table", "en") == "no rows\n"
    assert render_table(empty, "table", "zh-Hans") == "没有结果\n"
    assert render_table(empty, "csv", "en") == "x\r\n"
    assert render_table(empty, "md", "en") == "| x |\n| --- |\n"


def test_csv_has_a_label_column_beside_each_column_of_iris(store: EmbeddedStore) -> None:
    table = labeled(store, (TC, ox.Literal('a "b", c\nd')), (None, typed("2019", "gYear")))
    assert render_table(table, "csv", "en") == (
        'x,x_label,y\r\nhttps://w3id.org/stdkg/iso/tc/321,E-commerce,"a ""b"", c\nd"\r\n,,2019\r\n'
    )


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "+86"),
        ("+cmd", "'+cmd"),
        ("-5", "-5"),
        ("-5.5e-3", "-5.5e-3"),
        ("-5+1", "'-5+1"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("a=b", "a=b"),
        ("-٥", "'-٥"),
        ("", ""),
    ],
)
def test_csv_cells_are_harmless_in_a_spreadsheet(
    store: EmbeddedStore, value: str, cell: str
) -> None:
    # A second cell, for a row of one empty cell alone is written as "".
    text = render_table(labeled(store, (ox.Literal(value), ox.Literal("z"))), "csv", "en")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [cell, "z"]


def test_labels_are_harmless_too(store: EmbeddedStore) -> None:
    assert ",'=1+1\r\n" in render_table(labeled(store, (iri("cn/formula"),)), "csv", "en")


TERMS: tuple[Term | None, ...] = (
    TC,
    ox.Literal('tab\tline\n"quote"\\ 中文'),
    ox.Literal("标准", language="zh"),
    ox.Literal(5),
    typed("1.5", "decimal"),
    typed("1.5e3", "double"),
    typed("2019-04", "gYearMonth"),
    ox.Literal(True),
    ox.Literal("5"),
    ox.Literal(""),
    ox.BlankNode("b"),
    None,
)


def test_terms_survive_tsv(store: EmbeddedStore) -> None:
    table = labeled(store, *((term, TC) for term in TERMS))
    text = render_table(table, "tsv", "en")
    assert text.startswith("?x\t?y\n<https://w3id.org/stdkg/iso/tc/321>\t<")
    assert "\n5\t<" in text
    back = ox.parse_query_results(text, format=ox.QueryResultsFormat.TSV)
    assert isinstance(back, ox.QuerySolutions)
    assert [solution["x"] for solution in back] == list(TERMS)


def test_terms_survive_json_with_labels(store: EmbeddedStore) -> None:
    text = render_table(labeled(store, *((term, ox.Literal(1)) for term in TERMS)), "json", "en")
    assert json.loads(text)["head"]["vars"] == ["x", "xLabel", "y"]
    assert "中文" in text
    back = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(back, ox.QuerySolutions)
    solutions = list(back)
    assert [solution["x"] for solution in solutions] == list(TERMS)
    assert [s["xLabel"] for s in solutions] == [ox.Literal("E-commerce"), *[None] * 11]


def test_a_column_named_like_a_label_column_is_kept(store: EmbeddedStore) -> None:
    mine = ox.Literal("mine")
    table = add_labels(store, Table(("x", "xLabel", "x_label"), ((TC, mine, mine),)), "en")
    binding = json.loads(render_table(table, "json", "en"))["results"]["bindings"][0]
    assert binding["xLabel"]["value"] == "mine"
    assert render_table(table, "csv", "en").splitlines()[0] == "x,xLabel,x_label"


def test_markdown_cells_stay_in_their_cells(store: EmbeddedStore) -> None:
    table = labeled(store, (iri("cn/md"), ox.Literal("one\r\ntwo|three\\|<b>&amp;")))
    assert render_table(table, "md", "en") == (
        "| x | y |\n| --- | --- |\n"
        "| [a\\|b \\[c\\] \\*d\\* \\<e\\>](<https://w3id.org/stdkg/cn/md>) "
        "| one<br>two\\|three\\\\\\|\\<b\\>\\&amp; |\n"
    )
    assert render_table(
        labeled(store, (ox.NamedNode("javascript:alert(1)"),)), "md", "en"
    ).endswith("| \\<javascript:alert(1)\\> |\n")


def test_a_terminal_shows_labels_without_iris(store: EmbeddedStore) -> None:
    table = labeled(store, (TC, ox.NamedNode("http://e.org/a")), lang="zh")
    assert render_table(table, "table", "zh", width=80) == (
        "x         y\n────────────────────────\n电子商务  http://e.org/a\n"
    )


def test_values_are_words(store: EmbeddedStore) -> None:
    row = (
        ox.Literal("2018-07-14", datatype=ox.NamedNode(XSD + "date")),
        ox.Literal("P6M", datatype=ox.NamedNode(XSD + "duration")),
        ox.Literal("2018-08-17/.."),
    )
    english, chinese = (labeled(store, row, lang=lang) for lang in ("en", "zh"))
    words = ["July 14, 2018", "6 months", "since August 17, 2018"]
    assert render_table(english, "table", "en", width=80).splitlines()[2] == "  ".join(words)
    assert render_table(english, "md", "en").splitlines()[2] == f"| {' | '.join(words)} |"
    assert "2018年7月14日  6个月  2018年8月17日起" in render_table(chinese, "table", "zh", width=80)
    assert Cells(chinese._repr_html_()).cells[3:] == ["2018年7月14日", "6个月", "2018年8月17日起"]
    assert render_table(english, "csv", "en").splitlines()[1] == "2018-07-14,P6M,2018-08-17/.."
    truth = labeled(store, (ox.Literal(True), ox.Literal(False)), lang="zh")
    assert render_table(truth, "table", "zh", width=80).splitlines()[2] == "是  否"


@pytest.mark.parametrize("width", [60, 80, 100])
def test_words_are_not_broken(store: EmbeddedStore, width: int) -> None:
    rows = [
        (
            ox.Literal("Standardization Administration of China and other organizations"),
            ox.Literal("全国电子商务质量管理标准化技术委员会（2021年）"),
            ox.Literal("supported the proposal internationally"),
        )
    ]
    text = render_table(labeled(store, *rows), "table", "en", width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    words = {word for line in text.splitlines() for word in line.split()}
    assert {"Standardization", "Administration", "organizations", "internationally"} <= words
    assert not any(line.lstrip().startswith(("，", "）")) for line in text.splitlines())


def test_rows_are_records_where_a_table_would_be_too_narrow() -> None:
    names = ("name", "first", "second", "third", "fourth")
    row = tuple(ox.Literal(f"internationalization {name}") for name in names)
    rows = (row, (*row[:3], None, row[4]))
    text = render_table(LabeledTable(names, rows, {}), "table", "en", width=50)
    assert text.splitlines()[:7] == [
        "name",
        "────",
        "internationalization name",
        "  first   internationalization first",
        "  second  internationalization second",
        "  third   internationalization third",
        "  fourth  internationalization fourth",
    ]
    assert text.count("third") == 2


def test_ambiguous_labels_keep_their_iris(store: EmbeddedStore) -> None:
    table = labeled(store, (iri("cn/a"), ox.Literal("w" * 60)), (iri("cn/b"), TC))
    text = render_table(table, "table", "en", width=70)
    assert "<cn/a>" in text
    assert "<cn/b>" in text
    assert "<iso/tc/321>" not in text


@pytest.mark.parametrize("width", [10, 20, 40, 80, 120])
def test_long_text_wraps_and_nothing_is_cut_off(store: EmbeddedStore, width: int) -> None:
    long = "".join(chr(0x4E00 + n) for n in range(300))
    url = "http://e.org/" + "".join(f"{n:03}" for n in range(100))
    table = labeled(store, (ox.Literal(long), ox.Literal("z"), ox.Literal(url)))
    lines = render_table(table, "table", "en", width=width).splitlines()
    body = "".join("".join(lines).split()).replace("─", "")
    assert "…" not in body
    assert sorted(body) == sorted("xyz" + long + "z" + url)
    assert max(map(cell_len, lines)) <= max(width, 26)


def test_many_columns_exceed_the_width_and_lose_nothing() -> None:
    names = tuple(f"column_number_{n}" for n in range(12))
    row = tuple(ox.Literal(f"值{n} and more words") for n in range(12))
    text = render_table(LabeledTable(names, (row,), {}), "table", "en", width=40)
    signs = "".join(text.replace("─", "").split())
    everything = "".join([*names, *(term.value for term in row)]).replace(" ", "")
    assert sorted(signs) == sorted(everything)


def test_chinese_columns_line_up(store: EmbeddedStore) -> None:
    rows = [(ox.Literal("浙江省“最多跑一次”"), ox.Literal("|")), (ox.Literal("a"), ox.Literal("|"))]
    lines = render_table(labeled(store, *rows), "table", "en", width=80).splitlines()[2:]
    assert len({cell_len(line) for line in lines}) == 1


def test_an_empty_line_separates_rows_of_several_lines(store: EmbeddedStore) -> None:
    long = labeled(store, (ox.Literal("one two " * 9),), (ox.Literal("z"),))
    assert "\n\n" in render_table(long, "table", "en", width=40)
    assert "\n\n" not in render_table(long, "table", "en", width=80)


def test_numbers_are_right_aligned(store: EmbeddedStore) -> None:
    table = labeled(store, (ox.Literal(5), ox.Literal("a")), (ox.Literal(100), ox.Literal("b")))
    assert render_table(table, "table", "en", width=80).splitlines()[2:] == ["  5  a", "100  b"]


def test_data_can_not_control_the_terminal_or_layout(store: EmbeddedStore) -> None:
    table = labeled(store, (ox.Literal("[red]a[/red] \x1b[31mb\u202ec\td"),))
    assert render_table(table, "table", "en", width=80, color=False).splitlines()[2] == (
        "[red]a[/red] \ufffd[31mb\ufffdc d"
    )


def test_color_only_on_demand(store: EmbeddedStore) -> None:
    table = labeled(store, (TC,))
    assert "\x1b" not in render_table(table, "table", "en", width=80)
    assert "\x1b[1m" in render_table(table, "table", "en", width=80, color=True)


class Cells(HTMLParser):
    """Parses the cells of an HTML table, with their links and tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.links: list[str | None] = []
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        if tag in ("td", "th"):
            self.cells.append("")
        if tag == "br":
            self.cells[-1] += "\n"
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_data(self, data: str) -> None:
        if self.cells and data.strip():
            self.cells[-1] += data


def test_a_notebook_shows_labels_as_links(store: EmbeddedStore) -> None:
    table = labeled(store, (TC, ox.Literal("标准", language="zh"), None), lang="zh-Hans")
    head = "".join(f'<th scope="col">{name}</th>' for name in "xyz")
    link = f'<a href="{TC.value}" title="{TC.value}" rel="noopener noreferrer">电子商务</a>'
    assert table._repr_html_().split("\n") == [
        '<table lang="zh-Hans">',
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
        f'<tr><td>{link}</td><td lang="zh">标准</td><td></td></tr>',
        "</tbody>",
        "</table>",
    ]


def test_a_notebook_right_aligns_numbers(store: EmbeddedStore) -> None:
    table = labeled(store, (ox.Literal(5), ox.Literal("a")), (None, ox.Literal("b")))
    html = table._repr_html_()
    assert '<th scope="col" style="text-align: right">x</th><th scope="col">y</th>' in html
    assert '<td style="text-align: right">5</td><td>a</td>' in html
    mixed = labeled(store, (ox.Literal(5),), (ox.Literal("five"),))
    assert "right" not in mixed._repr_html_()


@pytest.mark.parametrize("name", LABELS)
def test_a_notebook_runs_no_code_in_data(name: str) -> None:
    label = LABELS[name]
    given = re.sub('["<>]', "'", IRIS.get(name, f"https://e.org/{name}"))
    iri = ox.NamedNode(given)
    text = label.replace("\ud800", "")
    table = LabeledTable((name, "text"), ((iri, ox.Literal(text)),), {iri: label})
    html = table._repr_html_()
    html.encode()
    etree.fromstring(html.replace("\ufffe", ""))
    found = Cells(html)
    assert found.tags <= {"table", "thead", "tbody", "tr", "th", "td", "a", "br"}
    assert found.names <= {"lang", "scope", "title", "href", "rel", "style"}
    assert found.links == ([iri.value] if iri.value.startswith("http") else [])
    assert found.cells[0] == name
    plain = "".join(sign for sign in text if sign.isprintable())
    assert "".join(sign for sign in found.cells[3] if sign in plain) == plain
    assert not {"\x1b", "\x00", "\u202e", "\ud800"} & set(html)
    if not label:
        assert found.cells[2] == iri.value


def test_a_notebook_counts_the_rows_beyond_its_limit() -> None:
    rows = tuple((ox.Literal(n), None) for n in range(203))
    found = Cells(LabeledTable(("x", "y"), rows, {})._repr_html_())
    assert len(found.cells) == 2 * 201 + 1
    assert found.cells[-1] == "… and 3 more rows"
    assert "199" in found.cells
    assert "200" not in found.cells
    assert "more" not in LabeledTable(("x", "y"), rows[:200], {})._repr_html_()
    assert Cells(LabeledTable(("x",), (), {})._repr_html_()).cells == ["x", "no rows"]
    assert Cells(LabeledTable((), (), {}, "zh")._repr_html_()).cells == ["没有结果"]


def test_the_label_of_a_claim_has_its_phrase(graph: KnowledgeGraph) -> None:
    table = graph.store.select("SELECT ?claim WHERE { ?claim a std:Claim ; std:evidence ?e }")
    cells = Cells(add_labels(graph.store, table, "en")._repr_html_()).cells
    assert any(cell.startswith("“") and "China Food Safety Net" in cell for cell in cells)


FRAME = (
    (TC, ox.Literal(5), typed("1.50", "decimal"), ox.Literal(True), typed("2018", "gYear")),
    (None, None, None, None, None),
    (ox.BlankNode("b"), ox.Literal(-7), ox.Literal(2), ox.Literal(False), typed("2018-07", "date")),
)
COLUMNS = ("thing", "count", "share", "sure", "when")


def test_conversion_to_pandas(store: EmbeddedStore) -> None:
    frame = add_labels(store, Table(COLUMNS, FRAME), "zh").to_pandas()
    assert list(frame.columns) == ["thing", "thing_label", *COLUMNS[1:]]
    assert [str(frame[name].dtype) for name in COLUMNS[1:4]] == ["Int64", "Float64", "boolean"]
    assert frame["count"].sum() == -2
    assert frame["share"].sum() == 3.5
    assert frame["sure"].sum() == 1
    assert frame["count"].isna().tolist() == [False, True, False]
    assert frame["thing"].fillna("").tolist() == [TC.value, "", "_:b"]
    assert frame["thing_label"].fillna("").tolist() == ["电子商务", "", ""]
    assert frame["when"].fillna("").tolist() == ["2018", "", "2018-07"]


def test_conversion_to_polars(store: EmbeddedStore) -> None:
    frame = add_labels(store, Table(COLUMNS, FRAME), "zh").to_polars()
    assert [str(kind) for kind in frame.dtypes] == [
        *("String", "String", "Int64", "Float64", "Boolean", "String")
    ]
    assert frame.rows() == [
        (TC.value, "电子商务", 5, 1.5, True, "2018"),
        (None, None, None, None, None, None),
        ("_:b", None, -7, 2.0, False, "2018-07"),
    ]


@pytest.mark.parametrize(
    ("value", "datatype", "cell"),
    [
        (str(2**63 - 1), "integer", 2**63 - 1),
        (str(2**63), "integer", str(2**63)),
        ("9" * 5000, "integer", "9" * 5000),
        ("five", "integer", "five"),
        ("-INF", "double", float("-inf")),
        ("1_0", "decimal", "1_0"),
        ("yes", "boolean", "yes"),
        ("1", "boolean", True),
        ("2018-07-15Z", "date", "2018-07-15Z"),
        ("2018-02-30", "date", "2018-02-30"),
        ("2018-07-15T10:00:00", "dateTime", "2018-07-15T10:00:00"),
        ("2018-07", "gYearMonth", "2018-07"),
        ("2018", "gYear", 2018),
        ("2018+08:00", "gYear", "2018+08:00"),
        ("-0044", "gYear", "-0044"),
        ("7", "nonNegativeInteger", 7),
    ],
)
def test_values_that_fit_no_type_stay_text(value: str, datatype: str, cell: object) -> None:
    table = LabeledTable(("x",), ((typed(value, datatype),),), {})
    assert table.to_polars().rows() == [(cell,)]
    assert table.to_pandas()["x"].tolist() == [cell]
    assert table.records() == [{"x": cell}]


def column_of(*terms: Term | None) -> LabeledTable:
    return LabeledTable(("x",), tuple((term,) for term in terms), {})


def test_full_dates_become_dates() -> None:
    day = date(2018, 7, 15)
    table = column_of(typed("2018-07-15", "date"), None, typed("0001-01-01", "date"))
    assert table.records() == [{"x": day}, {"x": None}, {"x": date(1, 1, 1)}]
    frame = table.to_polars()
    assert (str(frame["x"].dtype), frame["x"].to_list()) == ("Date", [day, None, date(1, 1, 1)])
    series = table.to_pandas()["x"]
    assert str(series.dtype) == "datetime64[s]"
    assert [
        None if cell is None else str(cell)[:10]
        for cell in series.dt.date.where(series.notna(), None)
    ] == [
        "2018-07-15",
        None,
        "0001-01-01",
    ]


@pytest.mark.parametrize(
    ("terms", "cells"),
    [
        ((typed("2018", "gYear"), typed("2018-07-15", "date")), ["2018", "2018-07-15"]),
        ((typed("2018-07", "gYearMonth"), typed("2018", "gYear")), ["2018-07", "2018"]),
        ((typed("2018", "gYear"), ox.Literal(80)), ["2018", "80"]),
        ((typed("2018", "gYear"), typed("2.5", "decimal")), ["2018", "2.5"]),
        ((ox.Literal(True), ox.Literal(1)), ["true", "1"]),
        ((ox.Literal(3), typed("0.5", "decimal")), [3.0, 0.5]),
        ((ox.Literal("2018"), typed("2018", "gYear")), ["2018", "2018"]),
        ((typed("2018", "gYear"), None, typed("1947", "gYear")), [2018, None, 1947]),
        ((None, None), [None, None]),
    ],
)
def test_a_column_of_several_types_keeps_its_values(
    terms: tuple[Term | None, ...], cells: list[object]
) -> None:
    table = column_of(*terms)
    assert [row["x"] for row in table.records()] == cells
    assert table.to_polars()["x"].to_list() == cells
    assert [type(cell) for cell in table.to_polars()["x"].to_list()] == list(map(type, cells))


TYPED = (
    ("thing", TC, None),
    ("count", ox.Literal(-5), None),
    ("share", typed("1.5", "decimal"), None),
    ("sure", ox.Literal(True), None),
    ("day", typed("2018-07-15", "date"), None),
    ("year", typed("2018", "gYear"), None),
    ("when", typed("2018", "gYear"), typed("2018-07", "gYearMonth")),
    ("formula", ox.Literal('=HYPERLINK("http://e.org")'), ox.Literal("https://e.org/")),
)
CELLS = [
    (
        TC.value,
        "E-commerce",
        -5,
        1.5,
        True,
        date(2018, 7, 15),
        2018,
        "2018",
        '=HYPERLINK("http://e.org")',
    ),
    (None, None, None, None, None, None, None, "2018-07", "https://e.org/"),
]


def typed_table(store: EmbeddedStore) -> LabeledTable:
    names = tuple(name for name, _, _ in TYPED)
    return add_labels(
        store, Table(names, tuple(zip(*(row[1:] for row in TYPED), strict=True))), "en"
    )


def test_parquet_has_typed_columns(store: EmbeddedStore) -> None:
    content = table_bytes(typed_table(store), "parquet", "en")
    frame = polars.read_parquet(content)
    names = ["thing", "thing_label", *(name for name, _, _ in TYPED[1:])]
    assert dict(zip(frame.columns, map(str, frame.dtypes), strict=True)) == dict(
        zip(
            names,
            (
                *("String", "String", "Int64", "Float64", "Boolean", "Date", "Int64"),
                "String",
                "String",
            ),
            strict=True,
        )
    )
    assert frame.rows() == CELLS
    assert table_bytes(typed_table(store), "parquet", "en") == content


def test_a_workbook_has_typed_cells_and_no_formulas(store: EmbeddedStore, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(table_bytes(typed_table(store), "xlsx", "en"))
    sheet = read_table(file)
    assert sheet.header == ("thing", "thing_label", *(name for name, _, _ in TYPED[1:]))
    assert [tuple(cell or None for cell in row) for row in sheet.rows] == CELLS
    with zipfile.ZipFile(file) as archive:
        cells = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in cells
    assert b"hyperlink" not in cells.lower()


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("1899-12-31", "date"),
        ("1900-02-28", "date"),
        (str(2**60 + 1), "integer"),
        ("NaN", "double"),
    ],
)
def test_what_a_spreadsheet_would_change_is_text(tmp_path: Path, value: str, datatype: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(table_bytes(column_of(typed(value, datatype)), "xlsx", "en"))
    assert read_table(tmp_path / "a.xlsx").rows[0][0] in (value, value.lower())


@pytest.mark.parametrize(
    ("format_", "package"), [("xlsx", "xlsxwriter"), ("parquet", "arro3.core")]
)
def test_a_missing_extra_is_named(
    format_: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    extra = {"xlsx": "excel"}.get(format_, format_)
    with pytest.raises(KgError, match=rf"not installed: pip install 'stdkg\[{extra}\]'"):
        table_bytes(column_of(ox.Literal(1)), format_, "en")


def test_an_empty_table_has_its_columns_in_every_format(tmp_path: Path) -> None:
    table = LabeledTable(("x", "y"), (), {})
    assert polars.read_parquet(table_bytes(table, "parquet", "en")).shape == (0, 2)
    (tmp_path / "a.xlsx").write_bytes(table_bytes(table, "xlsx", "en"))
    assert read_table(tmp_path / "a.xlsx").header == ("x", "y")
    assert table.records() == []


def test_triple_terms_are_written_as_they_are() -> None:
    term = ox.Triple(TC, TC, ox.Literal("a"))
    table = LabeledTable(("x",), ((term,),), {})  # type: ignore[arg-type]
    assert table.records() == [{"x": str(term)}]
    for format_ in ("table", "csv", "tsv", "md"):
        assert "iso/tc/321" in render_table(table, format_, "en", width=200)
    value = json.loads(render_table(table, "json", "en"))["results"]["bindings"][0]["x"]
    assert value["type"] == "triple"
    assert value["value"]["object"] == {"type": "literal", "value": "a"}


def test_hostile_text_survives_in_data_frames() -> None:
    texts = [label.replace("\ud800", "") for label in LABELS.values()]
    table = LabeledTable(("x",), tuple((ox.Literal(text),) for text in texts), {})
    assert table.to_pandas()["x"].tolist() == texts
    assert table.to_polars()["x"].to_list() == texts


def test_empty_tables_become_empty_data_frames() -> None:
    table = LabeledTable(("x", "y"), (), {})
    assert table.to_pandas().shape == (0, 2)
    assert table.to_polars().shape == (0, 2)


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_a_missing_package_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(KgError, match=f"^{name} is not installed: run 'pip install {name}'$"):
        getattr(LabeledTable(("x",), (), {}), f"to_{name}")()


def test_heavy_packages_are_loaded_on_demand() -> None:
    heavy = "{'pandas', 'polars', 'numpy', 'rich'}"
    code = f"import sys, kg.tables, kg.export; print({heavy} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"


def test_the_repr_of_a_table_does_not_list_its_rows() -> None:
    rows = tuple((ox.Literal(n), None) for n in range(1000))
    assert repr(LabeledTable(("x", "y"), rows, {})) == "<LabeledTable of 1000 rows: x, y>"
