"""What ``kg verify`` prints: the state of each piece of evidence, and uncovered text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kg.common.namespaces import compact

if TYPE_CHECKING:
    from kg.evidence.coverage import Coverage
    from kg.evidence.verification import Verification


_HIGHLIGHT: Final = ("\x1b[1m", "\x1b[0m")


_BRACKETS: Final = ("[", "]")


def verified(found: Verification) -> str:
    """How many phrases of a source stand in its text."""
    faults = len(found.faults) + len(found.outdated)
    return (
        f"{compact(found.source)}: {len(found.places)} phrases found in the text, {faults} faults\n"
    )


def coverage(found: Verification, covered: Coverage, *, color: bool) -> str:
    """Each sentence with its phrases marked, the claims that stand on them, and its gaps."""
    opening, closing = _HIGHLIGHT if color else _BRACKETS
    lines = []
    for number, sentence in enumerate(covered.sentences, 1):
        marked, at = "", sentence.start
        for start, end in _merged((s.place.start, s.place.end) for s in sentence.standing):
            marked += found.text[at:start] + opening + found.text[start:end] + closing
            at = end
        marked += found.text[at : sentence.end]
        lines.append(f"{number:>3}  {marked.strip()}")
        for standing in sentence.standing:
            phrase = found.text[standing.place.start : standing.place.end]
            lines.append(f"       {compact(standing.claim)}  {phrase}")
        for place, reason in sentence.gaps:
            gap = found.text[place.start : place.end]
            why = (
                f"({compact(reason)})"
                if reason
                else "NOT COVERED: add a claim, or a reason in uncovered.trig"
            )
            lines.append(f"     - {place.start}-{place.end}  {gap}  {why}")
    lines += [
        f"     ! {s.start}-{s.end} is listed as uncovered, but a claim stands on it: "
        "correct uncovered.trig"
        for s in covered.stale
    ]
    share = covered.covered / covered.characters if covered.characters else 0
    carrying = covered.clauses - covered.explained - covered.unexplained
    lines.append(
        f"{covered.clauses} clauses: {carrying} carry claims, "
        f"{covered.explained} have a reason not to, {covered.unexplained} are not covered; "
        f"{share:.0%} of the characters lie in a phrase"
    )
    return "\n".join(lines) + "\n"


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
