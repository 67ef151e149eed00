"""Builds: whole or not at all, whatever kills them."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.common.errors import KgError
from kg.pipeline.build import RejectedError, build
from kg.store.generations import current_generation
from tests.support import ROOT, Run

CLAIMS = Path("articles") / "cfsn-2019-04-11" / "claims"
KILLS = 20


def answers(folder: Path) -> bool:
    """Whether the graph in a folder of stores tells who runs the secretariat."""
    graph = KnowledgeGraph.open(folder)
    return graph.query("ASK { <place/cn> std:secretariatOf <iso/tc/321> }") is True


def start(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "build", "--again", "--store", str(folder)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
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


def test_a_second_build_replaces_the_first(tmp_path: Path) -> None:
    build(tmp_path)
    first = current_generation(tmp_path)
    reader = KnowledgeGraph.open(tmp_path)
    build(tmp_path, again=True)
    assert current_generation(tmp_path) != first
    assert answers(tmp_path)
    assert reader.query("ASK { <place/cn> std:secretariatOf <iso/tc/321> }") is True


def test_a_graph_of_the_same_stands(run: Run, project: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    made = run("build", cwd=project, store=store)
    standing = current_generation(store)
    same = run("build", cwd=project, store=store)
    assert same.returncode == 0, same.stderr
    assert current_generation(store) == standing
    first, *rest = same.stdout.splitlines()
    assert first == f"{store} stands: nothing has changed since it was built"
    assert rest[:5] == made.stdout.splitlines()[1:6]
    # Whatever a graph is made of may change: a claim, a term, a question, the program.
    for file in (
        "articles/cfsn-2019-04-11/claims/04-iso-committee.trig",
        "ontology/phrasings.ttl",
        "queries/ballot.rq",
        "kg/common/folding.py",
    ):
        changed = project / file
        changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        assert "stands" not in run("build", cwd=project, store=store).stdout, file
        assert current_generation(store) != standing
        standing = current_generation(store)


@pytest.mark.parametrize(
    "lost", ["names.sqlite", "relations/about.json", "store/CURRENT", "summary.json"]
)
def test_a_graph_that_can_not_be_read_is_built_again(tmp_path: Path, lost: str) -> None:
    build(tmp_path)
    (current_generation(tmp_path) / lost).unlink()
    assert not build(tmp_path).unchanged
    assert (current_generation(tmp_path) / lost).exists()
    assert build(tmp_path).unchanged


def test_killed_at_any_moment_the_old_graph_answers(tmp_path: Path) -> None:
    begin = time.monotonic()
    build(tmp_path)
    whole = time.monotonic() - begin + 1
    old = current_generation(tmp_path)
    moments = random.Random(2019)
    killed = 0
    for _ in range(KILLS):
        process = start(tmp_path)
        time.sleep(moments.uniform(0.05, whole))
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed += process.returncode == -signal.SIGKILL
        assert answers(tmp_path)
        if process.returncode == -signal.SIGKILL and current_generation(tmp_path) == old:
            continue
        # It was done before the signal came, or had just published.
        old = current_generation(tmp_path)
    assert killed > KILLS // 2
    build(tmp_path, again=True)
    assert answers(tmp_path)
    # The next build has cleaned up: the new generation and the one before it are left.
    assert len(list((tmp_path / "generations").iterdir())) == 2


def test_without_room_the_old_graph_stays(tmp_path: Path) -> None:
    build(tmp_path)
    old = current_generation(tmp_path)

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    failed = subprocess.run(
        [sys.executable, "-m", "kg", "build", "--again", "--store", str(tmp_path)],
        cwd=ROOT,
        preexec_fn=little_room,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert failed.returncode == 2
    assert failed.stderr.count("\n") == 1
    assert "the previous graph still stands" in failed.stderr
    assert current_generation(tmp_path) == old
    assert answers(tmp_path)
    assert len(list((tmp_path / "generations").iterdir())) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_on_a_full_disk_the_old_graph_stays(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        build(disk / "store")
        free = shutil.disk_usage(disk).free
        (disk / "filler").write_bytes(b"x" * (free - 500_000))
        with pytest.raises(KgError, match="No space left"):
            build(disk / "store", again=True)
        assert answers(disk / "store")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_the_second_of_two_builds_gets_one_clear_line(tmp_path: Path, run: Run) -> None:
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
        # A thing that nobody has named.
        ("std:agent <iso/tmb>", "std:agent <iso/tmbb>", "nameless"),
        # A participation in a role that the list has not.
        ("std:role role:supporter", "std:role result:approved", "Give one role"),
    ],
)
def test_a_slip_in_a_claim_is_refused_and_the_old_graph_stays(
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
    assert "“2018年7月14日”" in line


def test_where_sources_conflict_both_stand(run: Run, project: Path, tmp_path: Path) -> None:
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
    told = run("validate", "--lang", "zh", store=tmp_path / "store", cwd=project)
    assert told.returncode == 0
    assert "Warning: ISO技术管理局第二轮投票" in told.stdout
    assert "各来源说法不一" in told.stdout


def test_one_source_may_not_contradict_itself(run: Run, project: Path, tmp_path: Path) -> None:
    file = project / CLAIMS / "04-iso-committee.trig"
    text = file.read_text(encoding="utf-8")
    old = 'std:date "2018-07-14"^^xsd:date'
    file.write_text(text.replace(old, f'{old}, "2018-07-13"^^xsd:date'), encoding="utf-8")
    failed = run("build", "--store", tmp_path / "store", cwd=project)
    assert failed.returncode == 1
    assert "violations in the graph" in failed.stderr


def test_stale_positions_are_told_at_build(run: Run, project: Path, tmp_path: Path) -> None:
    file = project / CLAIMS / "04-iso-committee.trig"
    text = file.read_text(encoding="utf-8")
    # As long as the right one, so that no shape notices.
    file.write_text(
        text.replace('oa:exact "第二轮投票"', 'oa:exact "第三轮投票"'), encoding="utf-8"
    )
    made = run("build", "--store", tmp_path / "store", cwd=project)
    assert made.returncode == 0
    assert "phrases not verified: run 'kg verify TEXTFILE --write'" in made.stdout


@pytest.mark.parametrize(
    ("old", "new"), [("std:round 2", "std:rownd 2"), ("std:round 2", "std:round 0")]
)
def test_a_rejected_build_tells_a_program_why(
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


def test_two_builds_hold_the_same_graph(tmp_path: Path, built: Path) -> None:
    build(tmp_path)
    one, other = (KnowledgeGraph.open(folder) for folder in (tmp_path, built))
    assert set(one.store.quads()) == set(other.store.quads())
