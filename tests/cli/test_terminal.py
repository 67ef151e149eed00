"""Data can't steer a terminal, whatever a command prints of it."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.common.control_characters import printable, visible
from tests.support import ROOT, BuildWith, Run

ATTACK = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202eevil\u2066\x7f\b"
NAME = f"Committee {ATTACK} name"
DATA = r"""
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX std: <https://w3id.org/stdkg/ontology#>
<https://example.org/a> a std:Committee ;
    skos:prefLabel "NAME"@en ; std:partOf <https://example.org/b> .
<https://example.org/b> a std:Committee ; skos:prefLabel "Other NAME"@en .
"""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
STYLE = re.compile(r"\x1b\[[012]m")


def escaped(text: str) -> str:
    return "".join(f"\\u{ord(char):04X}" for char in text)


@pytest.fixture(scope="module")
def store(build_with: BuildWith, tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("evil") / "evil.ttl"
    source.write_text(DATA.replace("NAME", escaped(NAME)), encoding="utf-8")
    return build_with(source).folder


COMMANDS = (
    ("show", "https://example.org/a"),
    ("show", "https://example.org/a", "--format", "md"),
    ("search", "evil"),
    ("match", "https://example.org/a"),
    ("relate", "https://example.org/a", "https://example.org/b"),
    ("view", "everything", "--around", "https://example.org/a"),
    ("query", "--sparql", "-"),
)
QUERY = f'SELECT ?s ("{escaped(ATTACK)}" AS ?x) {{ ?s skos:prefLabel "{escaped(NAME)}"@en }}'


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_data_does_not_steer_what_reads_a_pipe(
    store: Path, run: Run, command: tuple[str, ...]
) -> None:
    answer = run(*command, store=store, stdin=QUERY)
    assert "name" in answer.stdout, answer.stderr
    if command[0] == "match":
        # A table for programs.
        assert ATTACK in answer.stdout
    else:
        assert not CONTROL.search(answer.stdout.replace("\r\n", "\n"))
    assert not CONTROL.search(answer.stderr)


@pytest.mark.parametrize(
    "command",
    [*COMMANDS, ("query", "--sparql", "-", "--format", "csv"), ("show", "nothing like " + ATTACK)],
    ids=" ".join,
)
def test_data_does_not_steer_a_terminal(store: Path, command: tuple[str, ...]) -> None:
    shown = "".join(on_terminal(store, *command))
    assert "name" in shown or "nothing like" in shown
    assert not CONTROL.search(STYLE.sub("", shown).replace("\r\n", "\n"))


def on_terminal(store: Path, *command: str) -> Iterator[str]:
    """Yield what a command writes to a terminal, both streams."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", *command, "--store", str(store)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=slave,
        stderr=slave,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "300"},
    )
    os.close(slave)
    assert process.stdin is not None
    process.stdin.write(QUERY.encode())
    process.stdin.close()
    data = b""
    try:
        while block := os.read(master, 65536):
            data += block
    except OSError as error:
        # The end of a terminal.
        if error.errno != errno.EIO:
            raise
    process.wait()
    os.close(master)
    yield data.decode()


def test_data_for_programs_is_unchanged(store: Path, run: Run) -> None:
    table = run("query", "--sparql", "-", "--format", "csv", store=store, stdin=QUERY).stdout
    [row] = csv.DictReader(io.StringIO(table))
    assert row["x"] == ATTACK
    answer = run("query", "--sparql", "-", "--format", "json", store=store, stdin=QUERY).stdout
    assert json.loads(answer)["results"]["bindings"][0]["x"]["value"] == ATTACK


def test_only_plain_styles_pass() -> None:
    text = "\x1b[1mbold\x1b[0m \x1b[2mdim\x1b[0m \x1b[8mhidden\x1b[0m\ttab\n"
    assert printable(text, styled=True) == text.replace("\x1b[8", "\ufffd[8")
    assert printable(text, styled=False) == text.replace("\x1b", "\ufffd")
    assert visible("a\r\nb\tc\rd\ud800") == "a\nb c\ufffdd\ufffd"


def test_commands_print_through_one_door() -> None:
    for file in (ROOT / "kg" / "cli").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        if file.name != "terminal.py":
            assert not re.search(
                r"click\.s?echo|\bprint\(|sys\.std(out|err)\.(write|buffer)", text
            ), file
