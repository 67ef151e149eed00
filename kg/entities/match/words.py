"""Words for the reasons of matches, the same in every report and answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from kg.common.bilingual import Text
from kg.entities.match.model import Match, Reason
from kg.entities.status_words import summarize_status

WHY: Final = {
    "iri": Text("the IRI is known", "IRI已知"),
    "address": Text("the address is that of the document", "网址、DOI或ISBN为该文件所有"),
    "same": Text("the name is the same", "名称相同"),
    "designated": Text("the designation is the same", "编号相符"),
    "title": Text("the title is the same", "题名相同"),
    "abbreviated": Text("the title gives this abbreviation", "题名含此缩写"),
    "undated": Text(
        "no edition is named: the one that holds, or the last", "未注日期，取现行或最新版次"
    ),
    "edition": Text("by the number of the edition", "按版次识别"),
    "release": Text("the latest version of the release", "取该发行版的最新版本"),
    "edition-untold": Text("no source tells the edition of that year", "无来源载明该年份的版次"),
    "all-parts": Text("a series: all parts are named", "系列标准：指其所有部分"),
    "clause": Text("at a place in the text", "指其中某处"),
    "remark": Text("with a remark that changes nothing", "附注不影响所指"),
    "adopts": Text("an adoption of another standard", "采用其他标准"),
    "same-title": Text("the title agrees", "题名相符"),
    "no-title": Text("there is no title in the language given", "无同文种题名可比对"),
    "written": Text("read in another notation", "按另一写法识别"),
    "alike": Text("signs that look alike", "形近字符"),
    "mended": Text("one error in spelling", "一处拼写错误"),
    "empty": Text("nothing to look for", "无可查内容"),
    "no-such-address": Text("no document has this address", "无文件有此网址、DOI或ISBN"),
    "several": Text("means several things alike", "可指多个实体"),
    "other-title": Text("the number is known, but not with this title", "编号已知，但题名不符"),
    "other-document": Text(
        "another document than the standard is meant", "所指为另一文件，而非标准本身"
    ),
    "other-part": Text("another part is named", "另指其他部分"),
    "other-edition": Text("not known, but other editions are", "未见收录，但有其他版次"),
    "no-such-edition": Text(
        "no edition of that number is known, but others are", "未见收录该版次，但有其他版次"
    ),
    "edition-contradicts": Text("year and edition contradict each other", "年份与版次矛盾"),
    "year-contradicts": Text("two years contradict each other", "两个年份矛盾"),
    "release-contradicts": Text("version and release contradict each other", "版本与发行版矛盾"),
    "adoption": Text(
        "an adoption is meant, not the standard it adopts", "所指为采用标准，而非被采用的标准"
    ),
    "pair": Text("several documents at once", "同时指多个文件"),
    "more": Text("says more than a number", "除编号外另有内容"),
    "recognized": Text(
        "recognized, but no catalogue of its body is in the graph",
        "编号可识别，但图中无该机构的目录",
    ),
    "no-such-number": Text("the number is not known", "编号未见收录"),
    "part": Text("only a part of names", "仅为名称的一部分"),
    "topic": Text("a topic, for which candidates are commonly meant", "主题词，通常指所列候选"),
    "similar": Text("only similar names are known", "仅有相近名称"),
    "unknown": Text("nothing like it is known", "无相近名称"),
}
"""Reasons, complete without a detail."""

DETAILS: Final = {
    "edition": Text("edition {value}", "第{value}版"),
    "release": Text("the latest version of release {value}", "取第{value}发行版的最新版本"),
    "edition-untold": Text(
        "no source tells whether that year is edition {value}", "无来源载明该年份是否为第{value}版"
    ),
    "clause": Text("at {value}", "指其中的{value}"),
    "remark": Text("“{value}” changes nothing", "“{value}”不影响所指"),
    "adopts": Text("an adoption of {value}", "采用{value}"),
    "no-title": Text(
        "there is no title to hold “{value}” against", "无同文种题名可与“{value}”比对"
    ),
    "written": Text("read as {value}", "按{value}识别"),
    "alike": Text("signs that look alike, read as {value}", "形近字符，按{value}识别"),
    "mended": Text("one error in spelling, read as {value}", "一处拼写错误，按{value}识别"),
    "no-such-address": Text(
        "no document has the address {value}", "无文件的网址、DOI或ISBN为{value}"
    ),
    "several": Text("means {value} things alike", "可指{value}个实体"),
    "other-title": Text(
        "the number is known, its title is “{value}”", "编号已知，但其题名为“{value}”"
    ),
    "other-document": Text("not the standard itself: {value}", "并非标准本身，所指为{value}"),
    "other-part": Text("part {value} is named too", "另指第{value}部分"),
    "other-edition": Text(
        "{value} is not known, but other editions are", "{value}未见收录，但有其他版次"
    ),
    "no-such-edition": Text(
        "no edition {value} is known, but others are", "未见收录第{value}版，但有其他版次"
    ),
    "edition-contradicts": Text("that year is edition {value}", "该年份为第{value}版"),
    "year-contradicts": Text("another year, {value}, is named too", "另有年份{value}"),
    "release-contradicts": Text("that version is of release {value}", "该版本属第{value}发行版"),
    "adoption": Text(
        "an adoption of {value}, not that itself", "所指为采用{value}的标准，而非其本身"
    ),
    "pair": Text("several documents at once: {value}", "同时指多个文件：{value}"),
    "more": Text("says more than the number {value}", "除编号{value}外另有内容"),
    "recognized": Text(
        "recognized as {value}, but no catalogue of its body is in the graph",
        "识别为{value}，但图中无该机构的目录",
    ),
    "no-such-number": Text("{value} is not known", "{value}未见收录"),
}
"""Reasons with a detail; those without are in :data:`WHY` alone."""

OTHER_DOCUMENTS: Final = {
    "amendment": Text("an amendment is meant", "修改单"),
    "corrigendum": Text("a corrigendum is meant", "勘误"),
    "addendum": Text("an addendum is meant", "补充件"),
    "draft": Text("a draft is meant", "草案"),
    "series": Text("a series is meant", "系列标准"),
    "handbook": Text("a text about it is meant", "手册等相关资料"),
    "certificate": Text("a certificate or audit is meant", "认证或证书"),
    "redline": Text("a redline is meant", "修订对照版"),
    "translation": Text("an adoption is meant", "采用标准"),
}
"""Documents other than the standard, details of the reason ``other-document``."""
_QUOTES: Final = " \"'“”‘’「」『』,;:，；："
_BRACKETS: Final = ("()", "（）", "[]", "【】", "《》", "〈〉", "〔〕", "“”", "‘’")


def explain(reason: Reason, lang: str) -> str:
    """Return a reason in words."""
    value = _quotable(reason.value)
    if reason.key not in DETAILS or not value:
        return WHY[reason.key].of(lang)
    known = OTHER_DOCUMENTS.get(value) if reason.key == "other-document" else None
    return DETAILS[reason.key].of(lang).replace("{value}", known.of(lang) if known else value)


def summarize_match(match: Match, lang: str) -> str:
    """Return what became of the document meant, or why none is, in words to count by."""
    return summarize_status(match.status, lang) if match.iri else WHY[match.reasons[0].key].of(lang)


def count_matches(matches: Iterable[Match], lang: str) -> Iterator[tuple[str, int]]:
    """Yield each status with its number of documents meant, then each reason why none is."""
    counts = {True: Counter[str](), False: Counter[str]()}
    for match in matches:
        counts[bool(match.iri)][summarize_match(match, lang)] += 1
    for count in counts.values():
        yield from ((words, number) for words, number in count.most_common() if words)


def _quotable(text: str) -> str:
    """Return a text without quotation marks around it, and without half of a pair of brackets."""
    text = text.strip(_QUOTES)
    for opening, closing in _BRACKETS:
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, " ").replace(closing, " ")
    return " ".join(text.split()).strip(_QUOTES)
