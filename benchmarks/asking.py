"""Measures how questions in words are understood, on phrasings that were kept back.

    python -m benchmarks.asking [--store DIR] [--tuning] [--errors] [--fit]

Ten phrasings of each canned question were written in each language. The first, third, … are among
the examples that the program learns from (``queries/phrasings.yaml``), the second, fourth, … are
in ``phrasings.yaml`` here and were never looked at while it was made. Phrasings that name what the
graph of the store lacks are left out. For each language the table says how many are led to the
right question, how many have it among the best three, how many of the right ones have exactly the
right parameters, and how many are answered although they should not be or refused although they
could be answered. ``refused.yaml`` has texts that must be refused.

``--tuning`` measures the examples instead, each fifth with the others known; ``--errors`` prints
what goes wrong there; ``--fit`` fits the weights of the ranking to them.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import yaml

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.errors import KgError
from kg.entities.resolution import resolve
from kg.interpretation import features, interpret
from kg.interpretation.knowledge import Knowledge, learn, load_knowledge
from kg.interpretation.phrasings import FILE as EXAMPLES
from kg.interpretation.phrasings import Phrasing, read_phrasings
from kg.interpretation.slots import Fit
from kg.interpretation.vocabulary import FILE as VOCABULARY
from kg.interpretation.vocabulary import read_vocabulary
from kg.queries.model import QuestionHeader
from kg.queries.questions import load_headers
from kg.store import Store

HELD_OUT: Final = Path(__file__).with_name("phrasings.yaml")
REFUSED: Final = Path(__file__).with_name("refused.yaml")
FOLDS: Final = 5

_Numbers: TypeAlias = npt.NDArray[np.float64]
_ROW: Final = "{lang:4} {count:6} {question:>9.1%} {three:>9.1%} {params:>9.1%} {refused:>9.1%}"


@dataclass
class Score:
    """Counts of the phrasings of one language."""

    count: int = 0
    right: int = 0
    among_three: int = 0
    params: int = 0
    refused: int = 0
    milliseconds: list[float] = field(default_factory=list)

    def row(self, lang: str) -> str:
        """Return the shares as a row of the table."""
        return _ROW.format(
            lang=lang,
            count=self.count,
            question=self.right / max(self.count, 1),
            three=self.among_three / max(self.count, 1),
            params=self.params / max(self.right, 1),
            refused=self.refused / max(self.count, 1),
        )


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path)
    parser.add_argument("--tuning", action="store_true")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    graph = KnowledgeGraph.open(options.store) if options.store else KnowledgeGraph.in_memory()
    if options.fit:
        print(fit(graph.store))
        return
    tell = print if options.errors and options.tuning else None
    interpret(graph.store, "warm 热身")
    if options.tuning:
        scores = measure_left_out(graph.store, tell)
    else:
        scores = measure(graph.store, held_out(), load_knowledge(resources.queries()))
    print("lang  asked  question  of three    params   refused")
    for lang, score in scores.items():
        print(score.row(lang))
    times = [each for score in scores.values() for each in score.milliseconds]
    print(
        f"median {statistics.median(times):.1f} ms,"
        f" 95th percentile {statistics.quantiles(times, n=20)[-1]:.1f} ms"
    )
    answered = [text for text in off_topic() if not interpret(graph.store, text).refusal]
    print(f"{len(answered)} of {len(off_topic())} texts about other things are answered")


def held_out() -> list[Phrasing]:
    """Return the phrasings that were kept back."""
    return read_phrasings(HELD_OUT, load_headers(resources.queries()))


def off_topic() -> list[str]:
    """Return the texts to refuse that were not used to choose the threshold."""
    lists = yaml.safe_load(REFUSED.read_text(encoding="utf-8")).values()
    return [text for texts in lists for text in texts[1::2]]


def expected(store: Store, question: QuestionHeader, phrasing: Phrasing) -> dict[str, str] | None:
    """Return the IRIs (or years) of the marked values; None if the graph lacks one."""
    params = {param.name: param for param in question.params}
    try:
        return {
            value.param: _meant(store, question, value.param, value.argument)
            for value in phrasing.values
            if value.param in params
        }
    except KgError:
        return None


def _meant(store: Store, question: QuestionHeader, name: str, argument: str) -> str:
    param = next(param for param in question.params if param.name == name)
    if param.kind != "entity":
        return argument
    text = f"<{argument}>" if argument.startswith("ics/") else argument
    return resolve(store, text, param.within).value


def measure(
    store: Store,
    phrasings: Iterable[Phrasing],
    known: Knowledge,
    tell: Callable[[str], object] | None = None,
) -> dict[str, Score]:
    """Return the score of each language; ``tell`` is told what goes wrong."""
    scores = {"en": Score(), "zh": Score()}
    for phrasing in phrasings:
        question = known.questions[phrasing.question]
        wanted = expected(store, question, phrasing)
        if wanted is None:
            continue
        score = scores[phrasing.lang]
        started = time.perf_counter()
        found = interpret(store, phrasing.text, known=known)
        score.milliseconds.append(1000 * (time.perf_counter() - started))
        score.count += 1
        score.refused += bool(found.refusal)
        names = [reading.question.name for reading in found.readings]
        score.among_three += phrasing.question in names
        if names[:1] != [phrasing.question]:
            if tell:
                tell(f"{phrasing.question}: {phrasing.text!r} is taken for {', '.join(names)}")
            continue
        score.right += 1
        try:
            got = {
                name: _meant(store, question, name, argument)
                for name, argument in found.readings[0].arguments.items()
            }
        except KgError:
            # Named, but missing or ambiguous: refused.
            got = {}
        score.params += got == wanted
        if tell and (got != wanted or found.refusal):
            tell(f"{phrasing.question}: {phrasing.text!r}: {got}, not {wanted}; {found.refusal}")
    return scores


def measure_left_out(store: Store, tell: Callable[[str], object] | None = None) -> dict[str, Score]:
    """Return the score of each language for the examples, each fifth without knowing it."""
    total = {"en": Score(), "zh": Score()}
    for part, known in _folds():
        for lang, score in measure(store, part, known, tell).items():
            for name, value in vars(score).items():
                setattr(total[lang], name, getattr(total[lang], name) + value)
    return total


def _folds() -> Iterator[tuple[list[Phrasing], Knowledge]]:
    """Yield a fifth of the examples at a time, and what the others tell."""
    folder = resources.queries()
    questions = load_headers(folder)
    vocabulary = read_vocabulary(folder / VOCABULARY)
    places: Counter[tuple[str, str]] = Counter()
    folds: list[list[Phrasing]] = [[] for _ in range(FOLDS)]
    for phrasing in read_phrasings(folder / EXAMPLES, questions):
        folds[places[phrasing.question, phrasing.lang] % FOLDS].append(phrasing)
        places[phrasing.question, phrasing.lang] += 1
    for part in folds:
        others = [phrasing for other in folds if other is not part for phrasing in other]
        yield part, learn(questions, vocabulary, others)


def fit(store: Store) -> dict[str, float]:
    """Return the weights of the ranking that make the examples most likely (softmax, Adam)."""
    rows: list[list[tuple[float, ...]]] = []
    right: list[int] = []
    for part, known in _folds():
        names = list(known.questions)
        for phrasing in part:
            values = features(store, phrasing.text, known)
            rows.append([values[name] for name in names])
            right.append(names.index(phrasing.question))
    weights = _most_likely(np.array(rows), np.array(right))
    labels = ("explained", "alike", *Fit._fields)
    return {name: round(float(weight), 1) for name, weight in zip(labels, weights, strict=True)}


def _most_likely(
    rows: npt.NDArray[np.float64], right: npt.NDArray[np.int64], steps: int = 2500
) -> npt.NDArray[np.float64]:
    scale = rows.reshape(-1, rows.shape[-1]).std(0) + 1e-9
    scaled = rows / scale
    weights = np.ones(rows.shape[-1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps):
        scores = scaled @ weights
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        meant = scaled[np.arange(len(right)), right]
        slope = ((shares[:, :, None] * scaled).sum(1) - meant).mean(0) + 0.001 * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope * slope
        weights -= 0.03 * first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    found: _Numbers = weights / scale
    return found


if __name__ == "__main__":
    main()
