"""The READMEs, the pages of docs/ and CONTRIBUTING do what they say: every block is run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from tests.documents import READMES, TESTS, Shell, missing, newcomers_copy, shell, steps
from tests.support import ROOT

PAGES: Final = tuple(sorted(f"docs/{file.name}" for file in (ROOT / "docs").glob("*.md")))
DOCUMENTS: Final = (*READMES, *PAGES, "CONTRIBUTING.md")


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """A newcomer who has followed the README, and goes on to the other documents."""
    return Shell(newcomers_copy(tmp_path_factory.mktemp("newcomer") / "stdkg"))


# In this order: the first README makes the environment in which the others are followed.
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_block_runs_and_shown_answers_are_the_real_ones(
    newcomer: Shell, document: str
) -> None:
    printed, done = newcomer.follow(document)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr
    for step, real in zip(steps(document), printed, strict=True):
        for shown in step.answers:
            for line in missing(shown, real):
                pytest.fail(f"{document} shows what is not printed:\n{line}\nPrinted:\n{real}")


def test_the_files_of_the_tour_are_there(newcomer: Shell) -> None:
    made = newcomer.folder
    assert (made / "stdkg.ttl").stat().st_size > 100_000
    for name in ("committees.html", "timeline.svg", "guide.svg", "figures.png", "stdkg.gexf"):
        assert (made / name).stat().st_size > 5_000, name
    assert (made / "stdkg.nodes.csv").exists()


def test_the_tour_shows_answers_and_both_languages() -> None:
    counts = [sum(len(step.answers) for step in steps(readme)) for readme in READMES]
    assert counts[0] == counts[1] >= 8
    commands = [re.sub(r" --lang zh| > \S+| -o \S+", "", s.code) for s in steps("README.zh-CN.md")]
    others = [re.sub(r" --lang zh| > \S+| -o \S+", "", s.code) for s in steps("README.md")]
    assert len(commands) == len(others)
    for command, other in zip(commands, others, strict=True):
        assert command.split()[:2] == other.split()[:2]


def test_a_shown_answer_may_omit_lines() -> None:
    printed = "one\ntwo\nthree\nfour\n"
    assert not list(missing("two\nthree\n", printed))
    assert not list(missing("one\n…\nfour\n", printed))
    assert list(missing("one\nthree\n", printed)) == ["three"]
    assert list(missing("two\n…\none\n", printed)) == ["one"]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    for readme in READMES:
        [command] = [step.code.strip() for step in steps(readme) if TESTS in step.code]
        assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("document", [*DOCUMENTS, "CHANGELOG.md"])
def test_links_have_targets(document: str) -> None:
    file = ROOT / document
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", file.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        other = file.parent / name if name else file
        assert other.exists(), target
        if anchor:
            assert anchor in anchors(other), target


def anchors(file: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.casefold()).replace(" ", "-") for title in headings}


def test_a_clean_shell_has_no_virtual_environment(tmp_path: Path) -> None:
    assert shell("echo ${KG_STORE-none} ${COLUMNS-none}", tmp_path).stdout == "none none\n"
