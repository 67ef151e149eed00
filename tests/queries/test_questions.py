from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.common import resources
from kg.common.bilingual import Text
from kg.common.errors import KgError
from kg.common.namespaces import BASE, PREFIXES
from kg.queries.arguments import Param
from kg.queries.families import FAMILIES
from kg.queries.model import Question
from kg.queries.questions import (
    bind_parameters,
    find_question,
    load_questions,
    read_question,
    run_question,
    suggestions,
)
from kg.queries.row_order import OrderKey, read_order, sort_rows
from kg.store import Table, Term
from kg.store.embedded import EmbeddedStore

QUESTION = """\
#+ title: {en: Ballots of a committee, zh: 委员会的投票}
#+ description:
#+   en: |
#+     Which ballots were held: and "when"?
#+   zh: 举行过哪些投票？
#+ family: ballots
#+ params:
#+   - name: committee
#+     kind: entity
#+     class: std:TechnicalCommittee
#+     default: ISO/TC 321
#+     description: {en: The committee, zh: 委员会}
#+   - {name: year, kind: year, optional: true, description: {en: Its year, zh: 年份}}
#+ key: [ballot]

# An ordinary remark.
SELECT ?ballot ?year ?committee WHERE {
  ?ballot a std:Ballot ; std:in ?committee ; std:year ?year .
}
ORDER BY ?ballot
"""
DATA = """
<iso/tc/321> a std:TechnicalCommittee ; dcterms:identifier "ISO/TC 321" .
<iso/tc/1> a std:TechnicalCommittee ; dcterms:identifier "ISO/TC 1" .
<ballot/1> a std:Ballot ; std:in <iso/tc/321> ; std:year "2018"^^xsd:gYear .
<ballot/2> a std:Ballot ; std:in <iso/tc/321> ; std:year "2019"^^xsd:gYear .
<ballot/3> a std:Ballot ; std:in <iso/tc/1> ; std:year "2019"^^xsd:gYear .
"""
XSD = PREFIXES["xsd"]
Write = Callable[[str], Path]


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return EmbeddedStore.in_memory(ox.parse(prefixes + DATA, ox.RdfFormat.TRIG, base_iri=BASE))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "ballots.rq"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def question(write: Write) -> Question:
    return read_question(write(QUESTION))


def changed(old: str, new: str) -> str:
    assert QUESTION.count(old) == 1
    return QUESTION.replace(old, new)


def iri(relative: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + relative)


def test_a_question_is_read_from_its_header(question: Question) -> None:
    assert question == Question(
        name="ballots",
        title=Text("Ballots of a committee", "委员会的投票"),
        description=Text('Which ballots were held: and "when"?', "举行过哪些投票？"),
        family="ballots",
        params=(
            Param(
                "committee",
                "entity",
                Text("The committee", "委员会"),
                "std:TechnicalCommittee",
                "ISO/TC 321",
            ),
            Param("year", "year", Text("Its year", "年份"), optional=True),
        ),
        key=("ballot",),
        columns=("ballot", "year", "committee"),
        sparql=QUESTION,
        order=(OrderKey("ballot"),),
    )
    assert question.title.of("zh-Hans") == "委员会的投票"
    assert question.title.of("fr") == "Ballots of a committee"


