"""What the words of lists for the status and the kind of a document mean."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_REPLACED: Final = re.compile("^已?(?:被|由).+(?:代替|替代|取代)$")
_STATUSES: Final = {
    "stage:in-force": """
        现行 现行有效 有效 实施 已实施 实施中 在用 执行 执行中 现行标准 正在执行
        current active valid effective inforce implemented ineffect confirmed reaffirmed
    """,
    "stage:published": "已发布 发布 已出版 published issued available",
    "stage:upcoming": """
        即将实施 未实施 尚未实施 待实施 即将生效 尚未生效 未生效 未来实施
        已发布未实施 已发布待实施 已发布尚未实施
        upcoming forthcoming notyetinforce notyeteffective tobeimplemented pending
    """,
    "stage:withdrawn": """
        废止 已废止 作废 已作废 失效 已失效 撤销 已撤销 废除 停用
        withdrawn abolished abolish repealed obsolete inactive invalid annulled historical
    """,
    "stage:superseded": """
        被代替 已被代替 被替代 已被替代 已代替 已替代 代替 被全部代替 被取代 superseded replaced
    """,
    "stage:development": """
        在研 制定中 修订中 制修订中 起草 正在起草 征求意见 征求意见稿 正在征求意见 审查 正在审查
        报批 报批稿 正在批准 草案 立项 已立项 draft underdevelopment inpreparation
    """,
    "stage:cancelled": "终止 已终止 项目终止 计划终止 cancelled canceled abandoned deleted",
}
_STAGES: Final = {word: stage for stage, words in _STATUSES.items() for word in words.split()}
_LAST_FIRST: Final = (
    *("stage:superseded", "stage:withdrawn", "stage:cancelled", "stage:upcoming"),
    *("stage:in-force", "stage:published", "stage:development"),
)
"""The stages from the last of a document's life to the first."""
_STATUS_SEPARATOR: Final = re.compile(r"[,;/、|]|\s[-–—]\s")
_STATUS_NOTE: Final = re.compile(r"[(\[【].*[)\]】]")
_FOLDED: Final = re.compile(r"[\W_]+")

_KINDS: Final = (
    (
        # Neither a denial (非强制, non-mandatory) nor parts only (条文强制).
        re.compile(
            r"(?<![非不分文])(?:强制|强标)|(?<!not )(?<!non)(?<!non-)(?:mandatory|compulsory)",
            re.IGNORECASE,
        ),
        "mandate:mandatory",
    ),
    (
        re.compile(r"(?<![非不])推荐|推标|(?<!not )recommended|voluntary", re.IGNORECASE),
        "mandate:recommended",
    ),
    (re.compile("国家标准|国标|^national", re.IGNORECASE), "scope:national"),
    (re.compile("行业标准|行标|^(?:sector|industry|professional)", re.IGNORECASE), "scope:sector"),
    (re.compile("地方标准|地标|^(?:local|provincial)", re.IGNORECASE), "scope:local"),
    (re.compile("团体标准|团标|^(?:group|association|social)", re.IGNORECASE), "scope:group"),
    (re.compile("企业标准|企标|^enterprise", re.IGNORECASE), "scope:enterprise"),
    (re.compile("国际标准|^international", re.IGNORECASE), "scope:international"),
)
_MANDATE: Final = re.compile(
    "强制|强标|推荐|推标|指导|mandatory|compulsory|recommended|voluntary|guidance", re.IGNORECASE
)
_GUIDANCE: Final = re.compile("指导性技术文件|指导性|guidance", re.IGNORECASE)


@lru_cache(maxsize=1024)
def stage_of(text: str) -> str:
    """Return the stage that a status means; empty for a word that isn't known.

    Of several words, such as "withdrawn, superseded", the last of a document's life counts.

    >>> stage_of("现行"), stage_of("废止（2020年）"), stage_of("In force"), stage_of("有条件")
    ('stage:in-force', 'stage:withdrawn', 'stage:in-force', '')
    >>> stage_of("Current, Under Review"), stage_of("Withdrawn, Superseded")
    ('stage:in-force', 'stage:superseded')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    for each in (plain, _STATUS_NOTE.sub("", plain)):
        words = (each, *_STATUS_SEPARATOR.split(each))
        stages = {_STAGES.get(_FOLDED.sub("", word), "") for word in words}
        if found := next((stage for stage in _LAST_FIRST if stage in stages), ""):
            return found
    return "stage:superseded" if _REPLACED.match(_FOLDED.sub("", plain)) else ""


@lru_cache(maxsize=1024)
def kinds_of(text: str) -> tuple[str, ...]:
    """Return the concepts of the code lists of mandates and scopes that a kind names.

    >>> kinds_of("推荐性国家标准"), kinds_of("指导性技术文件"), kinds_of("方法")
    (('mandate:recommended', 'scope:national'), (), ())
    """
    plain = unicodedata.normalize("NFKC", text)
    return tuple(concept for pattern, concept in _KINDS if pattern.search(plain))


def is_kind(text: str) -> bool:
    """Return whether a text names a kind of standard, also one without a concept."""
    return bool(kinds_of(text)) or _GUIDANCE.search(text) is not None


def names_mandate(text: str) -> bool:
    """Return whether a text is about the mandate, also where it denies or restricts one.

    >>> names_mandate("条文强制"), names_mandate("基础标准")
    (True, False)
    """
    return _MANDATE.search(text) is not None
