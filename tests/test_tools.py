"""The tools of developers: recipes and hooks run what CI runs, in this environment."""

from __future__ import annotations

import re
import shlex
import subprocess
import sysconfig
from pathlib import Path

import yaml

from tests.support import ROOT

SCRIPTS = Path(sysconfig.get_path("scripts"))
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
CHECKS = ["ruff check .", "ruff format --check .", "lint-imports", "mypy"]


def tool(*arguments: str) -> str:
    done = subprocess.run(
        [SCRIPTS / arguments[0], *arguments[1:]],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def recipe(*names: str) -> list[str]:
    """The commands of recipes."""
    return tool("just", "--dry-run", *names).splitlines()


def test_quick_and_all_run_the_checks_and_differ_in_their_tests() -> None:
    assert [line.strip() for line in recipe("all")] == [*CHECKS, "python -m pytest"]
    assert recipe("quick") == [*CHECKS, 'python -m pytest -m "not slow"']
    assert [line.strip() for line in recipe("tests", "-x", "tests/store")] == [
        "python -m pytest -x tests/store"
    ]


def test_ci_calls_the_recipes_before_the_tests() -> None:
    lines = CI.splitlines()
    assert recipe("lint", "types") == CHECKS
    tests = next(number for number, line in enumerate(lines) if line.endswith("python -m pytest"))
    assert lines.index("just lint") < lines.index("just types &") < tests
    # Their failure is that of the whole.
    assert lines[-1] == 'wait "$types"'


def test_hooks_are_valid_and_need_no_network() -> None:
    tool("pre-commit", "validate-config")
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repository["repo"] for repository in config["repos"]] == ["local"]
    [hooks] = [repository["hooks"] for repository in config["repos"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    commands = [shlex.split(hook["entry"]) for hook in hooks]
    assert all((SCRIPTS / command[0]).exists() for command in commands)
    # What the recipes run, over the files that change.
    names = [" ".join(command).removesuffix(" --force-exclude") for command in commands]
    checks = [re.sub(r" (--check )?\.$", "", check) for check in CHECKS]
    assert sorted(names) == sorted(checks)
