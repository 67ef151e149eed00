"""Builds are atomic, even if they are killed or run out of space."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.common.errors import StoreError
from kg.pipeline.build import RejectedError, build
from kg.store.generations import current_generation
from tests.support import ROOT, WORLD, Run

CLAIMS = Path("articles") / "cfsn-2019-04-11" / "claims"


def answers(folder: Path) -> bool:
    """Return whether the graph in a folder of stores knows who holds the secretariat."""
    graph = KnowledgeGraph.open(folder)
    return graph.query("ASK { <place/cn> std:secretariatOf <iso/tc/321> }") is True


def start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "build", "--again", "--store", str(folder)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def run_killed(
    folder: Path, moment: str, *sources: Path, again: str = "", cwd: Path = ROOT
) -> subprocess.CompletedProcess[str]:
    """Run a build that is killed when it reaches a moment; see :mod:`tests.pipeline.killed_build`.

    ``cwd`` is the project whose files are built.
    """
    return subprocess.run(
        [sys.executable, "-m", "tests.pipeline.killed_build", folder, moment, again, *sources],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": f"{cwd}{os.pathsep}{ROOT}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_summary_counts_what_was_built(built: Path, run: Run, tmp_path: Path) -> None:
    made = run("build", "--store", tmp_path / "new")
    assert made.returncode == 0, made.stderr
    graph = KnowledgeGraph.open(built)
    totals = dict(graph.statistics().totals)
    for name in ("graphs", "claims", "entities"):
        assert re.search(rf"{name} +{totals[name]}\b", made.stdout), name
    verified = sum(one.verified for one in graph.statistics().evidence)
    assert f"{verified}   phrases verified" in made.stdout
    assert "conforms" in made.stdout
    assert made.stderr == ""


def test_a_second_build_replaces_the_first(own_store: Path) -> None:
    first = current_generation(own_store)
    reader = KnowledgeGraph.open(own_store)
    build(own_store, again=True)
    assert current_generation(own_store) != first
    assert answers(own_store)
    assert reader.query("ASK { <place/cn> std:secretariatOf <iso/tc/321> }") is True


def test_a_graph_whose_files_are_gone_answers_or_says_to_reopen(own_store: Path) -> None:
    graph, asked = KnowledgeGraph.open(own_store), KnowledgeGraph.open(own_store)
    assert asked.query("ASK {}") is True
    # Two builds later.
    shutil.rmtree(current_generation(own_store))
    calls: list[Callable[[], object]] = [
        lambda: graph.query("ASK { <place/cn> std:secretariatOf <iso/tc/321> }"),
        lambda: graph.resolve("SAC"),
        lambda: graph.search("SAC"),
        lambda: graph.match(["SAC"]),
        lambda: graph.ask("ballot", committee="ISO/TC 321"),
        lambda: graph.catalogues,
    ]
    for call in calls:
        with pytest.raises(StoreError, match="was replaced by later builds: reopen the graph"):
            call()
    assert asked.query("ASK { <place/cn> std:secretariatOf <iso/tc/321> }") is True


def test_unchanged_inputs_keep_the_graph(run: Run, project: Path, own_store: Path) -> None:
    made = run("build", "--again", cwd=project, store=own_store)
    standing = current_generation(own_store)
    same = run("build", cwd=project, store=own_store)
    assert same.returncode == 0, same.stderr
    assert current_generation(own_store) == standing
    first, *rest = same.stdout.splitlines()
    assert first == f"{own_store} stands: nothing has changed since it was built"
    assert rest[:5] == made.stdout.splitlines()[1:6]


# All inputs of a build: a claim, a term, a question, the program.
@pytest.mark.parametrize(
    "file",
    [
        "articles/cfsn-2019-04-11/claims/04-iso-committee.trig",
        "ontology/phrasings.ttl",
        "queries/ballot.rq",
        "kg/common/folding.py",
    ],
)
def test_changed_inputs_rebuild_the_graph(project: Path, own_store: Path, file: str) -> None:
    assert run_killed(own_store, "read", cwd=project).returncode == 0
    changed = project / file
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    # It is enough that the build starts to read.
    assert run_killed(own_store, "read", cwd=project).returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    "lost", ["names.sqlite", "relations/about.json", "store/CURRENT", "summary.json"]
)
def test_an_unreadable_graph_is_rebuilt(own_store: Path, lost: str) -> None:
    assert build(own_store).unchanged
    (current_generation(own_store) / lost).unlink()
    assert not build(own_store).unchanged
    assert (current_generation(own_store) / lost).exists()
    assert build(own_store).unchanged


def test_the_old_graph_survives_a_file_size_limit(own_store: Path) -> None:
    old = current_generation(own_store)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    failed = subprocess.run(
        [sys.executable, "-m", "kg", "build", "--store", own_store, WORLD / "ICS.xml"],
        cwd=ROOT,
        preexec_fn=little_room,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert failed.returncode == 2
    assert failed.stderr.count("\n") == 1
    assert "the previous graph is unchanged" in failed.stderr
    assert current_generation(own_store) == old
    assert answers(own_store)
    assert len(list((own_store / "generations").iterdir())) == 1


def test_a_concurrent_build_fails_with_a_one_line_error(tmp_path: Path, run: Run) -> None:
    first = start(tmp_path)
    try:
        lock = tmp_path / "generations"
        while not (lock.is_dir() and any(lock.iterdir())):
            time.sleep(0.02)
        second = run("build", "--store", tmp_path)
    finally:
        first.wait()
    assert second.returncode == 2
    assert re.fullmatch(r"kg: another build is running in .*\n", second.stderr)
    assert answers(tmp_path)


def test_without_a_store_each_command_says_how_to_build_one(run: Run) -> None:
    commands = ("query", "ballot"), ("stats",), ("validate",), ("export", "--format", "turtle")
    for command in commands:
        answer = run(*command)
        assert answer.returncode == 2, command
        assert re.fullmatch(r"kg: no graph has been built in .*kg build.*\n", answer.stderr)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        # A date that no calendar has, in a claim.
        ('"2018-07-14"^^xsd:date', '"2018-07-41"^^xsd:date', "Give the date"),
        # A misspelt property, class, and concept.
        ("std:round 2", "std:rownd 2", "undeclared-term"),
        ("a std:Secretariat ;", "a std:Secretaryat ;", "undeclared-term"),
        ("result:unanimous", "result:unanimus", "undeclared-term"),
        # A prefix that is bound to another namespace than the real one.
        ("<http://www.w3.org/ns/oa#>", "<http://www.w3.org/ns/oa/>", "foreign-term"),
        # An entity without a name.
        ("std:agent <iso/tmb>", "std:agent <iso/tmbb>", "nameless"),
        # A participation in a role that is not in the code list.
        ("std:role role:supporter", "std:role result:approved", "role-misfit"),
    ],
)
def test_a_faulty_claim_is_rejected_and_the_old_graph_kept(
    run: Run, project: Path, built: Path, tmp_path: Path, old: str, new: str, complaint: str
) -> None:
    store = tmp_path / "store"
    shutil.copytree(built, store)
    before = current_generation(store)
    file = project / CLAIMS / "04-iso-committee.trig"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    failed = run("build", "--store", store, cwd=project)
    assert failed.returncode == 1, failed.stderr
    assert complaint in failed.stderr
    assert "Traceback" not in failed.stderr
    assert current_generation(store) == before
    assert answers(store)


def test_a_violation_names_the_claim_and_its_phrase(
    run: Run, project: Path, tmp_path: Path
) -> None:
    file = project / CLAIMS / "04-iso-committee.trig"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"2018-07-14"', '"2018-07-41"'), encoding="utf-8")
    failed = run("build", "--store", tmp_path / "store", cwd=project)
    line = next(x for x in failed.stderr.splitlines() if "2018-07-41" in x)
    assert "second-round ballot" in line
    # The other source, which has the date right, is not blamed.
    assert "[claim:cfsn-2019-04-11/ballot-date]" in line
    assert failed.stderr.splitlines()[-1].startswith("kg: 2 violations in the graph")
    # A first build: no graph was there before that could still stand.
    assert failed.stderr.endswith("; nothing was published\n")
    assert len(failed.stderr.splitlines()) == 3
    assert "“2018年7月14日 … 第二轮投票”" in line


def test_conflicting_values_of_two_sources_are_both_kept(
    run: Run, project: Path, tmp_path: Path
) -> None:
    file = project / CLAIMS.parent / "background.trig"
    text = file.read_text(encoding="utf-8")
    old = '<iso/tc/321/ballot/2> std:date "2018-07-14"^^xsd:date'
    assert text.count(old) == 1
    file.write_text(text.replace(old, old.replace("14", "13", 1)), encoding="utf-8")
    made = run("build", "--store", tmp_path / "store", cwd=project)
    assert made.returncode == 0, made.stderr
    assert "2 warnings" in made.stdout
    both = KnowledgeGraph.open(tmp_path / "store").ask("ballot")
    dates = {row["value"].value for row in both if row["what"].value.endswith("#date")}
    assert dates == {"2018-07-13", "2018-07-14"}
    shown = run("validate", "--lang", "zh", store=tmp_path / "store", cwd=project)
    assert shown.returncode == 0
    assert "警告：ISO技术管理局第二轮投票" in shown.stdout
    assert "各来源说法不一" in shown.stdout


def test_one_source_may_not_contradict_itself(run: Run, project: Path, tmp_path: Path) -> None:
    file = project / CLAIMS / "04-iso-committee.trig"
    text = file.read_text(encoding="utf-8")
    old = 'std:date "2018-07-14"^^xsd:date'
    file.write_text(text.replace(old, f'{old}, "2018-07-13"^^xsd:date'), encoding="utf-8")
    failed = run("build", "--store", tmp_path / "store", cwd=project)
    assert failed.returncode == 1
    assert "violations in the graph" in failed.stderr


def test_a_build_reports_stale_positions(run: Run, project: Path, tmp_path: Path) -> None:
    file = project / CLAIMS / "04-iso-committee.trig"
    text = file.read_text(encoding="utf-8")
    # As long as the right one, so that no shape notices.
    file.write_text(
        text.replace('oa:exact "第二轮投票"', 'oa:exact "第三轮投票"'), encoding="utf-8"
    )
    made = run("build", "--store", tmp_path / "store", cwd=project)
    assert made.returncode == 0
    assert "phrases not verified: run 'kg verify TEXTFILE --write'" in made.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"), [("std:round 2", "std:rownd 2"), ("std:round 2", "std:round 0")]
)
def test_a_rejected_build_raises_its_defects_or_report(
    monkeypatch: pytest.MonkeyPatch, project: Path, tmp_path: Path, old: str, new: str
) -> None:
    file = project / CLAIMS / "04-iso-committee.trig"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(old, new), encoding="utf-8")
    monkeypatch.setattr("kg.common.resources.articles", lambda: project / "articles")
    with pytest.raises(RejectedError) as error:
        build(tmp_path / "store")
    if error.value.report is None:
        assert {"undeclared-term"} == {defect.check for defect in error.value.defects}
    else:
        # Another source still says 2, so that there are two rounds as well.
        assert {"MinInclusiveConstraintComponent", "MaxCountConstraintComponent"} == {
            result.component for result in error.value.report.results
        }
    assert error.value.store.ask("ASK { <iso/tc/321/ballot/2> ?any 0 }") == (new[-1] == "0")


def test_two_builds_have_the_same_graph(tmp_path: Path, built: Path) -> None:
    build(tmp_path)
    one, other = (KnowledgeGraph.open(folder) for folder in (tmp_path, built))
    assert set(one.store.quads()) == set(other.store.quads())
