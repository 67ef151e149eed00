"""The command line: every command answers, explains itself, and fails in one line."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import cli
from kg.export import FORMATS as EXPORT_FORMATS
from kg.tables import FORMATS as TABLE_FORMATS
from kg.validate import ENGINES
from tests.support import ROOT, Run


def test_the_choices_are_those_of_the_modules() -> None:
    assert set(cli._EXPORT_FORMATS) == set(EXPORT_FORMATS)
    assert set(cli._TABLE_FORMATS) == set(TABLE_FORMATS)
    assert set(cli._ENGINES) == set(ENGINES)


@pytest.mark.parametrize("command", ["", *cli.cli.commands])
def test_every_command_has_help_and_is_in_the_readme(run: Run, command: str) -> None:
    answer = run(*filter(None, [command]), "--help")
    assert answer.returncode == 0
    assert answer.stdout.startswith("Usage:")
    assert f"kg {command}".strip() in (ROOT / "README.md").read_text(encoding="utf-8")


def test_help_and_list_need_no_heavy_import() -> None:
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    code = (
        "import sys; sys.argv = ['kg', '--help']\n"
        "import kg.cli\n"
        "try: kg.cli.main()\n"
        "except SystemExit: pass\n"
        "print([m for m in ('rdflib', 'pyshacl', 'rich', 'pyoxigraph') if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert answer.stdout.splitlines()[-1] == "[]"


def test_questions_are_listed_by_family_in_both_languages(run: Run) -> None:
    english, chinese = run("query").stdout, run("query", "--lang", "zh").stdout
    assert "Proposals and ballots\n  ballot" in english
    assert "提案与投票\n  ballot" in chinese


def test_an_answer_shows_labels_and_evidence(run: Run, built: Path) -> None:
    answer = run("query", "ballot", "committee=ISO/TC 321", "--lang", "zh", store=built)
    assert answer.returncode == 0, answer.stderr
    assert "全票通过" in answer.stdout
    joined = "".join(answer.stdout.split())
    assert "方案获得全票通" in joined


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


def test_explain_shows_terms_and_sparql_and_asks_nothing(run: Run, built: Path) -> None:
    answer = run("query", "ballot", "committee=iso／tc 321", "--explain", store=built)
    assert answer.returncode == 0
    assert "= <https://w3id.org/stdkg/iso/tc/321>" in answer.stdout
    assert "SELECT DISTINCT ?committee ?ballot" in answer.stdout
    assert "2018-07-14" not in answer.stdout


def test_a_question_without_an_answer_says_so(run: Run, built: Path) -> None:
    answer = run("query", "support", "committee=SAC/TC 563", store=built)
    assert (answer.returncode, answer.stderr) == (1, "")
    assert answer.stdout.endswith("no rows\n")


def test_any_sparql_from_a_file_or_a_pipe(run: Run, built: Path, tmp_path: Path) -> None:
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


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["query", "balot"], "", "nearest: ballot"),
        (["query", "ballot", "ISO/TC 321"], "", "write parameters as name=value"),
        (["query", "ballot", "committee=ISO/TC 999"], "", "no std:TechnicalCommittee is called"),
        (["query", "--sparql", "no-such.rq"], "", "no-such.rq"),
        (["query", "--sparql", "-"], "SELECT * { ?s ?p }", "not SPARQL 1.1"),
        (["query", "--sparql", "-"], "SELECT * { SERVICE <http://a.b/> { ?s ?p ?o } }", "SERVICE"),
        (["query", "--sparql", "-", "ballot"], "", "takes no question"),
        (["export", "--format", "docx"], "", "docx"),
        (["export", "--format", "turtle", "-o", "/no/such/folder/x.ttl"], "", "/no/such/folder"),
        (["bild"], "", "bild"),
        (["validate", "--engine", "other"], "", "other"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(
    run: Run, built: Path, arguments: list[str], stdin: str, message: str
) -> None:
    answer = run(*arguments, store=built, stdin=stdin)
    assert answer.returncode == 2
    assert re.fullmatch(r"kg: [^\n]+\n", answer.stderr)
    assert message in answer.stderr
    assert answer.stdout == ""


def test_debug_shows_the_traceback(run: Run) -> None:
    assert "Traceback" in run("--debug", "stats").stderr
    assert "Traceback" not in run("stats").stderr


def test_statistics_count_the_graph(run: Run, built: Path) -> None:
    answer = run("stats", store=built)
    assert answer.returncode == 0
    for word in ("graphs", "claims", "sources", "evidence", "shapes", "std:Participation"):
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