def test_values_of_a_header_are_strings(write: Write) -> None:
    text = changed("default: ISO/TC 321", "default: NO").replace("{en: Its year", "{en: 19:30")
    question = read_question(write(text))
    assert question.params[0].default == "NO"
    assert question.params[1].description.en == "19:30"


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("#+ family: ballots", "#+ family: ballot", 6, "'ballot' is not one of organizations"),
        ("#+ family: ballots\n", "", 1, "'family' is missing"),
        ("#+ key: [ballot]", "#+ key: ballot", 14, "give a list"),
        ("#+ key: [ballot]", "#+ key: [vote]", 14, "'vote' is not one of ballot, year, committee"),
        ("#+ key: [ballot]", "#+ keys: [ballot]", 14, "'keys' is not one of title"),
        ("#+ family: ballots", "#+ family: ballots\n#+ scans: some", 7, "'some' is not one of all"),
        ("#+ key: [ballot]", "#+ family: ballots", 14, "'family' is given twice"),
        ("default: ISO/TC 321", "kind: entity", 11, "'kind' is given twice"),
        ("kind: entity", "kind: thing", 9, "'thing' is not one of entity, text"),
        ("class: std:TechnicalCommittee", "class: committee", 10, "give the class as an IRI"),
        ("class: std:TechnicalCommittee", "optional: true", 10, "can't be optional"),
        ("optional: true", "optional: yes", 13, "'yes' is not one of true, false"),
        ("name: year", "name: committee", 13, "'committee' is given twice"),
        ("name: year", "name: month", 13, "'month' must be projected"),
        ("name: year", "name: [year]", 13, "give a non-empty text"),
        ("zh: 委员会的投票", "zh: ''", 1, "give a non-empty text"),
        (", zh: 委员会的投票", "", 1, "'zh' is missing"),
        ("{en: Ballots of a committee, zh: 委员会的投票}", "Ballots", 1, "give the fields en, zh"),
        ("#+ key: [ballot]", "#+ key: [ballot]\n#+ see: [votes]", 15, "'votes' is not one of"),
        ("#+ key: [ballot]", "#+ key: [ballot]\n#+ see: [ballots]", 15, "'ballots' is not one of"),
        ("# An ordinary", "#?month ?x ?y ?z\n# An ordinary", 16, "'month' is no optional param"),
        ("# An ordinary", "#?committee ?x ?y ?z\n# An", 16, "'committee' is no optional param"),
        ("family: ballots", "family: &f ballots", 6, "anchors"),
        ("family: ballots", "family: !!str ballots", 6, "anchors"),
        ("family: ballots", "family: [ballots", 7, "not YAML"),
        ("#+ family", "#+family", 6, "begin a header line with '#+ '"),
        ("# An ordinary remark.", "ASK {}\n#+ family: ballots", 17, "at the top"),
        ("}\nORDER BY", "FILTER(!bound( ?year ))\n}\nORDER BY", 19, "counts as unbound"),
        ("ORDER BY ?ballot", "ORDER BY ?ballot LCASE(?year)", 20, "sort by columns of the SELECT"),
        ("ORDER BY ?ballot", "ORDER BY ?ballots", 20, "sort by columns of the SELECT"),
        ("std:year ?year .", "std:year ?y . BIND(?year AS ?z)", 18, "counts as unbound"),
        ("std:year ?year .", "std:year ?year . { BIND($year AS ?z) }", 18, "counts as unbound"),
    ],
)
def test_a_wrong_header_is_reported_with_file_and_line(
    write: Write, old: str, new: str, line: int, what: str
) -> None:
    path = write(changed(old, new))
    with pytest.raises(KgError) as raised:
        read_question(path)
    assert f"{path}:{line}: " in str(raised.value)
    assert what in str(raised.value)
    assert "\n" not in str(raised.value)


def test_bind_after_the_pattern_and_coalesce_see_parameters(
    store: EmbeddedStore, write: Write
) -> None:
    text = changed("?ballot ?year", "?ballot ?same ?year").replace(
        "std:year ?year .",
        "std:year ?y . BIND(?committee AS ?same) FILTER(COALESCE(?y = ?year, true))",
    )
    question = read_question(write(text))
    assert [row[1] for row in run_question(store, question, {}).rows] == [iri("iso/tc/321")] * 2
    assert [row[0] for row in run_question(store, question, {"year": "2018"}).rows] == [
        iri("ballot/1")
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", "no header"),
        ("", "no header"),
        (QUESTION.replace("SELECT ?ballot ?year ?committee WHERE", "ASK"), "ballots.rq: "),
        (QUESTION.replace("WHERE {", "WHERE {{"), "ballots.rq: "),
        (QUESTION.replace("?ballot a", "SERVICE <http://127.0.0.1:9/> {} ?ballot a"), "SERVICE"),
    ],
)
def test_a_file_without_a_question_is_rejected(write: Write, text: str, what: str) -> None:
    with pytest.raises(KgError, match=what):
        read_question(write(text))


