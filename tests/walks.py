"""Follows five values through the program: which modules they enter, and how often they return.

    python -m tests.walks                       in this checkout
    python -m tests.walks --checkout CHECKOUT   in another one

A module is entered when one of its functions is called with the value: as an argument, or inside an
argument (a field of an object, an element of a tuple, list or dictionary). Calls inside a module
are one visit; a return is a visit to a module that was left before.
"""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any, Final

_FIXTURES: Final = Path(__file__).resolve().parent / "fixtures" / "catalogues"
_SOURCE: Final = _FIXTURES / "relaton-data-oiml"
_COMMITTEE: Final = "ISO/TC 321"
_PHRASE: Final = "秘书处由中国承担"
_ENDS: Final = ("https://w3id.org/stdkg/gs1", "https://w3id.org/stdkg/iso/tc/321")
_FEW: Final = 16
"""Maximum number of parts of an object that counts as a single edge or index entry."""
_MANY: Final = 500
"""Maximum number of elements of a collection to search."""


def _parts(value: object, most: int) -> list[object]:
    if isinstance(value, dict):
        return list(value.values()) if len(value) <= most else []
    if isinstance(value, (tuple, list)):
        return list(value) if len(value) <= most else []
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name, None) for field in dataclasses.fields(value)]
    return []


def carries_value(wanted: object) -> Callable[[object], bool]:
    """Tell whether an argument is a value, or has it as a part."""

    def carries(value: object) -> bool:
        parts = [value, *_parts(value, _FEW)]
        return any(type(part) is type(wanted) and part == wanted for part in parts)

    return carries


def carries_ends(ends: tuple[str, str]) -> Callable[[object], bool]:
    """Tell whether an argument is an edge with these ends (IRIs), or a collection with it."""

    def joined(value: object) -> bool:
        texts = {part for part in _parts(value, _FEW) if isinstance(part, str)}
        return texts.issuperset(ends)

    def carries(value: object) -> bool:
        return joined(value) or any(map(joined, _parts(value, _MANY)))

    return carries


def walk(arguments: list[str], carries: Callable[[object], bool], home: Path) -> list[str]:
    """Return the modules that a value visits while a command runs, in order."""
    from kg.cli import main

    visits: list[str] = []

    def note(frame: FrameType, event: str, _: Any) -> None:
        file = frame.f_code.co_filename
        if event != "call" or not file.startswith(str(home)):
            return
        code = frame.f_code
        many = code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 0x0C)
        names = code.co_varnames[:many]
        if any(carries(frame.f_locals.get(name)) for name in names):
            visits.append(str(Path(file).relative_to(home)))

    before = sys.argv, sys.stdout
    sys.argv = ["kg", *arguments]
    sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.setprofile(note)
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise RuntimeError(f"kg {' '.join(arguments)} ended with {end.code}") from end
    finally:
        sys.setprofile(None)
        sys.stdout.close()
        sys.argv, sys.stdout = before
    return [module for module, _ in groupby(visits)]


def walks(store: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the five values, each with the modules that it visits."""
    import kg

    home = Path(kg.__file__).parent
    at = ["--store", str(store)]
    subprocess.run(
        [sys.executable, "-m", "kg", "build", *at], check=True, stdout=subprocess.DEVNULL
    )
    claim = "claim:cfsn-2019-04-11/secretariat-china"
    page = str(store / "page.html")
    for name, arguments, carries in (
        ("a source of kg build", ["build", str(_SOURCE)], carries_value(_SOURCE)),
        ("a name of kg show", ["show", _COMMITTEE], carries_value(_COMMITTEE)),
        (
            "a parameter of kg query",
            ["query", "ballot", f"committee={_COMMITTEE}"],
            carries_value(_COMMITTEE),
        ),
        ("the phrase of a claim", ["show", claim], carries_value(_PHRASE)),
        ("an edge into a page", ["view", "committees", "-o", page], carries_ends(_ENDS)),
    ):
        yield name, walk([*arguments, *at], carries, home)


def main(arguments: list[str]) -> None:
    """Print a line for each value, and with -v its path."""
    if "--checkout" in arguments:
        checkout = Path(arguments[arguments.index("--checkout") + 1]).resolve()
        code = (
            "import runpy, sys; sys.argv.pop(0); runpy.run_path(sys.argv[0], run_name='__main__')"
        )
        rest = [a for a in arguments if a == "-v"]
        subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).resolve()), *rest],
            cwd=checkout,
            env=os.environ | {"PYTHONPATH": str(checkout)},
            check=True,
        )
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, visits in walks(Path(folder)):
            entered = len(set(visits))
            print(f"{name:<24} modules {entered:>2}  returns {len(visits) - entered:>3}")
            if "-v" in arguments:
                print("   ", " > ".join(visits))


if __name__ == "__main__":
    main(sys.argv[1:])
