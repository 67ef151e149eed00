"""The README and CONTRIBUTING do what they say: every command block is run, as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
TESTS = "python -m pytest"


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository as a newcomer gets it."""
    folder = tmp_path_factory.mktemp("newcomer") / "stdkg"
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", "*.egg-info", "build", "dist", ".*_cache", ".hypothesis"
    )
    shutil.copytree(ROOT, folder, ignore=ignored)
    return folder


def shell(script: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "VIRTUAL_ENV"))}
    environment["XDG_DATA_HOME"] = str(cwd / "data")
    environment["PATH"] = f"{Path(sys.base_prefix) / 'bin'}{os.pathsep}{environment['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=cwd,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def done(newcomer: Path) -> subprocess.CompletedProcess[str]:
    """What came of the README's commands, run in their order in one shell."""
    commands = blocks(README, "sh")
    assert len(commands) >= 5
    # The tests themselves are running already: here it is enough that they are found.
    script = "\n".join(commands).replace(TESTS, f"{TESTS} --collect-only --quiet")
    return shell(script, newcomer)


def test_every_command_of_the_readme_runs(
    newcomer: Path, done: subprocess.CompletedProcess[str]
) -> None:
    assert done.returncode == 0, done.stderr
    assert "Who backed a committee" in done.stdout
    assert "“国家标准委全力支持”" in done.stdout
    assert (newcomer / "graph.ttl").stat().st_size > 100_000
    [program] = blocks(README, "python")
    (newcomer / "program.py").write_text(program, encoding="utf-8")
    answer = shell(". .venv/bin/activate && python program.py", newcomer)
    assert answer.returncode == 0, answer.stderr
    assert "2018-07-14" in answer.stdout
    assert "秘书处由中国承担" in answer.stdout


def test_the_shown_answer_is_the_real_one(done: subprocess.CompletedProcess[str]) -> None:
    [shown] = [b for b in blocks(README, "text") if "agent" in b]
    real = done.stdout.splitlines()
    for line in shown.splitlines():
        assert line == "…" or line in real, line


def test_the_commands_of_contributing_run(
    newcomer: Path, done: subprocess.CompletedProcess[str]
) -> None:
    assert done.returncode == 0, done.stderr
    commands = blocks((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), "sh")
    made = shell(". .venv/bin/activate\n" + "\n".join(commands), newcomer)
    assert made.returncode == 0, made.stdout + made.stderr


def test_ci_calls_the_readmes_test_command() -> None:
    [command] = [b.strip() for b in blocks(README, "sh") if TESTS in b]
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_links_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
            assert (ROOT / target).exists(), target
