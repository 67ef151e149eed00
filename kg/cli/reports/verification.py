"""Output of ``kg verify``: how many phrases were found, and the text without claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kg.cli.language import say
from kg.common.namespaces import compact

if TYPE_CHECKING:
    from kg.evidence.coverage import TextCoverage
    from kg.evidence.reader import Part
    from kg.evidence.verification import Verification

_HIGHLIGHT: Final = ("\x1b[1m", "\x1b[0m")
_BRACKETS: Final = ("[", "]")


def summary(result: Verification) -> str:
    """Return how many phrases of a source were found in its text."""
    faults = len(result.faults) + len(result.outdated)
    counts = len(result.positions), faults
    return (
        say("{}: {} phrases found in the text, {} faults", compact(result.source), *counts) + "\n"
    )


def parts(result: Verification) -> str:
    """Return how the subject, agent and date of the claims are known."""
    counts = Counter(each.how for each in result.parts)
    return (
        say(
            "subject, agent and date of the claims: {} named by the phrase, {} by another phrase,"
            " {} inferred, {} not named",
            *(counts[how] for how in ("phrase", "role", "inferred", "unnamed")),
        )
        + "\n"
    )


def unnamed_parts(result: Verification) -> str:
    """Return a line for each subject, agent or date that no phrase names."""
    hints: dict[Part, str] = {
        "subject": say("NOT NAMED: add std:subjectEvidence, std:subjectInferredFrom or a name"),
        "agent": say("NOT NAMED: add std:agentEvidence, std:agentInferredFrom or a name"),
        "time": say("NOT NAMED: add std:timeEvidence or std:timeInferredFrom"),
    }
    return "".join(
        f"     ~ {compact(each.claim)}  {' '.join(map(compact, each.entities))}"
        f"  {hints[each.part]}\n"
        for each in result.parts
        if each.how == "unnamed"
    )


def coverage(result: Verification, covered: TextCoverage, *, color: bool) -> str:
    """Return each sentence with its phrases marked, followed by their claims and its gaps."""
    opening, closing = _HIGHLIGHT if color else _BRACKETS
    lines = []
    for number, sentence in enumerate(covered.sentences, 1):
        marked, offset = "", sentence.start
        for start, end in _merge_ranges(
            (p.position.start, p.position.end) for p in sentence.phrases
        ):
            marked += result.text[offset:start] + opening + result.text[start:end] + closing
            offset = end
        marked += result.text[offset : sentence.end]
        lines.append(f"{number:>3}  {marked.strip()}")
        for phrase in sentence.phrases:
            quoted = result.text[phrase.position.start : phrase.position.end]
            lines.append(f"       {compact(phrase.claim)}  {quoted}")
        for position, reason in sentence.gaps:
            gap = result.text[position.start : position.end]
            why = (
                f"({compact(reason)})"
                if reason
                else say("NOT COVERED: add a claim, or a reason in uncovered.trig")
            )
            lines.append(f"     - {position.start}-{position.end}  {gap}  {why}")
        if sentence.loose:
            words = " ".join(result.text[p.start : p.end] for p in sentence.loose)
            lines.append(f"     · {say('words that no claim carries: {}', words)}")
    lines += [
        "     ! "
        + say(
            "{}-{} is listed as uncovered, but a claim stands on it: correct uncovered.trig",
            stretch.position.start,
            stretch.position.end,
        )
        for stretch in covered.stale
    ]
    share = covered.covered / covered.characters if covered.characters else 0
    with_claims = covered.clauses - covered.explained - covered.unexplained
    lines.append(
        say(
            "{} clauses: {} carry claims, {} have a reason not to, {} are not covered;"
            " {} of the characters lie in a phrase",
            covered.clauses,
            with_claims,
            covered.explained,
            covered.unexplained,
            f"{share:.0%}",
        )
    )
    return "\n".join(lines) + "\n"


def _merge_ranges(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
