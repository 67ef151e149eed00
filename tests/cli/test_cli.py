"""The command line: every command works, has help, and reports an error in one line."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import polars
import pyoxigraph as ox
import pytest

from kg import cli
from kg.cli import options
from kg.cli.reports.questions import TRIPLE_FORMATS
from kg.export import FORMATS as EXPORT_FORMATS
from kg.export import GRAPH_FORMATS
from kg.pictures.drawing import FORMATS as VIEW_FORMATS
from kg.tables import BINARY_FORMATS
from kg.tables import FORMATS as TABLE_FORMATS
from kg.tables.spreadsheet import read_table
from kg.validation.shacl import ENGINES
from tests.support import ROOT, Run


def test_choices_match_the_modules_that_define_them() -> None:
    assert set(options.RDF_FORMATS) == set(EXPORT_FORMATS)
    assert set(options.GRAPH_FORMATS) == {*GRAPH_FORMATS, "csv"}
    assert set(options.VIEW_FORMATS) == {*VIEW_FORMATS, "table"}
    assert set(options.TABLE_FORMATS) == set(TABLE_FORMATS)
    assert set(options.ENGINES) == set(ENGINES)
    assert set(options.QUERY_FORMATS) == {*TABLE_FORMATS, *BINARY_FORMATS, *TRIPLE_FORMATS}


@pytest.mark.parametrize("command", ["", *cli.cli.commands])
def test_every_command_has_help_and_is_in_the_readme(run: Run, command: str) -> None:
    answer = run(*filter(None, [command]), "--help")
    assert answer.returncode == 0
    assert answer.stdout.startswith("Usage:")
    assert f"kg {command}".strip() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import contextlib, sys; sys.argv = ['kg', '--help']\n"
        "import kg.cli\n"
        "with contextlib.suppress(SystemExit): kg.cli.main()\n"
        "heavy = ('rdflib', 'pyshacl', 'rich', 'pyoxigraph', 'networkx', 'yaml')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert answer.stdout.splitlines()[-1] == "[]"


def test_questions_are_listed_by_family_in_both_languages(run: Run) -> None:
    english, chinese = run("query").stdout, run("query", "--lang", "zh").stdout
    assert "Proposals and ballots\n  ballot" in english
    assert "提案与投票\n  ballot" in chinese
    assert "how many?  (reads all documents: takes seconds for millions of triples)" in english
    assert "各有多少？  (须遍历全部文件，三元组达数百万时需数秒)" in chinese


def test_an_answer_shows_labels_and_evidence(run: Run, built: Path) -> None:
    answer = run("query", "ballot", "committee=ISO/TC 321", "--lang", "zh", store=built)
    assert answer.returncode == 0, answer.stderr
    assert "全票通过" in answer.stdout
    joined = "".join(answer.stdout.split())
    assert "方案获得全票通" in joined


def on_a_terminal(store: Path, *arguments: str) -> str:
    """Return what a command prints when its standard output is a terminal."""
    import pty

    main, end = pty.openpty()
    environment = {**os.environ, "KG_STORE": str(store), "TERM": "dumb", "COLUMNS": "100"}
    with subprocess.Popen(
        [sys.executable, "-m", "kg", *arguments], cwd=ROOT, env=environment, stdout=end
    ) as process:
        os.close(end)
        printed = b""
        # At the end of the output, Linux reports an error.
        with contextlib.suppress(OSError):
            while block := os.read(main, 1 << 16):
                printed += block
        os.close(main)
    assert process.returncode == 0
    return printed.decode().replace("\r\n", "\n")


def test_a_long_answer_is_cut_on_a_terminal_only(run: Run, built: Path) -> None:
    command = ["query", "--sparql", str(ROOT / "tests" / "fixtures" / "labels.rq")]
    whole = run(*command, "--format", "csv", store=built).stdout.splitlines()[1:]
    assert len(whole) == 130
    table = run(*command, store=built).stdout
    assert all(f"label {number:03}" in table for number in range(1, 131))
    shown = on_a_terminal(built, *command)
    assert "label 100" in shown
    assert "label 101" not in shown
    assert shown.splitlines()[-1] == (
        "100 of 130 rows, 30 more: --all or --limit N shows them, -o FILE.csv saves all"
    )
    assert "label 130" in on_a_terminal(built, *command, "--all")
    assert "label 130" in on_a_terminal(built, *command, "--format", "csv")


@pytest.mark.parametrize("format_", TABLE_FORMATS)
def test_a_limit_cuts_every_format(run: Run, built: Path, format_: str) -> None:
    answer = run("query", "ballot", "--limit", "2", "--format", format_, store=built)
    assert answer.returncode == 0
    assert ("2 of 10 rows, 8 more" in answer.stdout) is (format_ in ("table", "md"))
    if format_ in ("csv", "tsv"):
        assert len(answer.stdout.splitlines()) == 3
    elif format_ == "json":
        assert len(json.loads(answer.stdout)["results"]["bindings"]) == 2
    whole = run("query", "ballot", "--limit", "10", "--format", format_, store=built)
    assert whole.stdout == run("query", "ballot", "--format", format_, store=built).stdout
    assert "more:" not in whole.stdout


def test_a_limit_in_chinese_and_of_triples(run: Run, built: Path) -> None:
    answer = run("query", "ballot", "--limit", "2", "--lang", "zh", store=built)
    assert answer.stdout.splitlines()[-1].startswith("共10行，显示前2行，余8行：加--all")
    text = "CONSTRUCT { ?s ?p ?o } { <place/cn> ?p ?o . ?s ?p ?o FILTER(isIRI(?o)) } LIMIT 9"
    triples = run("query", "--sparql", "-", "--limit", "1", store=built, stdin=text).stdout
    assert len(list(ox.parse(triples, ox.RdfFormat.TURTLE))) == 1
    assert " triples, " in triples.splitlines()[-1]


@pytest.mark.parametrize("format_", TABLE_FORMATS)
def test_every_format_of_an_answer(run: Run, built: Path, format_: str) -> None:
    answer = run("query", "standard-adopts", "--format", format_, store=built)
    assert answer.returncode == 0
    if format_ == "csv":
        rows = list(csv.DictReader(answer.stdout.splitlines()))
        assert {row["practice_label"] for row in rows} >= {"parallel approval", "standard land"}
    elif format_ == "json":
        assert len(json.loads(answer.stdout)["results"]["bindings"]) == 8
    else:
        assert len(answer.stdout.splitlines()) >= 8


def test_explain_shows_parameters_and_sparql_without_running_it(run: Run, built: Path) -> None:
    answer = run("query", "ballot", "committee=iso／tc 321", "--explain", store=built)
    assert answer.returncode == 0
    assert "= <https://w3id.org/stdkg/iso/tc/321>" in answer.stdout
    assert "SELECT DISTINCT ?ballot" in answer.stdout
    assert "2018-07-14" not in answer.stdout
    assert "reads all documents" not in answer.stdout


def test_an_empty_answer_is_reported_and_exits_with_1(run: Run, built: Path) -> None:
    answer = run("query", "support", "thing=SAC/TC 563", store=built)
    assert (answer.returncode, answer.stderr) == (1, "")
    assert answer.stdout.endswith("no rows\n")


def test_an_empty_answer_suggests_other_questions(run: Run, built: Path) -> None:
    answer = run("query", "secretariats", "committee=ISO/TC 154", "--format", "csv", store=built)
    assert answer.returncode == 1
    assert answer.stdout.count("\n") == 1
    meant, members, committees = answer.stderr.splitlines()
    assert meant == "Perhaps this is meant:"
    assert members.startswith("  kg query committee-members committee='ISO/TC 154'  # Who ")
    assert committees.startswith("  kg query committees  # Which technical committees ")
    chinese = run("query", "secretariats", "committee=ISO/TC 154", "--lang", "zh", store=built)
    assert "kg query committee-members committee='ISO/TC 154'  # 某委员会的" in chinese.stderr


def test_sparql_is_read_from_a_file_or_a_pipe(run: Run, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "q.rq"
    file.write_text("SELECT ?agent { ?agent std:heads ?group }", encoding="utf-8")
    named = run("query", "--sparql", file, store=built)
    assert "Governor of Zhejiang" in named.stdout
    asked = run("query", "--sparql", "-", store=built, stdin="ASK { <place/cn> ?p <iso/tc/321> }")
    assert (asked.returncode, asked.stdout) == (0, "true\n")
    text = "CONSTRUCT { ?a std:signed ?b } WHERE { ?a std:signed ?b }"
    made = run("query", "--sparql", "-", store=built, stdin=text)
    assert list(ox.parse(made.stdout, format=ox.RdfFormat.TURTLE))
    none = run("query", "--sparql", "-", store=built, stdin="SELECT ?s { ?s std:nothing ?o }")
    assert none.returncode == 1


NAMES = "SELECT ?name { <place/cn> skos:prefLabel ?name }"


@pytest.mark.parametrize(
    "given",
    [
        NAMES,
        f"# a comment\n{NAMES}",
        f"PREFIX a: <http://a/>\n{NAMES}",
        f"  base <http://a/> {NAMES.lower().replace('preflabel', 'prefLabel')}".replace(
            "<place/cn>", "<https://w3id.org/stdkg/place/cn>"
        ),
        NAMES + " #" + "x" * 5000,
    ],
)
def test_sparql_is_given_as_text(run: Run, built: Path, given: str) -> None:
    answer = run("query", "--sparql", given, "--format", "csv", store=built)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines() == ["name", "China", "中国"]


def test_a_query_needs_no_braces(run: Run, built: Path) -> None:
    assert "skos:prefLabel" in run("query", "--sparql", "DESCRIBE <place/cn>", store=built).stdout


def test_what_is_there_is_a_file_whatever_its_name(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "select {things}"
    file.write_text(NAMES, encoding="utf-8")
    assert "中国" in run("query", "--sparql", file, store=built).stdout


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("missing.rq", "missing.rq: No such file or directory: give the text of a query"),
        ("select things.rq", "select things.rq: No such file"),
        ("queries/ask.sparql", "No such file"),
        ("ASK", "ASK: No such file"),
        ("selct * { ?s ?p ?o }", "not SPARQL 1.1: line 1"),
        ("SELECT * { ?s stdd:p ?o }", "no prefix 'stdd:' is declared"),
        ("insert data { <a> <b> <c> }", "the graph is read-only: INSERT is an update"),
        ("clear all", "the graph is read-only: CLEAR is an update"),
    ],
)
def test_a_file_that_is_missing_and_a_faulty_query_are_told_apart(
    run: Run, built: Path, given: str, message: str
) -> None:
    answer = run("query", "--sparql", given, store=built)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert re.fullmatch(r"kg: [^\n]+\n", answer.stderr)
    assert message in answer.stderr


@pytest.mark.parametrize(
    ("query", "noted"),
    [
        ("SELECT (COUNT(?d) AS ?n) { ?d ?p ?o }", True),
        ("SELECT (sum( 1) AS ?n) { ?d ?p ?o }", True),
        ("SELECT (COUNT( DISTINCT ?d) AS ?n) { ?d ?p ?o }", False),
        ("SELECT (COUNT(?d) AS ?n) { GRAPH ?g { ?d ?p ?o } }", False),
        ("SELECT ?d { ?d ?p ?o FILTER(?o = 'COUNT(?d)') }", False),
    ],
)
def test_a_count_over_the_union_of_graphs_says_so(
    run: Run, built: Path, query: str, noted: bool
) -> None:
    stderr = run("query", "--sparql", query, store=built).stderr
    assert stderr.startswith("kg: note: a statement that several graphs make") is noted
    assert bool(stderr) is noted


def test_an_answer_is_written_to_a_file(run: Run, built: Path, tmp_path: Path) -> None:
    def written(name: str, *arguments: str) -> Path:
        file = tmp_path / name
        answer = run("query", *arguments, "-o", file, store=built)
        assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
        return file

    question = ("figures", "thing=国际标准化会议基地（杭州）")
    table = written("a.csv", *question).read_bytes()
    assert table.startswith(b"\xef\xbb\xbfindicator,indicator_label,")
    assert run("query", *question, "--format", "csv", store=built).stdout.startswith("indicator,")
    frame = polars.read_parquet(written("a.parquet", *question))
    assert frame.columns == table.decode("utf-8-sig").splitlines()[0].split(",")
    assert frame["value"].to_list() == [2145, 80, 1432, 28]
    assert read_table(written("a.xlsx", *question)).header == tuple(frame.columns)
    assert read_table(written("b.xlsx", "--sparql", NAMES)).rows == (("China",), ("中国",))
    assert len(json.loads(written("a.json", *question).read_bytes())["results"]["bindings"]) == 4
    assert "\x1b" not in written("a.txt", *question).read_text(encoding="utf-8")
    triples = list(
        ox.parse(written("a.nt", "--sparql", "DESCRIBE <iso>").read_bytes(), ox.RdfFormat.N_TRIPLES)
    )
    for name, format_ in (("a.ttl", ox.RdfFormat.TURTLE), ("a.rdf", ox.RdfFormat.RDF_XML)):
        file = written(name, "--sparql", "DESCRIBE <iso>")
        assert set(ox.parse(file.read_bytes(), format_)) == set(triples)
    assert written("questions.md", "--format", "md").read_bytes().startswith(b"# Questions")
    empty = run("query", "support", "thing=SAC/TC 563", "-o", tmp_path / "e.csv", store=built)
    assert empty.returncode == 1
    assert (tmp_path / "e.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("kg query ballot -o a.csv", ["a.csv"]),
        ("kg view timeline -o a.csv", ["a.csv"]),
        ("kg view committees -o a.csv", ["a.edges.csv", "a.nodes.csv"]),
        ("kg export -o a.csv", ["a.edges.csv", "a.nodes.csv"]),
        ("kg match ISO -o a.csv", ["a.csv"]),
        ("kg search ISO -o a.csv", ["a.csv"]),
        ("kg show ISO -o a.csv", ["a.csv"]),
        ("kg relate ISO China -o a.csv", ["a.csv"]),
    ],
)
def test_every_command_writes_csv_alike(
    built: Path, tmp_path: Path, command: str, names: list[str]
) -> None:
    (tmp_path / names[0]).touch(0o600)
    done = shell(f"umask 027; cd {tmp_path}; {command}", built, PYTHONPATH=str(ROOT))
    assert done.returncode == 0, done.stderr
    assert sorted(file.name for file in tmp_path.iterdir()) == names
    for name in names:
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf"), name
        mode = (tmp_path / name).stat().st_mode & 0o777
        assert mode == (0o600 if name == names[0] else 0o640), name


def test_an_export_takes_its_format_from_the_file(built: Path, tmp_path: Path) -> None:
    named = shell(f"kg export -o {tmp_path}/a.nt", built)
    assert (named.returncode, named.stderr) == (0, b"")
    assert (tmp_path / "a.nt").read_bytes() == shell("kg export --format ntriples", built).stdout


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["query", "balot"], "", "nearest: ballot"),
        (["query", "ballot", "ISO/TC 321"], "", "write parameters as name=value"),
        (["query", "ballot", "committee=ISO/TC 999"], "", "no std:TechnicalCommittee is called"),
        (["query", "--sparql", "no-such.rq"], "", "no-such.rq"),
        (["query", "--sparql", "-"], "SELECT * { ?s ?p }", "not SPARQL 1.1"),
        (["query", "--sparql", "-"], "SELECT * { SERVICE <http://a.b/> { ?s ?p ?o } }", "SERVICE"),
        (["query", "--sparql", "-", "ballot"], "", "can't be combined with a question"),
        (["query", "ballot", "--limit", "0"], "", "--limit"),
        (["query", "ballot", "--limit", "2", "--all"], "", "can't be combined"),
        (["export", "--format", "docx"], "", "docx"),
        (
            ["export", "--format", "turtle", "-o", "/no/such/folder/x.ttl"],
            "",
            "/no/such/folder: no such folder: create it first",
        ),
        (["export", "--format", "turtle", "-o", "/proc/x.ttl"], "", "/proc/x.ttl: "),
        (["bild"], "", "bild"),
        (["bild"], "", "Did you mean 'build'?"),
        (["validate", "--engine", "other"], "", "other"),
    ],
)
def test_an_error_is_one_line_and_exits_with_2(
    run: Run, built: Path, arguments: list[str], stdin: str, message: str
) -> None:
    answer = run(*arguments, store=built, stdin=stdin)
    assert answer.returncode == 2
    assert re.fullmatch(r"kg: [^\n]+\n", answer.stderr)
    assert message in answer.stderr
    assert answer.stdout == ""


def test_kg_without_a_command_shows_help(run: Run) -> None:
    answer = run()
    assert answer.returncode == 0
    assert answer.stdout.startswith("Usage:")
    assert "validate" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "ballot", "committee=ISO", "committee=GS1"], "given twice"),
        (["query", "--explain"], "needs the NAME"),
        (["validate", "--coverage", "--format", "json"], "leave out --format"),
        (["stats", "--store", ""], "--store is empty"),
        (["export", "--format", "turtle", "-o", "/"], "Is a directory"),
        (["query", "--sparql", "/"], "Is a directory"),
        (["query", "--sparql", " "], "--sparql is empty"),
        (["query", "--sparql", "ASK {}", "-o", "x.parquet"], "write it as json"),
        (["query", "--sparql", "ASK {}", "-o", "x.ttl"], "turtle is for CONSTRUCT and DESCRIBE"),
        (["query", "--sparql", "DESCRIBE <iso>", "-o", "x.csv"], "answer with triples"),
        (["query", "ballot", "-o", "x.doc"], "give --format, or one of the extensions .csv"),
        (["query", "ballot", "-o", "x.csv", "--format", "json"], "the extension means csv"),
        (["query", "ballot", "-o", ""], "-o names no file"),
        (["query", "ballot", "-o", "/no/such/x.csv"], "/no/such: no such folder"),
        (["match", "ISO", "-o", ""], "-o names no file"),
        (["export", "-o", "x.doc"], "give --format"),
        (["export"], "give --format, or a file"),
    ],
)
def test_contradictory_arguments_are_refused(
    run: Run, built: Path, arguments: list[str], message: str
) -> None:
    # An empty --store must not fall back to KG_STORE.
    answer = run(*arguments, store=built)
    assert answer.returncode == 2
    assert re.fullmatch(r"kg: [^\n]+\n", answer.stderr)
    assert message in answer.stderr


def shell(command: str, store: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kg = f"{shlex.quote(sys.executable)} -m kg "
    return subprocess.run(
        ["bash", "-c", command.replace("kg ", kg, 1)],
        cwd=ROOT,
        env={**os.environ, "KG_STORE": str(store), **environment},
        capture_output=True,
        check=False,
    )


def test_a_closed_pipe_is_not_an_error(built: Path) -> None:
    done = shell("kg export --format nquads | head -1; exit ${PIPESTATUS[0]}", built)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (r"kg stats --store $'/tmp/\xff'", 2),
        (r"kg validate $'\xff.ttl'", 2),
        (r"kg query ballot committee=$'\xff'", 2),
        (r"kg show $'\xff'", 2),
        (r"kg relate ISO $'\xff'", 2),
        (r"kg view --around $'\xff'", 2),
        (r"kg view events --place $'\xff'", 2),
        (r"kg search $'caf\xe9'", 2),
        ("kg query ballot >/dev/full", 2),
        ("kg stats >&-", 0),
        ("kg query --sparql - <&-", 2),
    ],
)
def test_invalid_bytes_and_closed_streams_give_at_most_one_line(
    built: Path, command: str, code: int
) -> None:
    done = shell(command, built)
    assert done.returncode == code, done.stderr
    assert done.stderr.count(b"\n") == (code == 2)
    assert b"unexpected" not in done.stderr
    if r"\x" in command:
        assert b"is not UTF-8: write it in UTF-8" in done.stderr


def test_arguments_and_streams_are_utf_8_in_every_locale(built: Path) -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    named = shell("kg query roles agent=国家标准委 --lang zh", built, **plain)
    assert named.returncode == 0, named.stderr
    assert "支持者" in named.stdout.decode("utf-8")
    asked = r"""printf '\xef\xbb\xbfASK { ?s skos:prefLabel "杭州市"@zh }' | kg query --sparql -"""
    piped = shell(asked, built, **plain)
    assert piped.stdout == b"true\n", piped.stderr


def test_an_export_never_replaces_links_and_pipes(built: Path, tmp_path: Path) -> None:
    target, link, pipe = (tmp_path / name for name in ("target.nt", "link.nt", "pipe"))
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    os.mkfifo(pipe)
    assert shell(f"kg export --format ntriples -o {link}", built).returncode == 0
    assert link.is_symlink()
    whole = target.read_bytes()
    assert len(whole) > 100_000
    done = shell(f"kg export --format ntriples -o {pipe} & cat {pipe}; wait", built)
    assert done.stdout == whole
    assert pipe.is_fifo()
    assert shell("kg export --format ntriples -o -", built).stdout == whole
    assert sorted(p.name for p in tmp_path.iterdir()) == ["link.nt", "pipe", "target.nt"]


def test_formats_of_ask_and_construct(run: Run, built: Path) -> None:
    ask = run("query", "--sparql", "-", "--format", "json", store=built, stdin="ASK {}")
    assert json.loads(ask.stdout) == {"head": {}, "boolean": True}
    triples = run("query", "--sparql", "-", "--format", "csv", store=built, stdin="DESCRIBE <iso>")
    assert triples.returncode == 2
    assert "leave out --format" in triples.stderr
    turtle = run("query", "--sparql", "DESCRIBE <iso>", "--format", "turtle", store=built)
    assert turtle.stdout == run("query", "--sparql", "DESCRIBE <iso>", store=built).stdout


def test_debug_shows_the_traceback(run: Run) -> None:
    answer = run("--debug", "stats")
    assert "Traceback" in answer.stderr
    assert answer.returncode == 2
    assert "Traceback" not in run("stats").stderr
    assert "Traceback" not in run("stats", "--debug").stderr


def test_statistics_count_the_graph(run: Run, built: Path) -> None:
    answer = run("stats", store=built)
    assert answer.returncode == 0
    for word in ("graphs", "claims", "sources", "evidence", "shapes", "participation  "):
        assert word in answer.stdout
    assert "0 at fault" in answer.stdout
    assert "技术委员会" in run("stats", "--lang", "zh", store=built).stdout


@pytest.mark.parametrize("format_", sorted(EXPORT_FORMATS))
def test_an_export_is_the_same_from_run_to_run(
    run: Run, built: Path, tmp_path: Path, format_: str
) -> None:
    files = [tmp_path / "one", tmp_path / "two"]
    for file in files:
        answer = run("export", "--format", format_, "-o", file, store=built)
        assert (answer.returncode, answer.stderr) == (0, "")
    one, two = (file.read_bytes() for file in files)
    assert one == two
    assert len(one) > 100_000
    assert run("export", "--format", format_, store=built).stdout.encode("utf-8") == one


def test_the_built_graph_validates(run: Run, built: Path) -> None:
    answer = run("validate", "--engine", "shacl", store=built)
    assert (answer.returncode, answer.stderr) == (0, "")
    covered = run("validate", "--coverage", store=built)
    assert covered.returncode == 0
    assert "0 at fault" in covered.stdout


def test_search_shows_what_a_hit_is(run: Run, built: Path) -> None:
    found = run("search", "國際標準化組織", "--lang", "zh", store=built)
    assert (found.returncode, found.stderr) == (0, "")
    assert re.search(r"国际标准化组织 +标准化机构 +国际标准化组织 +相同", found.stdout)
    as_json = run("search", "ISO", "--kind", "std:Standard", "--format", "json", store=built)
    rows = json.loads(as_json.stdout)["results"]["bindings"]
    assert {row["kindLabel"]["value"] for row in rows} == {"standard"}
    grouped = run("search", "ISO", "--kind", "EVENT", "--format", "json", store=built)
    rows = json.loads(grouped.stdout)["results"]["bindings"]
    assert {row["kindLabel"]["value"] for row in rows} <= {"event", "event series"}
    none = run("search", "量子引力", store=built)
    assert (none.returncode, none.stdout) == (1, "no rows\n")


def test_show_lists_both_directions_with_evidence(run: Run, built: Path) -> None:
    shown = run("show", "ISO/TC 321", "--lang", "zh", store=built)
    assert (shown.returncode, shown.stderr) == (0, "")
    for text in ("标准化技术委员会", "基本信息", "2018年8月17日", "与之相关", "“秘书处由中国承担”"):
        assert text in shown.stdout
    rows = list(
        csv.DictReader(run("show", "SAC", "--format", "csv", store=built).stdout.splitlines())
    )
    assert {row["direction"] for row in rows} == {"value", "out", "in"}
    assert any(row["phrase"] == "国家标准委全力支持" for row in rows)
    assert "nearest" in run("show", "Hangzou", store=built).stderr


def test_relate_prints_sentences_with_phrases_and_sources(run: Run, built: Path) -> None:
    answer = run("relate", "国际标准化组织", "杭州市", "--lang", "zh", store=built)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert (
        "   设立电子商务交易保障国际标准化技术委员会的提案由杭州市提出（主要提出者）。\n"
        in answer.stdout
    )
    assert (
        "      “杭州市为主向国际标准化组织(ISO)提出”"
        " “设立电子商务交易保障国际标准化技术委员会的请求”（指明对象）"
        " – 中国食品安全网 2019-04-11\n" in answer.stdout
    )
    assert "http://www.cfsn.cn/" in answer.stdout
    assert "按代价由小到大排列" in answer.stdout
    one = run("relate", "ISO", "Hangzhou", "--paths", "1", store=built).stdout
    assert one.startswith("1. International Organization for Standardization → ")
    assert "\n2. " not in one
    far = run("relate", "美国", "ISO/TC 321", "--hops", "1", store=built)
    assert far.returncode == 1
    assert far.stdout.startswith("no way of at most 1 steps between United States and ISO/TC 321")
    rows = run("relate", "ISO", "Hangzhou", "--format", "csv", store=built).stdout.splitlines()
    assert {row["way"] for row in csv.DictReader(rows)} == {"1", "2", "3"}


def test_views_are_listed_and_shown_as_tables(run: Run, built: Path) -> None:
    listed = run("view", "--lang", "zh").stdout
    assert "技术委员会及其角色" in listed
    table = run("view", "committees", store=built)
    assert (table.returncode, table.stderr) == (0, "")
    assert "sought       proposal" in table.stdout
    near = run("view", "--around", "GS1", "--hops", "1", "--lang", "zh", store=built)
    assert "国际物品编码组织" in near.stdout
    assert "余杭区" not in near.stdout
    for filters in (
        ("--since", "2030", "--kind", "std:Ballot"),
        ("--around", "ISO", "--hops", "0"),
    ):
        none = run("view", "committees", *filters, store=built)
        assert (none.returncode, none.stderr) == (1, "")
        assert none.stdout.endswith("\nno rows\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--place", "Zhejiang"],
        ["--kind", "event"],
        ["--since", "2018"],
        ["--until", "2018"],
        ["--format", "table"],
        ["-o", "-"],
    ],
)
def test_filters_and_files_without_a_name_use_everything(
    run: Run, built: Path, arguments: list[str]
) -> None:
    answer = run("view", *arguments, store=built)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == run("view", "everything", *arguments, store=built).stdout
    assert "timeline" not in answer.stdout


def test_any_number_of_hops_is_accepted(run: Run, built: Path) -> None:
    far = run("view", "committees", "--around", "ISO", "--hops", "9" * 30, store=built)
    assert (far.returncode, far.stderr) == (0, "")


@pytest.mark.parametrize("ending", ["html", "svg", "png", "graphml", "gexf", "cyjs"])
def test_the_extension_decides_the_format_of_a_view(
    run: Run, built: Path, tmp_path: Path, ending: str
) -> None:
    files = [tmp_path / f"{name}.{ending}" for name in ("one", "two")]
    for file in files:
        made = run("view", "committees", "--lang", "zh", "-o", file, store=built)
        assert (made.returncode, made.stdout, made.stderr) == (0, "", "")
    one, two = (file.read_bytes() for file in files)
    assert one == two
    assert len(one) > 5_000
    if ending != "png":
        assert "电子商务交易保障" in json.dumps(one.decode("utf-8"), ensure_ascii=False)


def test_the_case_of_an_extension_makes_no_difference(
    run: Run, built: Path, tmp_path: Path
) -> None:
    for name in ("a.SVG", "b.svg"):
        assert run("view", "committees", "-o", tmp_path / name, store=built).returncode == 0
    assert (tmp_path / "a.SVG").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert run("view", "committees", "-o", tmp_path / "c.txt", store=built).returncode == 0
    table = (tmp_path / "c.txt").read_text(encoding="utf-8")
    assert table == run("view", "committees", store=built).stdout
    # An explicit format needs no extension, and a device has none.
    assert run("view", "--format", "svg", "-o", tmp_path / "d", store=built).returncode == 0
    assert (tmp_path / "d").read_bytes().startswith(b"<svg")
    assert run("view", "committees", "-o", "/dev/null", store=built).returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "x.md"], "x.md: give --format, or one of the extensions .html .svg"),
        (["-o", "x"], "x: give --format, or one of the extensions .html .svg"),
        (["-o", "x.html", "--format", "table"], "extension means html, --format says table"),
        (["-o", "x.png", "--format", "svg"], "extension means png, --format says svg"),
        (["-o", ""], "-o names no file"),
        (["-o", "no/x.svg"], "no: no such folder: create it first"),
        (["-o", "x.html", "--dark"], "not html"),
        (["--dark"], "not table"),
    ],
)
def test_an_extension_that_does_not_fit_the_format_is_refused(
    run: Run, built: Path, tmp_path: Path, arguments: list[str], message: str
) -> None:
    where = [tmp_path / a if a.startswith(("x", "no/")) else a for a in arguments]
    answer = run("view", "committees", *where, store=built)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert re.fullmatch(r"kg: [^\n]+\n", answer.stderr)
    assert message in answer.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["overview", "--dark", "--format", "svg"], "leave out --dark"),
        (["figures", "--format", "gexf"], "use html, svg, png, csv or table"),
        (["events", "--format", "csv"], "csv writes two files"),
        (["comittees"], "nearest: committees"),
    ],
)
def test_options_are_checked_before_a_graph_is_opened(
    run: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    answer = run("view", *arguments, store=tmp_path / "none")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert message in answer.stderr


def test_csv_of_a_network_is_two_files(run: Run, built: Path, tmp_path: Path) -> None:
    made = run("export", "--format", "csv", "-o", tmp_path / "graph.csv", store=built)
    assert (made.returncode, made.stderr) == (0, "")
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "graph.edges.csv",
        "graph.nodes.csv",
    ]
    refused = run("view", "events", "--format", "csv", store=built)
    assert refused.returncode == 2
    assert "csv writes two files" in refused.stderr
    rows = run("view", "timeline", "--format", "csv", "--lang", "zh", store=built)
    assert "2018-07-14" in rows.stdout
    assert "2017-06-30" in rows.stdout
    later = run("view", "timeline", "--since", "2018", "--format", "csv", store=built).stdout
    assert "2018-07-14" in later
    assert "2017-06-30" not in later


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["view", "comittees"], "nearest: committees"),
        (["view", "timeline", "--around", "ISO"], "takes since and until"),
        (["view", "figures", "--since", "2018"], "takes no filters"),
        (["view", "timeline", "--format", "gexf"], "is not a network"),
        (["view", "events", "--since", "soon"], "is not a date"),
        (["view", ""], "no view is called ''"),
        (["view", "timeline", "--dark", "--format", "svg"], "leave out --dark"),
        (["view", "--hops", "2"], "give --around too"),
        (["view", "timeline", "--hops", "2"], "give --around too"),
        (["view", "--place", ""], "--place is empty"),
        (["view", "--place", "ISO"], "no std:Place is called 'ISO'"),
        (["view", "--kind", "std:Standrad"], "no kind is called 'std:Standrad'; nearest: std:St"),
        (["search", "ISO", "--kind", "std:Foo"], "no kind is called 'std:Foo'; groups are body"),
        (["relate", "ISO", "ISO"], "given twice"),
        (["relate", "ISO"], "Missing argument 'B'"),
        (["search", "，"], "no letter or digit"),
        (["query", "--format", "csv"], "list of questions is available as table or md only"),
    ],
)
def test_impossible_views_and_searches_are_refused_in_one_line(
    run: Run, built: Path, arguments: list[str], message: str
) -> None:
    answer = run(*arguments, store=built)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert re.fullmatch(r"kg: [^\n]+\n", answer.stderr)
    assert message in answer.stderr


@pytest.mark.parametrize("command", ["build", "validate", "verify"])
def test_an_empty_name_does_not_mean_the_current_folder(run: Run, command: str) -> None:
    answer = run(command, "")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.endswith("is empty: give a file or a folder\n")