def test_a_file_must_be_utf8_with_a_valid_name(tmp_path: Path) -> None:
    path = tmp_path / "gb.rq"
    path.write_text(QUESTION, encoding="gb18030")
    with pytest.raises(KgError, match="save it as UTF-8"):
        load_questions(tmp_path)
    path.rename(tmp_path / "Some Name.rq")
    (tmp_path / "Some Name.rq").write_text(QUESTION, encoding="utf-8-sig")
    with pytest.raises(KgError, match="name the file in small letters"):
        load_questions(tmp_path)
    (tmp_path / "Some Name.rq").rename(tmp_path / "good-name.rq")
    (tmp_path / "views").mkdir()
    (tmp_path / "views" / "no-question.rq").write_text("SELECT", encoding="utf-8")
    assert list(load_questions(tmp_path)) == ["good-name"]
    with pytest.raises(KgError, match="no such folder"):
        load_questions(tmp_path / "nowhere")


def test_an_unknown_question_gives_the_nearest_names(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"there are: none$"):
        find_question(tmp_path, "zzz")
    for name in ("ballots", "committees-by-year"):
        (tmp_path / f"{name}.rq").write_text(QUESTION, encoding="utf-8")
    assert find_question(tmp_path, "ballots") == read_question(tmp_path / "ballots.rq")
    with pytest.raises(KgError, match=r"'balots'; nearest: ballots$"):
        find_question(tmp_path, "balots")
    with pytest.raises(KgError, match=r"there are: ballots, committees-by-year$"):
        find_question(tmp_path, "zzz")
    (tmp_path / "views").mkdir()
    with pytest.raises(KgError, match="no question is called"):
        find_question(tmp_path / "views", "../ballots")


def test_defaults_are_resolved_and_optional_parameters_stay_unbound(
    store: EmbeddedStore, question: Question
) -> None:
    assert bind_parameters(store, question, {}) == {"committee": iri("iso/tc/321")}
    assert bind_parameters(store, question, {"committee": "iso/tc1", "year": "２０１９"}) == {
        "committee": iri("iso/tc/1"),
        "year": ox.Literal("2019", datatype=ox.NamedNode(XSD + "gYear")),
    }


@pytest.mark.parametrize(
    ("given", "ballots"),
    [
        ({}, ["1", "2"]),
        ({"year": "2019"}, ["2"]),
        ({"committee": "ISO/TC 1"}, ["3"]),
        ({"committee": "<iso/tc/1>", "year": "2018"}, []),
    ],
)
def test_running_a_question_binds_its_parameters(
    store: EmbeddedStore, question: Question, given: dict[str, str], ballots: list[str]
) -> None:
    table = run_question(store, question, given)
    assert table.columns == ("ballot", "year", "committee")
    assert [row[0] for row in table.rows] == [iri(f"ballot/{name}") for name in ballots]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (
            {"comittee": "x"},
            "no parameter 'comittee'; its parameters: "
            "committee (entity, default 'ISO/TC 321'), year (year, optional)",
        ),
        ({"committee": "ISO/TC 322"}, "parameter 'committee': no std:TechnicalCommittee is called"),
        ({"committee": "<ballot/1>"}, "<ballot/1> is not a std:TechnicalCommittee"),
        ({"committee": '"} ?s ?p ?o {"'}, "no std:TechnicalCommittee is called"),
        ({"year": "19"}, "parameter 'year': '19' is not a valid year"),
        ({"year": '2019" } #'}, "is not a valid year"),
    ],
)
def test_a_wrong_argument_is_explained(
    store: EmbeddedStore, question: Question, given: dict[str, str], what: str
) -> None:
    with pytest.raises(KgError) as raised:
        bind_parameters(store, question, given)
    assert what in str(raised.value)


