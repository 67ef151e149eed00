"""Documents as lists of steps, and a shell that runs them as a newcomer would."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
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
_DEVELOP = "pip install --quiet -e '.[dev]'"
_RECIPE = re.compile(r"^just (?=\w)", re.MULTILINE)
_EXTRA = re.compile(r"pip install --quiet (?P<what>[^-\n]*?)(?= &&|$)", re.MULTILINE)
_OWN_EXTRA = re.compile(r"'\.\[(\w+)\]'")
_DEVELOPERS = f"""\
. .venv/bin/activate
packages=$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
echo {sysconfig.get_path("purelib")} > $packages/developers.pth
ln -s {sysconfig.get_path("scripts")}/* .venv/bin/ 2> /dev/null || true # what is there stays
true"""
"""Makes the tools and packages of these tests available in a newcomer's environment."""
_END = "\x1e"


@dataclass(frozen=True)
class Step:
    """A block of code, and the answers shown below it."""

    document: str
    language: str
    code: str
    answers: tuple[str, ...]

    @property
    def repeats_english(self) -> bool:
        """Whether it shows nothing, and only the language differs from a block of the README."""
        return (
            self.document != READMES[0]
            and not self.answers
            and any(plain(self.code) == plain(step.code) for step in steps(READMES[0]))
        )


def plain(code: str) -> str:
    """Return commands without the language of their answers."""
    return code.replace(" --lang zh", "")


def steps(document: str) -> list[Step]:
    """Return the blocks of code of a document (a path from the root), in order.

    A block of the language ``text`` is an answer of the block of code before it.
    """
    blocks: list[Step] = []
    for language, content in _BLOCK.findall((ROOT / document).read_text(encoding="utf-8")):
        if language != "text":
            blocks.append(Step(document, language, content, ()))
        else:
            last = blocks.pop()
            blocks.append(Step(document, last.language, last.code, (*last.answers, content)))
    return blocks


def newcomers_copy(folder: Path) -> Path:
    """Copy the files of the repository that a newcomer would get, and return the folder."""
    ignored = shutil.ignore_patterns(
        ".git", ".venv", "__pycache__", "*.egg-info", "dist", ".*_cache", ".hypothesis"
    )
    shutil.copytree(ROOT, folder, ignore=ignored)
    return folder


def shell(script: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a script in a shell without this checkout's environment."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "VIRTUAL_ENV"))}
    for name in ("COLUMNS", "PYTHONPATH"):
        environment.pop(name, None)
    environment["XDG_DATA_HOME"] = str(cwd / "data")
    environment["PIP_NO_COMPILE"] = "1"  # Python compiles what is used, when it is used.
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
    """Runs documents one after the other in a newcomer's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._installed: set[str] = set()

    def follow(self, document: str) -> tuple[list[str], subprocess.CompletedProcess[str]]:
        """Run the blocks of a document in one shell; return what each printed, and the process.

        Blocks that repeat English ones are not run again.

        The blocks of Python are parts of one program, which runs after the commands. Installations
        are not repeated. Tests and recipes are not run, since they are already running, in what the
        installation for developers gives: CI calls these commands itself.
        """
        blocks = steps(document)
        commands = [
            "true" if step.repeats_english else step.code
            for step in blocks
            if step.language == "sh"
        ]
        program = [step.code for step in blocks if step.language == "python"]
        script = ["[ ! -e .venv ] || . .venv/bin/activate"]
        for code in commands:
            script.append(_RECIPE.sub("just --dry-run ", self._once(code)).replace(TESTS, "true"))
            # A failed chain of commands (&&) would not end the shell.
            script.append(f"ended=$?; [ $ended = 0 ] || exit $ended; printf '{_END}'")
        if program:
            # Outside the copy, which holds only the project's files.
            file = self.folder.parent / "program.py"
            file.write_text(f"print({_END!r}, end='')\n".join(program), encoding="utf-8")
            script.append(f"python {file}")
        process = shell("\n".join(script), self.folder)
        printed = process.stdout.split(_END)
        outputs = {"sh": iter(printed[: len(commands)]), "python": iter(printed[len(commands) :])}
        return [next(outputs[step.language], "") for step in blocks], process

    def _once(self, code: str) -> str:
        def install(match: re.Match[str]) -> str:
            if match[0].endswith(_DEVELOP):
                return _DEVELOPERS
            if match[0] in self._installed:
                return ". .venv/bin/activate"
            self._installed.add(match[0])
            return match[0]

        def extra(match: re.Match[str]) -> str:
            if match[0] in self._installed:
                return "true"
            self._installed.add(match[0])
            return f"pip install --quiet {_OWN_EXTRA.sub(_requirements, match['what'])}"

        return _INSTALL.sub(install, code) if "venv" in code else _EXTRA.sub(extra, code)


def _requirements(extra: re.Match[str]) -> str:
    """Return what an extra of the project adds to it: the project itself is installed already."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return shlex.join(project["optional-dependencies"][extra[1]])


def missing(shown: str, printed: str) -> Iterator[str]:
    """Yield the first line of a shown answer that was not printed in that order, if there is one.

    A line ``…`` stands for any number of lines, and an answer may begin anywhere.
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
