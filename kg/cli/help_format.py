"""Help in the language of the process, with lines that break between Han characters too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import click

from kg.cli.language import CATALOG, read_catalog, translate
from kg.common.line_breaks import cell_width, wrap_cells

_CUT: Final = "..."
_MIN_WIDTH: Final = 20


class ChineseHelpFormatter(click.HelpFormatter):
    """Formats help in Chinese; click formats English itself."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line on usage."""
        words = " ".join(map(translate, _arguments(args)))
        super().write_usage(prog, words, translate("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{'':>{self.current_indent}}{translate(heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        paragraphs = [translate(" ".join(each.split())) for each in text.split("\n\n")]
        indent = " " * self.current_indent
        width = max(self.width - self.current_indent, _MIN_WIDTH)
        for number, paragraph in enumerate(paragraphs):
            lines = wrap_cells(paragraph, width)
            self.write("\n" * bool(number) + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(
        self, rows: Iterable[tuple[str, str | None]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write a list of options or commands with their help."""
        rows = list(rows)
        first = min(max((cell_width(term) for term, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        width = max(self.width - self.current_indent - first, _MIN_WIDTH)
        for term, text in rows:
            if not text:
                self.write(f"{indent}{term}\n")
                continue
            lines = wrap_cells(_short(text), width)
            gap = first - cell_width(term)
            # A long term has a line of its own.
            head = f"{indent}{term}{' ' * gap}" if gap >= col_spacing else f"{indent}{term}\n"
            rest = indent + " " * first
            self.write(head if head.endswith(" ") else head + rest)
            self.write(f"\n{rest}".join(lines) + "\n")


def _arguments(args: str) -> list[str]:
    """Split the arguments of a usage line into those that click names and the others."""
    for known in ("[COMMAND] [ARGS]...", "COMMAND [ARGS]..."):
        if args.endswith(known):
            return [*args.removesuffix(known).split(), known]
    return args.split()


def _short(text: str) -> str:
    """Translate a help text; one that click has cut is found by its beginning."""
    if text.endswith(_CUT):
        beginning = text.removesuffix(_CUT).rstrip()
        text = next((known for known in read_catalog(CATALOG) if known.startswith(beginning)), text)
    return translate(" ".join(text.split()) if "  [" not in text else text).rstrip("。")