def test_a_required_argument_must_be_given(store: EmbeddedStore, write: Write) -> None:
    question = read_question(write(changed("#+     default: ISO/TC 321\n", "")))
    with pytest.raises(KgError, match=r"ballots needs 'committee'.*committee \(entity, required\)"):
        bind_parameters(store, question, {})


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("text", "= 浙江", ox.Literal("= 浙江")),
        ("text", "", ox.Literal("")),
        ("integer", "-12", ox.Literal(-12)),
        ("integer", "1.5", None),
        ("integer", "٣", None),
        ("decimal", "1.5", ox.Literal("1.5", datatype=ox.NamedNode(XSD + "decimal"))),
        ("decimal", "1e5", None),
        ("boolean", "True", ox.Literal(True)),
        ("boolean", "1", None),
        ("date", "2019-04-11", ox.Literal("2019-04-11", datatype=ox.NamedNode(XSD + "date"))),
        ("date", "2019-02-29", None),
        ("date", "20190411", None),
        ("date", "2019年4月11日", ox.Literal("2019-04-11", datatype=ox.NamedNode(XSD + "date"))),
        ("date", "2019/4/11", ox.Literal("2019-04-11", datatype=ox.NamedNode(XSD + "date"))),
        ("date", "2019-04", None),
        ("year", "2019年", ox.Literal("2019", datatype=ox.NamedNode(XSD + "gYear"))),
        ("year", "2019年4月", None),
        ("year", "2019", ox.Literal("2019", datatype=ox.NamedNode(XSD + "gYear"))),
        ("language", "zh-Hans", ox.Literal("zh-hans")),
        ("language", "中文", None),
        ("language", "en*", None),
    ],
)
def test_arguments_are_read_by_kind(
    store: EmbeddedStore, question: Question, kind: str, value: str, term: Term | None
) -> None:
    one = Question(
        **{**vars(question), "params": (Param("x", kind, question.title),)},
    )
    if term is None:
        with pytest.raises(KgError, match=f"is not a valid {kind}"):
            bind_parameters(store, one, {"x": value})
    else:
        assert bind_parameters(store, one, {"x": value}) == {"x": term}


@pytest.mark.parametrize(
    "path", sorted(resources.queries().glob("*.rq")), ids=lambda path: str(path.stem)
)
def test_every_question_of_the_project_loads_and_can_be_bound(path: Path) -> None:
    question = read_question(path)
    assert question.family in FAMILIES
    assert {param.name for param in question.params} <= set(question.columns)
    assert set(question.key) <= set(question.columns)


def test_a_header_declares_a_full_scan(write: Write) -> None:
    assert read_question(write(QUESTION)).scans is None
    assert (
        read_question(write(changed("family: ballots", "family: ballots\n#+ scans: all"))).scans
        == "all"
    )


def test_questions_with_a_full_scan_have_no_parameters() -> None:
    scanning = [one for one in load_questions(resources.queries()).values() if one.scans]
    assert scanning
    for question in scanning:
        assert question.needs, question.name
        assert not question.params, question.name
        both_ends_free = r"\{ \?document std:(publisher|stage|topic) \?\w+ \}"
        assert re.search(both_ends_free, question.sparql), question.name


def test_the_last_order_of_a_query_is_read() -> None:
    sparql = """SELECT ?a ?b ?c { { SELECT ?a { } ORDER BY ?b LIMIT 2 } }
    order by DESC( ?a ) COALESCE(STR(?b), "9999") STR(?c) desc(str($b)) ?c\n"""
    assert read_order(Path("x.rq"), sparql, ("a", "b", "c")) == (
        OrderKey("a", descending=True),
        OrderKey("b", unbound_last=True),
        OrderKey("c"),
        OrderKey("b", descending=True),
        OrderKey("c"),
    )
    assert read_order(Path("x.rq"), "SELECT ?a { } ", ("a",)) == ()


