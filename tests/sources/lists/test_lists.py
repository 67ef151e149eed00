"""Lists as people keep them are read by their headings, row by row, and nothing goes unsaid."""

from __future__ import annotations

import io
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import xlsxwriter

from kg.common.errors import SourceError
from kg.common.namespaces import BASE, compact
from kg.sources import detection
from kg.sources.lists import convert, headings
from kg.sources.lists.columns import Layout, parse_columns
from kg.sources.lists.metadata import read_layout
from kg.sources.record_batch import Batch, Options
from kg.sources.source import Source
from tests.support import WORLD

HEAD = "标准号,标准名称,状态,发布日期,实施日期,代替标准,采用标准,采标程度,备注\n"


def read(text: str | bytes, columns: str = "", name: str = "list.csv") -> Batch:
    data = text.encode() if isinstance(text, str) else text
    layout = Layout(parse_columns(columns) if columns else ()).to_json()
    return convert(name, data, Options("list", layout=layout))


def workbook(*sheets: list[Any], merged: tuple[int, int, int, int] | None = None) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        for rows in sheets:
            page = book.add_worksheet()
            for place, row in enumerate(rows):
                page.write_row(place, 0, row)
            if merged and rows is sheets[0]:
                page.merge_range(*merged, rows[merged[0]][merged[1]])
    return file.getvalue()


def said(batch: Batch, document: str) -> dict[str, set[str]]:
    """Return what a batch says of a document, by property, both in short."""
    found: dict[str, set[str]] = {}
    for triple in batch.triples:
        if str(triple.subject) == f"<{BASE}{document}>":
            value: Any = triple.object
            short = compact(value.value) if isinstance(value, ox.NamedNode) else value.value
            found.setdefault(compact(triple.predicate.value), set()).add(short)
    return found


def test_a_row_says_what_its_columns_say() -> None:
    batch = read(
        HEAD + "GB/T 19001—2016,质量管理体系 要求,现行,2016年12月30日,2017.7.1,GB/T 19001-2008,"
        "ISO 9001:2015,等同采用,馆藏\n"
    )
    of = said(batch, "cn/gb-t/19001-2016")
    assert of["rdf:type"] == {"std:Standard"}
    assert of["dcterms:title"] == {"质量管理体系 要求"}
    assert of["std:stage"] == {"stage:in-force"}
    assert of["std:stageCode"] == {"现行"}
    assert of["std:publishedOn"] == {"2016-12-30"}
    assert of["std:effectiveOn"] == {"2017-07-01"}
    assert of["std:replaces"] == {"<cn/gb-t/19001-2008>"}
    assert of["std:adoptionOf"] == {"<iso/9001-2015>"}
    assert of["std:publisher"] == {"<cn/sac>"}
    assert (of["std:scope"], of["std:mandate"]) == ({"scope:national"}, {"mandate:recommended"})
    assert of["prov:wasDerivedFrom"] == {"<record/list/list.csv/row/2>"}
    adoption = said(batch, "cn/gb-t/19001-2016/adoption/iso/9001-2015")
    assert adoption["std:degree"] == {"degree:idt"}
    assert batch.columns["published: 发布日期"] == 1
    assert batch.unknown == {"column 备注": 1}
    assert not batch.rejects


