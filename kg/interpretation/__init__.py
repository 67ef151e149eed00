"""Understand a question in words: which canned question it asks, and of what.

There is no model of language: a text is compared with the titles, descriptions and examples of the
canned questions (:mod:`kg.interpretation.ranking`), and what it names in the graph fills their
parameters (:mod:`kg.interpretation.slots`). Both scores are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from kg.common import resources
from kg.common.errors import ArgumentError, ResolutionError
from kg.common.namespaces import compact
from kg.entities.index import name_index
from kg.entities.resolution import resolve
from kg.interpretation.descriptions import find_descriptions
from kg.interpretation.knowledge import Knowledge, load_knowledge
from kg.interpretation.mentions import Candidate, Mention, find_mentions
from kg.interpretation.slots import Filled, Fit, fill
from kg.interpretation.terms import IGNORED, Term, Token, normalize, split, terms
from kg.interpretation.vocabulary import Vocabulary
from kg.queries.arguments import Param
from kg.queries.model import QuestionHeader
from kg.store import Store

_WORDS: Final = (8.0, 5.3)
_FIT: Final = Fit(
    narrow=3.6,
    usual=2.9,
    wide=1.4,
    constant=5.2,
    unused=-1.5,
    unfilled=-1.5,
    terms=0.8,
    other_terms=-1.4,
)
_WEIGHTS: Final = (*_WORDS, *_FIT)
"""Weights of a log-linear model, fitted to the examples with a fifth of them left out at a time
(``python -m benchmarks.asking --fit``). ``unfilled`` counts half, so that the title of a question,
which names nothing, finds it."""
_NARROW: Final = 0.3
_LOWEST: Final = 0.25
"""Confidence below which a text is refused."""
_LONGEST_TEXT: Final = 500


@dataclass(frozen=True)
class Reading:
    """A canned question that a text may ask.

    ``arguments`` are the parameters that the text names, as for
    :func:`kg.queries.questions.run_question`; ``used`` maps them to the words of the text.
    ``assumed`` are the defaults of the others. ``unused`` are names in the text that the question
    can't take, ``matched`` the words that led to it. ``score`` is that of the ranking, and
    ``confidence`` how much of the text the reading explains (above 1 with names).
    """

    question: QuestionHeader
    arguments: Mapping[str, str]
    used: Mapping[str, str]
    assumed: Mapping[str, str]
    unused: tuple[str, ...]
    matched: tuple[str, ...]
    score: float
    confidence: float

    def __repr__(self) -> str:
        values = "".join(f", {name}={value!r}" for name, value in self.arguments.items())
        return f"Reading({self.question.name}{values})"

    def as_dict(self, lang: str) -> dict[str, Any]:
        """Return it as plain values, with the title in a language."""
        return {
            "question": self.question.name,
            "title": self.question.title.of(lang),
            "parameters": dict(self.arguments),
            "assumed": dict(self.assumed),
            "understood": {
                "question": list(self.matched),
                "parameters": dict(self.used),
            },
            "unused": list(self.unused),
            "confidence": round(min(self.confidence, 1), 3),
        }


@dataclass(frozen=True)
class Interpretation:
    """How a text is understood.

    ``readings`` are the best ones, the best first. ``unknown`` are the words that no question
    uses and that name nothing, ``missing`` the designations and codes that the graph lacks.
    ``choices`` has what an ambiguous description can mean, by its words.
    ``refusal`` says why even the best reading is not to be answered, or is empty: it is one of
    ``REFUSALS``.
    """

    text: str
    readings: tuple[Reading, ...]
    unknown: tuple[str, ...]
    missing: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    refusal: str

    @property
    def best(self) -> Reading | None:
        """The reading to answer, unless it is refused."""
        return None if self.refusal or not self.readings else self.readings[0]

    def __repr__(self) -> str:
        found = self.refusal or self.readings[0]
        return f"Interpretation({self.text!r}: {found})"

    def as_dict(self, lang: str) -> dict[str, Any]:
        """Return it as plain values, with titles in a language."""
        return {
            "text": self.text,
            "refusal": self.refusal or None,
            "readings": [reading.as_dict(lang) for reading in self.readings],
            "not_understood": [*self.missing, *self.unknown],
            "choices": {words: list(names) for words, names in self.choices.items()},
        }


REFUSALS: Final = ("unclear", "missing", "ambiguous", "unused", "unnamed")
"""The text is like no question; it names something that the graph lacks, that can be one of several
things, or that the best question can't take; it doesn't say clearly of what it asks."""


def interpret(
    store: Store, text: str, count: int = 3, known: Knowledge | None = None
) -> Interpretation:
    """Understand a text; ArgumentError if it has no word, QueryError for faulty question files.

    ``known`` is what is known of how people ask (None: all of it). Nothing is guessed: a text that
    is unlike all questions, or that names what its best question can't take, is refused, with the
    nearest questions as readings.
    """
    known = known or load_knowledge(resources.queries())
    plain = normalize(text)
    tokens = split(plain)
    if not tokens:
        raise ArgumentError(f"{text!r} has no word: ask something")
    if len(plain) > _LONGEST_TEXT:
        raise ArgumentError(f"a question has at most {_LONGEST_TEXT} characters: ask it in short")
    found, own = _understand(store, plain, tokens, known)
    ranked = _rank(known, found, own)[:count]
    if ranked[0].confidence < _LOWEST:
        # What shares no word with the text is near by chance.
        ranked = [each for each in ranked if each.explained or each.filled.values]
    readings = tuple(_reading(store, known, each, plain, own) for each in ranked)
    missing = tuple(mention.text for mention in found if not mention.candidates)
    unknown = _unknown(known, plain, own)
    choices = {
        mention.text: tuple(_label(store, candidate) for candidate in mention.candidates)
        for mention in found
        if mention.ambiguous
    }
    refusal = _refusal(readings[0], unknown, missing, choices) if readings else "unclear"
    return Interpretation(plain, readings, unknown, missing, choices, refusal)


class _Ranked(NamedTuple):
    score: float
    explained: float
    question: QuestionHeader
    filled: Filled
    confidence: float


def features(store: Store, text: str, known: Knowledge) -> dict[str, tuple[float, ...]]:
    """Return for each question the values whose weighted sum ranks it: two of words, then Fit."""
    plain = normalize(text)
    found, own = _understand(store, plain, split(plain), known)
    return {name: (*words, *filled.fit) for name, words, filled in _compare(known, found, own)}


def _understand(
    store: Store, text: str, tokens: Sequence[Token], known: Knowledge
) -> tuple[list[Mention], list[Term]]:
    index = name_index(store)
    named = find_mentions(index, text, tokens, known.vocabulary, known.ordinary)
    found = find_descriptions(index, text, tokens, known.vocabulary, named)
    return found, _terms(tokens, found, known.vocabulary)


def _compare(
    known: Knowledge, found: Sequence[Mention], own: Sequence[Term]
) -> Iterator[tuple[str, tuple[float, float], Filled]]:
    for name, words in known.words.scores({term.term for term in own}).items():
        yield name, words, fill(known.slots[name], found, known.plain[name])


def _rank(known: Knowledge, found: Sequence[Mention], own: Sequence[Term]) -> list[_Ranked]:
    share = known.words.known_share({term.term for term in own})
    ranked = []
    for name, words, filled in _compare(known, found, own):
        values = (*words, *filled.fit)
        score = sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
        confidence = share * (sum(words) / 2 + _NARROW * filled.fit.narrow)
        ranked.append(_Ranked(score, words[0], known.questions[name], filled, confidence))
    return sorted(ranked, key=lambda each: (-each.score, each.question.name))


def _terms(tokens: Sequence[Token], found: Sequence[Mention], spoken: Vocabulary) -> list[Term]:
    """Return the terms of a text outside of names; words for concepts may be both."""
    hidden = [mention for mention in found if not mention.is_term]
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if any(mention.start <= token.start < mention.end for mention in hidden):
            runs.append([])
        else:
            runs[-1].append(token)
    own = (term for run in runs for term in terms(run, spoken.entries))
    return [term for term in own if term.term != IGNORED]


def _reading(
    store: Store, known: Knowledge, ranked: _Ranked, text: str, own: Sequence[Term]
) -> Reading:
    params = {param.name: param for param in ranked.question.params}
    values = ranked.filled.values
    arguments = {
        name: _argument(store, params[name], mention, candidate)
        for name, (mention, candidate) in values.items()
    }
    typical = known.words.typical[ranked.question.name]
    return Reading(
        question=ranked.question,
        arguments=arguments,
        used={name: mention.text for name, (mention, _) in values.items()},
        assumed={
            name: param.default
            for name, param in params.items()
            if name not in values and param.default is not None
        },
        unused=tuple(mention.text for mention in ranked.filled.unused),
        matched=_join(text, [term for term in own if term.term in typical]),
        score=ranked.score,
        confidence=ranked.confidence,
    )


def _argument(store: Store, param: Param, mention: Mention, candidate: Candidate) -> str:
    """Return the argument that means a candidate: its words in the text if they name it."""
    if param.kind != "entity":
        return candidate.value
    if not candidate.value or mention.ambiguous:
        return mention.text
    names = name_index(store).names_of(candidate.value)
    # In the language of the text, if there is one.
    names.sort(key=lambda name: name.isascii() != mention.text.isascii())
    for name in (mention.text, candidate.label, *names[:1]):
        if name.isascii() != mention.text.isascii():
            continue
        try:
            if resolve(store, name, param.within).value == candidate.value or name == mention.text:
                return name
        except ResolutionError:
            continue
    return compact(candidate.value)


def _unknown(known: Knowledge, text: str, own: Sequence[Term]) -> tuple[str, ...]:
    """Return the words that no question uses."""
    covered = [term for term in own if term.term in known.words.idf]
    rest = [
        term
        for term in own
        if term.term not in known.words.idf
        and not all(_covers(covered, place) for place in range(term.start, term.end))
    ]
    return _join(text, rest)


def _covers(covered: Iterable[Term], place: int) -> bool:
    return any(term.start <= place < term.end for term in covered)


def _join(text: str, own: Sequence[Term]) -> tuple[str, ...]:
    """Return the words of terms, those in Chinese that overlap or touch as one, each once."""
    spans: list[list[int]] = []
    for term in own:
        if spans and term.start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], term.end)
        else:
            spans.append([term.start, term.end])
    return tuple(dict.fromkeys(text[start:end] for start, end in spans))


def _label(store: Store, candidate: Candidate) -> str:
    [label] = (name.text for name in name_index(store).labels([candidate.value]))
    return label if label == candidate.label else f"{label} {candidate.label}"


def _refusal(
    reading: Reading,
    unknown: Sequence[str],
    missing: Sequence[str],
    choices: Mapping[str, Sequence[str]],
) -> str:
    if reading.confidence < _LOWEST:
        return "unclear"
    if missing:
        return "missing"
    if not choices.keys().isdisjoint(reading.used.values()):
        return "ambiguous"
    # An example in place of what was named would be a wrong answer.
    if reading.assumed and reading.unused:
        return "unused"
    if reading.assumed and unknown:
        return "unnamed"
    return ""
