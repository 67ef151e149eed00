"""Documents as they are read by someone who tries what they show: their blocks, run in order."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import ROOT

READMES = ("README.md", "README.zh-CN.md")
TESTS = "python -m pytest"

_BLOCK = re.compile(r"^```(sh|python|text)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_INSTALL = re.compile(
    r"python3 -m venv \.venv && \. \.venv/bin/activate && pip install .*?(?= &&|$)"
)
_EXTRA = re.compile(r"pip install --quiet [^-\n]*?(?= &&|$)", re.MULTILINE)
_END = "\x1e"


@dataclass(frozen=True)
class Step:
    """A block that does something, and the answers that are shown below it."""

    document: str
    language: str
    code: str
    answers: tuple[str, ...]


def steps(document: str) -> list[Step]:
    """The blocks of a document (a path from the root) in their order.

    An answer is a block of the language ``text``; it belongs to the last block of code before it.
    """
    found: list[Step] = []
    for language, content in _BLOCK.findall((ROOT / document).read_text(encoding="utf-8")):
        if language != "text":
            found.append(Step(document, language, content, ()))
        else:
            last = found.pop()
            found.append(Step(document, last.language, last.code, (*last.answers, content)))
    return found


def newcomers_copy(folder: Path) -> Path:
    """A copy of the repository as a newcomer gets it."""
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", "*.egg-info", "dist", ".*_cache", ".hypothesis"
    )
    shutil.copytree(ROOT, folder, ignore=ignored)
    return folder


def shell(script: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a shell that knows nothing of this checkout or its environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "VIRTUAL_ENV"))}
    for name in ("COLUMNS", "PYTHONPATH"):
        environment.pop(name, None)
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


class Shell:
    """A newcomer's folder, in which documents are followed one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._installed: set[str] = set()

    def follow(self, document: str) -> tuple[list[str], subprocess.CompletedProcess[str]]:
        """Run the blocks of a document in one shell; what each printed, and how it ended.

        Blocks of Python are one program, told bit by bit, which runs after the commands. What has
        been installed by the same command before is not installed again, and the tests are only
        collected: they are running.
        """
        told = steps(document)
        commands = [step.code for step in told if step.language == "sh"]
        program = [step.code for step in told if step.language == "python"]
        script = ["[ ! -e .venv ] || . .venv/bin/activate"]
        for code in commands:
            script.append(self._once(code).replace(TESTS, f"{TESTS} --collect-only -q"))
            # Without this a chain of commands may break and the shell go on all the same.
            script.append(f"ended=$?; [ $ended = 0 ] || exit $ended; printf '{_END}'")
        if program:
            # Beside the copy, which holds the project's files and nothing else.
            file = self.folder.parent / "program.py"
            file.write_text(f"print({_END!r}, end='')\n".join(program), encoding="utf-8")
            script.append(f"python {file}")
        done = shell("\n".join(script), self.folder)
        printed = done.stdout.split(_END)
        outputs = {"sh": iter(printed[: len(commands)]), "python": iter(printed[len(commands) :])}
        return [next(outputs[step.language], "") for step in told], done

    def _once(self, code: str) -> str:
        def install(found: re.Match[str]) -> str:
            if found[0] in self._installed:
                return ". .venv/bin/activate"
            self._installed.add(found[0])
            return found[0]

        def extra(found: re.Match[str]) -> str:
            if found[0] in self._installed:
                return "true"
            self._installed.add(found[0])
            return found[0]

        return _INSTALL.sub(install, code) if "venv" in code else _EXTRA.sub(extra, code)


def missing(shown: str, printed: str) -> Iterator[str]:
    """The lines of a shown answer that were not printed so, one below the other.

    A line of ``…`` stands for any number of lines, and an answer may begin anywhere.
    """
    lines, place, anywhere = printed.splitlines(), 0, True
    for line in shown.splitlines():
        if line == "…":
            anywhere = True
            continue
        rest = lines[place:] if anywhere else lines[place : place + 1]
        if line not in rest:
            yield line
            return
        place += rest.index(line) + 1
        anywhere = False