def test_headings_are_found_below_titles_and_in_two_rows() -> None:
    batch = read(
        "标准清单（2025年）,,,,\n,,,,\n编制：资料室,,,,\n"
        "序号,标准编号,标准名称,日期,\n,,,发布日期,实施日期\n1,DB33/T 2036.1-2017,总则,2017,\n"
        ",,,,\n序号,标准编号,标准名称,发布日期,实施日期\n2,T/ZZB 0001-2016,一,2016.3,2016.4\n"
    )
    assert batch.records == 2
    assert said(batch, "cn/db33-t/2036.1-2017")["std:publishedOn"] == {"2017"}
    assert said(batch, "cn/db33-t/2036.1-2017")["std:scope"] == {"scope:local"}
    assert said(batch, "cn/t/zzb/0001-2016")["std:effectiveOn"] == {"2016-04"}
    assert said(batch, "cn/t/zzb/0001-2016")["prov:wasDerivedFrom"] == {
        "<record/list/list.csv/row/9>"
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_are_recognized(encoding: str) -> None:
    batch = read((HEAD + "YY/T 0316-2016,医疗器械风险管理,废止\n").encode(encoding))
    of = said(batch, "cn/yy-t/0316-2016")
    assert (of["dcterms:title"], of["std:stage"]) == ({"医疗器械风险管理"}, {"stage:withdrawn"})


def test_other_old_encodings_are_not_taken_for_gb18030() -> None:
    with pytest.raises(SourceError, match="neither UTF-8 nor GB18030"):
        read("Norm;Titel\nDIN 1;Qualität für Prüfmaße über Größe älter öfter\n".encode("cp1252"))


def test_a_cell_may_name_several_documents() -> None:
    batch = read(
        HEAD + '"GB/T 1-2000、GB/T 2-2001",甲,,,,,\nGB/T 3-2020,乙,,,,"GB/T 4-2000，5-2001",\n'
    )
    assert said(batch, "cn/gb-t/2-2001")["dcterms:title"] == {"甲"}
    assert said(batch, "cn/gb-t/3-2020")["std:replaces"] == {
        "<cn/gb-t/4-2000>",
        "<cn/gb-t/5-2001>",
    }


@pytest.mark.parametrize(
    ("cell", "adopted"),
    [
        ("等同采用ISO 1:2000", {"iso/1-2000": "idt"}),
        ("非等效采用ISO 1:2000", {"iso/1-2000": "neq"}),
        ("ISO 1:2000 IDT；ISO 2:2000，MOD", {"iso/1-2000": "idt", "iso/2-2000": "mod"}),
        ("ISO 1:2000;ISO 2:2000", {"iso/1-2000": "", "iso/2-2000": ""}),
        ("ISO 1:2000，不等同", {"iso/1-2000": ""}),
        ("ISO 1:2000 not identical", {"iso/1-2000": ""}),
        ("ISO 1:2000 修改单", {"iso/1-2000": ""}),
    ],
)
def test_a_degree_is_that_of_its_document(cell: str, adopted: dict[str, str]) -> None:
    batch = read(f"标准号|采用标准\nGB/T 3-2010|{cell}\n")
    assert said(batch, "cn/gb-t/3-2010")["std:adoptionOf"] == {f"<{each}>" for each in adopted}
    for each, degree in adopted.items():
        of = said(batch, f"cn/gb-t/3-2010/adoption/{each}")
        assert of.get("std:degree") == ({f"degree:{degree}"} if degree else None)


@pytest.mark.parametrize(
    "cell", ["非强制", "不强制", "部分强制", "条文强制", "Not mandatory", "非推荐"]
)
def test_a_denied_kind_is_none(cell: str) -> None:
    batch = read(f"标准号,标准性质\nJJG 3-2010,{cell}\n")
    assert "std:mandate" not in said(batch, "cn/jjg/3-2010")
    assert batch.unknown == {f"标准性质={cell}": 1}


@pytest.mark.parametrize(
    ("number", "kind", "mandate"),
    [
        ("GB 3-2010", "", "mandatory"),
        ("GB 3-2010", "基础标准", "mandatory"),
        ("GB 3-2010", "推荐性", "recommended"),
        ("GB/T 3-2010", "强制性国家标准", "mandatory"),
        ("GB 3-2010", "条文强制", None),
        ("GB 3-1985", "", None),
        ("GB 3-1985", "强制性", "mandatory"),
    ],
)
def test_a_row_says_the_mandate_before_its_number_does(
    number: str, kind: str, mandate: str | None
) -> None:
    batch = read(f"标准号,标准性质\n{number},{kind}\n")
    of = said(batch, "cn/" + number.lower().replace(" ", "/").replace("gb/t", "gb-t"))
    assert of.get("std:mandate") == ({f"mandate:{mandate}"} if mandate else None)
    assert of["std:scope"] == {"scope:national"}


def test_several_documents_may_replace_one() -> None:
    batch = read("标准号|替代情况\nGB/T 1-2010|被GB/T 2-2020、GB/T 3-2020代替\n")
    for number in (2, 3):
        replaced = said(batch, f"cn/gb-t/{number}-2020")["std:replaces"]
        assert replaced == {"<cn/gb-t/1-2010>"}
    assert not batch.unknown


@pytest.mark.parametrize(
    ("heading", "cell", "later", "earlier"),
    [
        ("被代替标准", "GB/T 1-2020", "cn/gb-t/1-2020", "cn/gb-t/1-2010"),
        ("被代替国标号", "GB/T 1-2000", "cn/gb-t/1-2010", "cn/gb-t/1-2000"),
        ("替代情况", "被GB/T 1-2020代替", "cn/gb-t/1-2020", "cn/gb-t/1-2010"),
        ("代替情况", "代替GB/T 1-2000", "cn/gb-t/1-2010", "cn/gb-t/1-2000"),
        ("superseded by", "GB/T 1-2020", "cn/gb-t/1-2020", "cn/gb-t/1-2010"),
    ],
)
def test_years_tell_which_of_two_is_replaced(
    heading: str, cell: str, later: str, earlier: str
) -> None:
    batch = read(f"标准号,标准名称,{heading}\nGB/T 1-2010,甲,{cell}\n")
    assert said(batch, later)["std:replaces"] == {f"<{earlier}>"}


@pytest.mark.parametrize("status", ["即将实施", "在研", "征求意见稿", "项目终止"])
def test_what_is_no_standard_yet_has_replaced_nothing(status: str) -> None:
    batch = read(
        f"标准号|状态|代替标准|被代替标准\nGB 1-2025|{status}|GB 1-2011|\n"
        "GB 1-2011|现行||GB 1-2025\nGB 2-2000|现行||GB 1-2025\n"
    )
    of = said(batch, "cn/gb/1-2025")
    assert of["std:toReplace"] == {"<cn/gb/1-2011>", "<cn/gb/2-2000>"}
    assert "std:replaces" not in of


def test_what_is_not_yet_in_force_has_replaced_nothing() -> None:
    batch = read(
        "标准号,状态,代替标准,被代替标准\nGB 1-2025,即将实施,GB 1-2011,\n"
        "GB 1-2011,现行,,GB 1-2025\n"
        "GB 2-2020,现行,,\nGB/T 3-2020,现行,部分代替 GB/T 4-2000,\n"
    )
    of = said(batch, "cn/gb/1-2025")
    assert of["std:stage"] == {"stage:upcoming"}
    assert of["std:toReplace"] == {"<cn/gb/1-2011>"}
    assert "std:replaces" not in of
    assert said(batch, "cn/gb-t/3-2020")["std:updates"] == {"<cn/gb-t/4-2000>"}


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("现行有效", "in-force"),
        ("被 GB/T 1-2020 代替", "superseded"),
        ("作废（2019-01-01）", "withdrawn"),
        ("Withdrawn, Superseded", "superseded"),
        ("Current, Under Review", "in-force"),
        ("征求意见稿", "development"),
        ("已发布未实施", "upcoming"),
    ],
)
def test_words_for_a_status_are_known(status: str, stage: str) -> None:
    batch = read(f"标准号;状态\nGB/T 1-2010;{status}\n")
    assert said(batch, "cn/gb-t/1-2010")["std:stage"] == {f"stage:{stage}"}
    by = said(batch, "cn/gb-t/1-2020").get("std:replaces")
    assert by == ({"<cn/gb-t/1-2010>"} if "GB/T 1-2020" in status else None)


