"""What each command takes, begun anew: seconds, and memory at the most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.measure import Row, kg
from benchmarks.world import World

_REFERENCES: Final = Path(__file__).with_name("references.csv")
_COMMANDS: Final = (
    ("stats",),
    ("query",),
    ("query", "newest"),
    ("query", "catalogues"),
    ("search", "management systems"),
    ("match", str(_REFERENCES), "--column", "reference"),
    ("show", "ISO/TC 321"),
    ("relate", "杭州市", "ISO/TC 154"),
    ("view", "committees", "--format", "graphml"),
    ("view", "everything", "--around", "ISO/TC 321", "--format", "graphml"),
)


def rows(world: World) -> Iterator[Row]:
    """The commands that look something up; those that write or check everything have a suite."""
    for arguments in _COMMANDS:
        more = ("-o", str(world.folder / "view")) if arguments[0] == "view" else ()
        said = " ".join(Path(each).name if each == str(_REFERENCES) else each for each in arguments)
        yield Row(f"kg {said}", kg(*arguments, *more, store=world.store))
