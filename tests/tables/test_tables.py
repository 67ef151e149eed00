from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import pyoxigraph as ox
import pytest
from lxml import etree
from rich.cells import cell_len

from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.store import Table, Term
from kg.store.embedded import EmbeddedStore
from kg.tables import FORMATS, Presentable, decorate, render
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


def shown(store: EmbeddedStore, *rows: tuple[Term | None, ...], lang: str = "en") -> Presentable:
    return decorate(store, Table(tuple("xyz"[: len(rows[0])]), rows), lang)


TC = iri("iso/tc/321")


def test_every_iri_carries_its_label(store: EmbeddedStore) -> None:
    table = shown(store, (TC, iri("nameless")), (ox.Literal("t"), None), lang="zh")
    assert [[table.label(term) for term in row] for row in table.rows] == [
        ["电子商务", "<nameless>"],
        [None, None],
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_its_last_line_and_is_never_silent(
    store: EmbeddedStore, name: str
) -> None:
    for table in (shown(store, (TC, ox.Literal(5))), Presentable(("x", "y"), (), {})):
        assert render(table, name, "en").endswith("\n")


def test_an_unknown_format_is_refused(store: EmbeddedStore) -> None:
    with pytest.raises(KgError, match="'xml'; the formats are table, csv, tsv, json, md"):
        render(shown(store, (TC,)), "xml", "en")


def test_no_rows_is_said_in_the_language() -> None:
    empty = Presentable(("x",), (), {})
    assert render(empty, "table", "en") == "no rows\n"
    assert render(empty, "table", "zh-Hans") == "没有结果\n"
    assert render(empty, "csv", "en") == "x\r\n"
    assert render(empty, "md", "en") == "| x |\n| --- |\n"


def test_csv_has_a_label_column_beside_each_column_of_iris(store: EmbeddedStore) -> None:
    table = shown(store, (TC, ox.Literal('a "b", c\nd')), (None, typed("2019", "gYear")))
    assert render(table, "csv", "en") == (
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
    text = render(shown(store, (ox.Literal(value), ox.Literal("z"))), "csv", "en")
    assert list(csv.reader(io.StringIO(text, newline="")))[1] == [cell, "z"]


def test_labels_are_harmless_too(store: EmbeddedStore) -> None:
    assert ",'=1+1\r\n" in render(shown(store, (iri("cn/formula"),)), "csv", "en")


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


def test_tsv_is_read_back_as_the_same_terms(store: EmbeddedStore) -> None:
    table = shown(store, *((term, TC) for term in TERMS))
    text = render(table, "tsv", "en")
    assert text.startswith("?x\t?y\n<https://w3id.org/stdkg/iso/tc/321>\t<")
    assert "\n5\t<" in text
    back = ox.parse_query_results(text, format=ox.QueryResultsFormat.TSV)
    assert isinstance(back, ox.QuerySolutions)
    assert [solution["x"] for solution in back] == list(TERMS)


def test_json_is_read_back_as_the_same_terms_with_labels(store: EmbeddedStore) -> None:
    text = render(shown(store, *((term, ox.Literal(1)) for term in TERMS)), "json", "en")
    assert json.loads(text)["head"]["vars"] == ["x", "xLabel", "y"]
    assert "中文" in text
    back = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(back, ox.QuerySolutions)
    solutions = list(back)
    assert [solution["x"] for solution in solutions] == list(TERMS)
    assert [s["xLabel"] for s in solutions] == [ox.Literal("E-commerce"), *[None] * 11]


def test_a_label_column_of_the_question_itself_is_left_alone(store: EmbeddedStore) -> None:
    mine = ox.Literal("mine")
    table = decorate(store, Table(("x", "xLabel", "x_label"), ((TC, mine, mine),)), "en")
    binding = json.loads(render(table, "json", "en"))["results"]["bindings"][0]
    assert binding["xLabel"]["value"] == "mine"
    assert render(table, "csv", "en").splitlines()[0] == "x,xLabel,x_label"


def test_markdown_cells_stay_in_their_cells(store: EmbeddedStore) -> None:
    table = shown(store, (iri("cn/md"), ox.Literal("one\r\ntwo|three\\|<b>&amp;")))
    assert render(table, "md", "en") == (
        "| x | y |\n| --- | --- |\n"
        "| [a\\|b \\[c\\] \\*d\\* \\<e\\>](<https://w3id.org/stdkg/cn/md>) "
        "| one<br>two\\|three\\\\\\|\\<b\\>\\&amp; |\n"
    )
    assert render(shown(store, (ox.NamedNode("javascript:alert(1)"),)), "md", "en").endswith(
        "| \\<javascript:alert(1)\\> |\n"
    )


def test_a_terminal_shows_labels_with_iris_where_there_is_room(store: EmbeddedStore) -> None:
    table = shown(store, (TC, ox.Literal("Shanghai")), lang="zh")
    assert render(table, "table", "zh", width=80) == (
        "x                      y\n"
        "───────────────────────────────\n"
        "电子商务 <iso/tc/321>  Shanghai\n"
    )
    assert render(table, "table", "zh", width=25).splitlines()[2] == "电子商务  Shanghai"


def test_things_of_one_label_always_keep_their_iris(store: EmbeddedStore) -> None:
    table = shown(store, (iri("cn/a"), ox.Literal("w" * 60)), (iri("cn/b"), TC))
    text = render(table, "table", "en", width=70)
    assert "<cn/a>" in text
    assert "<cn/b>" in text
    assert "<iso/tc/321>" not in text


@pytest.mark.parametrize("width", [10, 20, 40, 80, 120])
def test_long_text_wraps_and_nothing_is_cut_off(store: EmbeddedStore, width: int) -> None:
    long = "".join(chr(0x4E00 + n) for n in range(300))
    url = "http://e.org/" + "".join(f"{n:03}" for n in range(100))
    table = shown(store, (ox.Literal(long), ox.Literal("z"), ox.Literal(url)))
    lines = render(table, "table", "en", width=width).splitlines()
    body = "".join("".join(lines[2:]).split())
    assert "…" not in body
    assert sorted(body) == sorted(long + "z" + url)
    assert max(map(cell_len, lines)) <= max(width, 26)


def test_many_columns_are_wider_than_the_terminal_before_they_lose_anything() -> None:
    names = tuple(f"column_number_{n}" for n in range(12))
    row = tuple(ox.Literal(f"值{n} and more words") for n in range(12))
    text = render(Presentable(names, (row,), {}), "table", "en", width=40)
    signs = "".join(text.replace("─", "").split())
    everything = "".join([*names, *(term.value for term in row)]).replace(" ", "")
    assert sorted(signs) == sorted(everything)


def test_chinese_columns_line_up(store: EmbeddedStore) -> None:
    rows = [(ox.Literal("浙江省“最多跑一次”"), ox.Literal("|")), (ox.Literal("a"), ox.Literal("|"))]
    lines = render(shown(store, *rows), "table", "en", width=80).splitlines()[2:]
    assert len({cell_len(line) for line in lines}) == 1


def test_rows_of_several_lines_are_told_apart(store: EmbeddedStore) -> None:
    long = shown(store, (ox.Literal("one two " * 9),), (ox.Literal("z"),))
    assert "\n\n" in render(long, "table", "en", width=40)
    assert "\n\n" not in render(long, "table", "en", width=80)


def test_numbers_are_right_aligned(store: EmbeddedStore) -> None:
    table = shown(store, (ox.Literal(5), ox.Literal("a")), (ox.Literal(100), ox.Literal("b")))
    assert render(table, "table", "en", width=80).splitlines()[2:] == ["  5  a", "100  b"]


def test_data_does_not_steer_the_terminal_nor_the_layout(store: EmbeddedStore) -> None:
    table = shown(store, (ox.Literal("[red]a[/red] \x1b[31mb\u202ec\td"),))
    assert render(table, "table", "en", width=80, color=False).splitlines()[2] == (
        "[red]a[/red] \ufffd[31mb\ufffdc d"
    )


def test_color_only_where_asked_for(store: EmbeddedStore) -> None:
    table = shown(store, (TC,))
    assert "\x1b" not in render(table, "table", "en", width=80)
    assert "E-commerce \x1b[2m<iso/tc/321>" in render(table, "table", "en", width=80, color=True)


class Cells(HTMLParser):
    """The cells of a table as an HTML reader sees them, with the links and tags in them."""

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
    table = shown(store, (TC, ox.Literal("标准", language="zh"), None), lang="zh-Hans")
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
    table = shown(store, (ox.Literal(5), ox.Literal("a")), (None, ox.Literal("b")))
    html = table._repr_html_()
    assert '<th scope="col" style="text-align: right">x</th><th scope="col">y</th>' in html
    assert '<td style="text-align: right">5</td><td>a</td>' in html
    mixed = shown(store, (ox.Literal(5),), (ox.Literal("five"),))
    assert "right" not in mixed._repr_html_()


@pytest.mark.parametrize("name", LABELS)
def test_a_notebook_runs_no_data(name: str) -> None:
    label = LABELS[name]
    given = re.sub('["<>]', "'", IRIS.get(name, f"https://e.org/{name}"))
    iri = ox.NamedNode(given)
    text = label.replace("\ud800", "")
    table = Presentable((name, "text"), ((iri, ox.Literal(text)),), {iri: label})
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


def test_a_notebook_counts_the_rows_that_it_does_not_show() -> None:
    rows = tuple((ox.Literal(n), None) for n in range(203))
    found = Cells(Presentable(("x", "y"), rows, {})._repr_html_())
    assert len(found.cells) == 2 * 201 + 1
    assert found.cells[-1] == "… and 3 more rows"
    assert "199" in found.cells
    assert "200" not in found.cells
    assert "more" not in Presentable(("x", "y"), rows[:200], {})._repr_html_()
    assert Cells(Presentable(("x",), (), {})._repr_html_()).cells == ["x", "no rows"]
    assert Cells(Presentable((), (), {}, "zh")._repr_html_()).cells == ["没有结果"]


def test_claims_are_shown_with_their_phrase(graph: KnowledgeGraph) -> None:
    table = graph.store.select("SELECT ?claim WHERE { ?claim a std:Claim ; std:evidence ?e }")
    cells = Cells(decorate(graph.store, table, "en")._repr_html_()).cells
    assert any(cell.startswith("“") and "China Food Safety Net" in cell for cell in cells)


FRAME = (
    (TC, ox.Literal(5), typed("1.50", "decimal"), ox.Literal(True), typed("2018", "gYear")),
    (None, None, None, None, None),
    (ox.BlankNode("b"), ox.Literal(-7), ox.Literal(2), ox.Literal(False), typed("2018-07", "date")),
)
COLUMNS = ("thing", "count", "share", "sure", "when")


def test_a_table_becomes_a_frame_of_pandas(store: EmbeddedStore) -> None:
    frame = decorate(store, Table(COLUMNS, FRAME), "zh").to_pandas()
    assert list(frame.columns) == ["thing", "thing_label", *COLUMNS[1:]]
    assert [str(frame[name].dtype) for name in COLUMNS[1:4]] == ["Int64", "Float64", "boolean"]
    assert frame["count"].sum() == -2
    assert frame["share"].sum() == 3.5
    assert frame["sure"].sum() == 1
    assert frame["count"].isna().tolist() == [False, True, False]
    assert frame["thing"].fillna("").tolist() == [TC.value, "", "_:b"]
    assert frame["thing_label"].fillna("").tolist() == ["电子商务", "", ""]
    assert frame["when"].fillna("").tolist() == ["2018", "", "2018-07"]


def test_a_table_becomes_a_frame_of_polars(store: EmbeddedStore) -> None:
    frame = decorate(store, Table(COLUMNS, FRAME), "zh").to_polars()
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
        ("2018-07-15", "date", "2018-07-15"),
    ],
)
def test_what_no_type_of_a_frame_holds_stays_text(value: str, datatype: str, cell: object) -> None:
    table = Presentable(("x",), ((typed(value, datatype),),), {})
    assert table.to_polars().rows() == [(cell,)]
    assert table.to_pandas()["x"].tolist() == [cell]


def test_hostile_text_survives_in_frames() -> None:
    texts = [label.replace("\ud800", "") for label in LABELS.values()]
    table = Presentable(("x",), tuple((ox.Literal(text),) for text in texts), {})
    assert table.to_pandas()["x"].tolist() == texts
    assert table.to_polars()["x"].to_list() == texts


def test_empty_tables_become_empty_frames() -> None:
    table = Presentable(("x", "y"), (), {})
    assert table.to_pandas().shape == (0, 2)
    assert table.to_polars().shape == (0, 2)


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_a_missing_package_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(KgError, match=f"^{name} is not installed: run 'pip install {name}'$"):
        getattr(Presentable(("x",), (), {}), f"to_{name}")()


def test_frames_and_drawing_are_loaded_when_they_are_needed() -> None:
    heavy = "{'pandas', 'polars', 'numpy', 'rich'}"
    code = f"import sys, kg.tables, kg.export; print({heavy} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"