def test_rows_that_cannot_be_read_are_rejected_with_their_number() -> None:
    batch = read(
        HEAD + "GB 1-2000,甲\n,乙\n合计,2\n\nGB 3-2001,丙,,2020-13-45\n" + "x" * 40_000 + ",\n"
    )
    assert [(each.place, each.reason) for each in batch.rejects] == [
        ("list.csv:3", "no document number"),
        ("list.csv:4", "no document number"),
        ("list.csv:7", "unreadable row"),
    ]
    assert batch.records == 5
    assert said(batch, "cn/gb/3-2001")["std:mended"] == {"mending:unreadable-date"}
    assert batch.unknown["发布日期=2020-13-45 (row 6)"] == 1


def test_numbers_that_no_grammar_reads_are_kept_and_counted() -> None:
    batch = read("标准号,标准名称,状态\n企标-A01,甲,看情况\n")
    assert batch.unread == {"企标-A01": 1}
    assert batch.unknown == {"状态=看情况": 1}
    [document] = {str(t.subject) for t in batch.triples if "甲" in str(t.object)}
    assert "/unknown/id/" in document


def test_a_workbook_is_read_with_all_its_sheets() -> None:
    first = [
        ["浙江省标准", "", "", "", ""],
        ["标准号", "标准名称", "发布日期", "ICS", "归口单位"],
        ["DB33/T 1-2009", "甲", date(2009, 3, 1), 35.02, "全国甲标准化技术委员会（SAC/TC 151）"],
        ["DB33/T 2-2009", "=1+1", 39873, "01.040;03.120.10", ""],
        ["DB33/T 3-2009", "丙", 2009, 1.04, "=NA()"],
    ]
    notes = [["说明"], ["本表仅供参考"]]
    english = [["Standard No.", "Title", "Status"], ["ISO 9001:2015", "Quality", "Active"]]
    batch = read(workbook(first, notes, english, merged=(2, 4, 3, 4)), name="list.xlsx")
    one, two, three = (said(batch, f"cn/db33-t/{number}-2009") for number in (1, 2, 3))
    assert one["std:publishedOn"] == {"2009-03-01"}
    assert two["std:publishedOn"] == {"2009-03-01"}
    assert three["std:publishedOn"] == {"2009"}
    assert one["std:topic"] == {"<ics/35.020>"}
    assert two["std:topic"] == {"<ics/01.040>", "<ics/03.120.10>"}
    assert three["std:topic"] == {"<ics/01.040>"}
    assert one["std:committee"] == two["std:committee"] == {"<sac/tc/151>"}
    assert one["prov:wasDerivedFrom"] == {"<record/list/list.xlsx/sheet/Sheet1/row/3>"}
    assert said(batch, "iso/9001-2015")["prov:wasDerivedFrom"] == {
        "<record/list/list.xlsx/sheet/Sheet3/row/2>"
    }
    assert batch.unknown["sheet 'Sheet2': no column of document numbers"] == 1