def test_rows_are_in_natural_order() -> None:
    numbers = [iri(f"iso/tc/{number}") for number in ("10", "2/sc/10", "2/sc/9", "2", "02")]
    in_order = [numbers[3], numbers[4], numbers[2], numbers[1], numbers[0]]
    table = Table(("x",), tuple((number,) for number in numbers))
    assert [row[0] for row in sort_rows(table, [OrderKey("x")]).rows] == in_order
    mixed: list[Term | None] = [
        None,
        iri("b"),
        ox.Literal(9),
        ox.Literal("10.5", datatype=ox.NamedNode(XSD + "decimal")),
        ox.Literal("2018", datatype=ox.NamedNode(XSD + "gYear")),
        ox.Literal("2018-04", datatype=ox.NamedNode(XSD + "gYearMonth")),
        ox.Literal("GB 7-2"),
        ox.Literal("GB 12"),
    ]
    table = Table(("x", "y"), tuple((term, ox.Literal(1)) for term in reversed(mixed)))
    assert [row[0] for row in sort_rows(table, [OrderKey("y"), OrderKey("x")]).rows] == mixed
    last = sort_rows(table, [OrderKey("x", unbound_last=True)])
    assert [row[0] for row in last.rows] == [*mixed[1:], None]
    falling = sort_rows(table, [OrderKey("x", descending=True)])
    assert [row[0] for row in falling.rows] == mixed[::-1]


def test_an_answer_is_in_natural_order(store: EmbeddedStore, write: Write) -> None:
    more = "".join(f"<ballot/{number}> a std:Ballot ." for number in (10, 9))
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    larger = EmbeddedStore.in_memory(
        [*store.quads(), *ox.parse(prefixes + more, ox.RdfFormat.TRIG, base_iri=BASE)]
    )
    text = changed("; std:in ?committee ; std:year ?year .", "OPTIONAL { ?a ?committee ?year }")
    answer = run_question(larger, read_question(write(text)), {"committee": "ISO/TC 1"})
    assert [row[0] for row in answer.rows] == [iri(f"ballot/{n}") for n in (1, 2, 3, 9, 10)]


def test_a_line_for_a_parameter_counts_only_with_its_argument(
    store: EmbeddedStore, write: Write
) -> None:
    old = "?ballot a std:Ballot ; std:in ?committee ; std:year ?year ."
    new = "?ballot a std:Ballot ; std:in ?committee .\n  #?year ?ballot std:year ?year ."
    question = read_question(write(changed(old, new)))
    assert question.query(()) == question.query(["committee"]) == question.sparql
    assert "\n  ?ballot std:year ?year ." in question.query(["year"])
    assert [row[0] for row in run_question(store, question, {}).rows] == [
        iri("ballot/1"),
        iri("ballot/2"),
    ]
    assert [row[0] for row in run_question(store, question, {"year": "2018"}).rows] == [
        iri("ballot/1")
    ]


def test_the_lines_for_parameters_must_be_sparql(write: Write) -> None:
    with pytest.raises(KgError, match="the query is not SPARQL"):
        read_question(write(changed("# An ordinary remark.", "#?year ?ballot std:year")))


def test_the_questions_to_see_get_the_arguments_that_they_share(write: Write) -> None:
    folder = write(changed("#+ key: [ballot]", "#+ key: [ballot]\n#+ see: [votes]")).parent
    (folder / "votes.rq").write_text(changed("name: year", "name: ballot"), encoding="utf-8")
    question = find_question(folder, "ballots")
    assert question.see == ("votes",)
    [(other, arguments)] = suggestions(folder, question, {"committee": "ISO/TC 1", "year": "2018"})
    assert other.name == "votes"
    assert arguments == {"committee": "ISO/TC 1"}


def test_the_project_has_questions() -> None:
    assert any(resources.queries().glob("*.rq"))
