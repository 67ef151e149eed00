"""Relations between mentions, by verbs of the field, with their modality and who reports them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from typing import Any, Final

from kg.drafting.article_text import ArticleText
from kg.drafting.counts import find_counts
from kg.drafting.model import Mention, Relation, RelationSpan
from kg.drafting.words import alternatives

_CLEAR: Final = 0.85
_LIKELY: Final = 0.7
_NEAR: Final = 12
_FAR: Final = 45
"""Code points between a verb and what it relates."""
_SENTENCE: Final = re.compile(r"[^。！？!?\n]+(?:[。！？!?]”?|\n|$)")


def find_relations(article: ArticleText, mentions: Sequence[Mention]) -> list[Relation]:
    """Return the relations that sentences state between mentions, and what figures count."""
    found: dict[tuple[str, str, str, int], Relation] = {}
    names = [m for m in mentions if m.type != "QUOTED"]
    for sentence in _SENTENCE.finditer(article.folded):
        own = [m for m in names if sentence.start() <= m.start and m.end <= sentence.end()]
        paragraph = article.folded.rfind("\n", 0, sentence.start())
        earlier = [m for m in names if paragraph < m.start < sentence.start()]
        stated = _by_verbs(article, sentence, own, earlier)
        for relation in (*stated, *find_counts(article, sentence, own)):
            key = (relation.claim, relation.subject, relation.object, sentence.start())
            found.setdefault(key, relation)
    return list(found.values())


def _by_verbs(
    article: ArticleText,
    sentence: re.Match[str],
    mentions: Sequence[Mention],
    earlier: Sequence[Mention],
) -> Iterator[Relation]:
    kinds = article.words.mapping("relations", "relations")
    every = re.compile(
        alternatives(verb for kind in kinds.values() for verb in kind["verbs"].split())
    )
    for claim, kind in kinds.items():
        verbs = re.compile(alternatives(kind["verbs"].split()))
        objects = _of_types(mentions, kind["objects"])
        antecedent = _antecedent(article, sentence, _of_types(earlier, kind["objects"]))
        for verb in verbs.finditer(article.folded, sentence.start(), sentence.end()):
            if any(m.start < verb.end() and verb.start() < m.end for m in mentions):
                continue
            # 申请承办 asks for what the second verb says.
            if claim == "proposed" and every.match(article.folded, verb.end()):
                continue
            if claim == "secretariat":
                pair = _secretariat(article.folded, verb, [*earlier, *mentions], kind)
            else:
                subjects = _subjects(article.folded, verb, mentions, kind)
                pair = _pair(article.folded, verb, subjects, objects, antecedent)
            if pair is None:
                continue
            for subject, target in product(pair[0], pair[1]):
                spans = (
                    _span(article, "subject", subject.start, subject.end),
                    _span(article, "predicate", *verb.span()),
                    _span(article, "object", target.start, target.end),
                    *_modality(article, sentence, subject, verb, mentions),
                )
                yield Relation(claim, subject.value, target.value, spans, pair[2])


def _antecedent(
    article: ArticleText, sentence: re.Match[str], objects: Sequence[Mention]
) -> Mention | None:
    """Return what a general word at the beginning of a sentence means (该标准由…)."""
    general = alternatives(article.words["relations", "general"])
    stands = re.compile(rf"(?:该|此|这[项部个次届]|上述|本)?(?:{general})由")
    if not objects or not stands.match(article.folded, sentence.start()):
        return None
    # A number in brackets is that of the title before it.
    is_number = len(objects) > 1 and article.folded[objects[-2].end : objects[-1].start] == "("
    return objects[-2] if is_number and objects[-1].type == "STDID" else objects[-1]


def _span(article: ArticleText, role: str, start: int, end: int) -> RelationSpan:
    return RelationSpan(role, start, end, article.text[start:end])


def _of_types(mentions: Sequence[Mention], types: str) -> list[Mention]:
    return [m for m in mentions if m.type in types.split()]


def _pair(
    text: str,
    verb: re.Match[str],
    subjects: Sequence[Mention],
    objects: Sequence[Mention],
    antecedent: Mention | None,
) -> tuple[list[Mention], list[Mention], float] | None:
    """Return subjects and objects of a verb, and how sure that is."""
    if not subjects:
        return None
    joined = _joined(text, subjects)
    before = [m for m in objects if m.end <= joined[0].start]
    after = [m for m in objects if verb.end() <= m.start <= verb.end() + _FAR]
    is_passive = re.search("[由被][\u4e00-\u9fff]{0,4}$", text[: joined[0].start]) is not None
    # 由某院起草的标准 has its object after the verb, 标准由某院起草 before it.
    target: Mention | None = None
    if is_passive and text[verb.end() : verb.end() + 1] not in {"的", "、"}:
        target = before[-1] if before else antecedent
    elif after and _reaches(text[verb.end() : after[0].start]):
        target = after[0]
    elif re.match("[，。；、]|$", text[verb.end() :]) and not after:
        target = before[-1] if before else antecedent
    if target is None or target in joined:
        return None
    confidence = _CLEAR if verb.start() - joined[-1].end <= _NEAR else _LIKELY
    return joined, [target, *_titles_of(text, target, objects)], confidence


def _reaches(between: str) -> bool:
    """Return whether an object belongs to a verb, by what stands between them."""
    return re.search("[，；]", re.sub("^[^，]{0,14}，其中", "", between)) is None


def _titles_of(text: str, target: Mention, objects: Sequence[Mention]) -> list[Mention]:
    """Return the title that follows a number (GB/T 1《某某》)."""
    if target.type != "STDID":
        return []
    return [m for m in objects if m.type == "STANDARD" and m.start == target.end]


def _subjects(
    text: str, verb: re.Match[str], mentions: Sequence[Mention], kind: Any
) -> list[Mention]:
    """Return what can be the subject of a verb, in the order of the text."""
    aliases = {m for a, m in pairwise(mentions) if text[a.end : m.start] == "("}
    subjects = [
        m
        for m in _of_types(mentions, kind["subjects"])
        if m.end <= verb.start() <= m.end + _FAR
        and m not in aliases
        and not _crosses(text, m.end, verb.start())
    ]
    # 向某组织 is to whom, 在某地 is where.
    free = [
        m for m in subjects if text[m.start - 1 : m.start] not in {"向", "对", "在", "给", "于"}
    ]
    return free or (subjects if "EVENT" in kind["objects"] else [])


def _crosses(text: str, start: int, end: int) -> bool:
    """Return whether a new clause with its own subject can begin between two places."""
    return re.search(r"[；;]|，[^，]{0,30}，", text[start:end]) is not None


def _joined(text: str, subjects: Sequence[Mention]) -> list[Mention]:
    """Return the subjects that a list joins to the last one (甲、乙和丙; 甲会同乙)."""
    joined = [subjects[-1]]
    for mention in reversed(subjects[:-1]):
        between = re.sub(r"\([^()]*\)", "", text[mention.end : joined[0].start])
        if re.fullmatch("[、和与及]|以及|联合", between) or between.endswith(("会同", "联合")):
            joined.insert(0, mention)
        else:
            break
    return joined


def _secretariat(
    text: str, verb: re.Match[str], mentions: Sequence[Mention], kind: Any
) -> tuple[list[Mention], list[Mention], float] | None:
    """Return who holds a secretariat, and of which committee: the last one named before."""
    committees = [
        m
        for m in _of_types(mentions, kind["objects"])
        if m.end <= verb.start() and m.rule != "committee.number"
    ] or [m for m in _of_types(mentions, kind["objects"]) if m.end <= verb.start()]
    holders = _of_types(mentions, kind["subjects"])
    after = [m for m in holders if 0 <= m.start - verb.end() <= 8]  # noqa: PLR2004
    if committees and after and re.search("设在|挂靠|落户|由", text[verb.start() : after[0].start]):
        return [after[0]], [committees[-1]], _CLEAR
    # 某院承担某委员会秘书处 and 某院是某委员会秘书处承担单位.
    if committees and committees[-1].end == verb.start():
        carriers = [m for m in holders if m.end <= committees[-1].start]
        if carriers and re.search(
            "承担|承接|担任|负责|是|为", text[carriers[-1].end : committees[-1].start]
        ):
            return [carriers[-1]], [committees[-1]], _CLEAR
    return None


def _modality(
    article: ArticleText,
    sentence: re.Match[str],
    subject: Mention,
    verb: re.Match[str],
    mentions: Sequence[Mention],
) -> Iterator[RelationSpan]:
    """Yield what says that a relation is planned, asked for or denied, and who reports it."""
    text = article.folded
    start = subject.end if subject.end <= verb.start() else max(sentence.start(), verb.start() - 12)
    for name in ("planned", "asked", "denied"):
        words = re.compile(alternatives(article.words["relations", name]))
        match = words.search(text, start, verb.start())
        if match and not any(
            m.start <= match.start() < m.end for m in mentions if m.type != "QUOTED"
        ):
            yield RelationSpan(name, *match.span(), article.text[slice(*match.span())])
    speakers = [m for m in mentions if m.type in {"PERSON", "ORG"} and m != subject]
    reporting = alternatives(article.words["relations", "reporting"])
    speech = alternatives(article.words["people", "speaking"])
    for each in speakers:
        after = text[each.end : each.end + 6]
        according = text[max(0, each.start - 1) : each.start] == "据" and re.match(reporting, after)
        spoken = each.type == "PERSON" and re.match(rf"(?:{speech}|{reporting})", after)
        if (according or spoken) and each.end <= verb.start():
            yield RelationSpan("reportedBy", each.start, each.end, each.quote)
            return