def test_drafters_and_issuers_are_participations() -> None:
    batch = read(
        "标准编号,中文标题,团体名称,主管部门,主要起草单位,主要起草人,CCS分类号\n"
        "T/CRIA 11001-2016,轮胎,中国橡胶工业协会,工信部,甲公司、乙（杭州、宁波）所等,张三,G41\n"
    )
    of = said(batch, "cn/t/cria/11001-2016")
    assert of["dcterms:subject"] == {"<ccs/g41>"}
    assert len(of["std:competentAuthority"]) == 1
    roles = [str(t.object) for t in batch.triples if t.predicate.value.endswith("#role")]
    assert sorted(role.rpartition("/")[2] for role in roles) == ["drafter>", "drafter>", "issuer>"]
    assert "张三" not in str(batch.lines)
    assert batch.columns["left out: 主要起草人"] == 1


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("全国甲标准化技术委员会 TC 12", "sac/tc/12"),
        ("TC12 全国甲标准化技术委员会", "sac/tc/12"),
        ("浙江省甲标准化技术委员会（ZJ/TC 12）", None),
        ("浙江省甲标准化技术委员会（ZJTC12）", None),
        ("甲行业标准化技术委员会TC 12", None),
        ("CEN/ISO/TC 12", None),
    ],
)
def test_only_numbers_of_the_national_body_are_its_committees(
    cell: str, number: str | None
) -> None:
    of = said(read(f"标准号,归口单位\nGB/T 1-2010,{cell}\n"), "cn/gb-t/1-2010")
    [committee] = of["std:committee"]
    assert committee == f"<{number}>" if number else committee.startswith("<organization/")


def test_the_user_says_what_columns_hold() -> None:
    text = "Nr.;Bez.;Ersatz;Name\nDIN 1:2000;A;DIN 1:1990;B\n"
    with pytest.raises(SourceError, match=r"list.csv:1: no column 'Titel' .* 'Nr\.', 'Bez\.'"):
        read(text, "number=Nr.,title=Titel")
    batch = read(text, "number=Nr.,title=2,replaces=Ersatz")
    of = said(batch, "din/1-2000")
    assert (of["dcterms:title"], of["std:replaces"]) == ({"A"}, {"<din/1-1990>"})
    with pytest.raises(SourceError, match="roles are number, title"):
        read(text, "nummer=Nr.")


def test_a_metadata_file_says_what_columns_hold(tmp_path: Path) -> None:
    file = tmp_path / "holdings.csv"
    file.write_text("A|B|C|D\nISO 1:2016|Längen|1/2/2016|ISO 1:2002+ISO 2:1973\n", "utf-8")
    (tmp_path / "holdings.csv-metadata.json").write_text(
        json.dumps(
            {
                "@context": "http://www.w3.org/ns/csvw",
                "url": "holdings.csv",
                "dialect": {"delimiter": "|"},
                "tableSchema": {
                    "columns": [
                        {"titles": "A", "propertyUrl": "dcterms:identifier"},
                        {"titles": "B", "propertyUrl": "dcterms:title", "lang": "de"},
                        {
                            "titles": "C",
                            "name": "published",
                            "datatype": {"base": "date", "format": "d/M/yyyy"},
                        },
                        {"titles": "D", "propertyUrl": "std:replaces", "separator": "+"},
                    ]
                },
            }
        ),
        "utf-8",
    )
    source = Source.open(file)
    layout = read_layout(source).to_json()
    batch = convert("holdings.csv", file.read_bytes(), Options("list", layout=layout))
    of = said(batch, "iso/1-2016")
    assert of["std:publishedOn"] == {"2016-02-01"}
    assert of["std:replaces"] == {"<iso/1-2002>", "<iso/2-1973>"}
    assert '"Längen"@de' in "".join(batch.lines)


def test_a_folder_has_one_description_of_its_lists(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("X\nISO 1:2016\n", "utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.csv").write_text("Y\nISO 2:2016\n", "utf-8")
    assert read_layout(Source.open(tmp_path)).to_json() == ""
    columns = {"tableSchema": {"columns": [{"name": "number"}]}}
    tables = {"tables": [{"url": "a.csv", **columns}, {"url": "deep/b.csv", **columns}]}
    (tmp_path / "csv-metadata.json").write_text(json.dumps(tables), "utf-8")
    assert set(read_layout(Source.open(tmp_path)).tables) == {"a.csv", "deep/b.csv"}


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.csv", HEAD + "GB 1-2000,甲\n", "list"),
        ("a.csv", "reference,title,status\nISO 9001:2015,Quality,active\n", "list"),
        ("a.csv", "reference,title,status\nISO/TC 1,Screws,active\n", None),
        ("a.csv", "identifier,parent,titleEn\n01.040,01,Vocabularies\n", None),
        ("a.csv", "name,price\nScrew,1\n", None),
    ],
)
def test_a_list_is_told_from_other_tables(
    tmp_path: Path, name: str, text: str, kind: str | None
) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    if kind is None:
        with pytest.raises(SourceError, match="unknown kind of source"):
            detection.detect(Source.open(file))
    else:
        assert detection.detect(Source.open(file)).kind == kind


@pytest.mark.parametrize("kind", ["iso-committees", "iso-deliverables"])
def test_tables_of_iso_are_no_lists(kind: str) -> None:
    name = {"iso-committees": "technical_committees", "iso-deliverables": "deliverables_metadata"}
    source = Source.open(WORLD / f"iso_{name[kind]}.csv")
    assert detection.detect(source).kind == kind


def test_a_list_may_have_parts_with_other_columns() -> None:
    batch = read(
        "GB 9-2000,在表头之上\n国家标准\n标准号,标准名称\nGB 1-2000,甲\n"
        "地方标准\n序号,标准编号,名称,状态\n1,DB33/T 2-2001,乙,现行\n"
    )
    assert said(batch, "cn/gb/1-2000")["dcterms:title"] == {"甲"}
    assert said(batch, "cn/db33-t/2-2001")["std:stage"] == {"stage:in-force"}
    assert [(each.place, each.reason) for each in batch.rejects] == [
        ("list.csv:1", "above the headings"),
        ("list.csv:5", "no document number"),
    ]


def test_a_file_without_numbers_says_what_to_do() -> None:
    with pytest.raises(SourceError, match="name it with --columns number=HEADING"):
        read("姓名,年龄\n张三,30\n")


def test_a_quote_that_never_closes_loses_no_row() -> None:
    with pytest.raises(SourceError, match=r"list.csv:3: a quote that opens in this row"):
        read('标准号,标准名称\nGB 1-2000,甲\nGB 2-2000,"乙\nGB 3-2000,丙\n')
    batch = read('标准号,标准名称\nGB 1-2000,"甲"乙\nGB 2-2000,丙,丁\n')
    assert [(each.place, each.reason) for each in batch.rejects] == [
        ("list.csv:2", "unreadable row")
    ]
    assert batch.unknown["column number 3, without a heading"] == 1


@pytest.mark.parametrize(
    ("cell", "document", "title"),
    [
        ("GB 50016-2014（2018年版）", "cn/gb/50016-2014", None),
        (
            "GB/T 1.1-2009 标准化工作导则 第1部分：结构",
            "cn/gb-t/1.1-2009",
            "标准化工作导则 第1部分：结构",
        ),
        ("GB/T 2423.1-2008《电工电子产品》", "cn/gb-t/2423.1-2008", "电工电子产品"),
        ("DBJ33/T 1001-2020", "cn/dbj33-t/1001-2020", None),
    ],
)
def test_numbers_with_notes_and_titles_are_read(
    cell: str, document: str, title: str | None
) -> None:
    of = said(read(f"标准号\n{cell}\n"), document)
    assert of["rdf:type"] == {"std:Standard"}
    assert of.get("dcterms:title") == ({title} if title else None)


def test_every_heading_has_one_role() -> None:
    table = tomllib.loads((Path(headings.__file__).parent / "headings.toml").read_text("utf-8"))
    words = [word for group in table.values() for each in group.values() for word in each]
    assert set(table["roles"]) == set(headings.ROLES)
    for word in words:
        expected = [r for g in table.values() for r, each in g.items() if word in each]
        assert [headings.role_of(word)] == expected, word
