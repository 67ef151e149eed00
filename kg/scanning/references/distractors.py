"""Tell references from what only looks like one: order numbers, quantities, dates, addresses."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers import Designation
from kg.identifiers.bodies.chinese import Chinese
from kg.identifiers.bodies.european import European
from kg.identifiers.bodies.iso import Iso
from kg.scanning.references.designations import LETTER, Found
from kg.scanning.references.grades import is_grade

_ATTACHED: Final = re.compile(rf"{LETTER}[-_/.]$|[@#&=\\]$")
_ITEM_NUMBER: Final = re.compile(r"(?:^|[\s:：;；,，、。(（])\d{1,2}\.$")
"""The number of an item, behind which Chinese lists have no space."""
_GOES_ON: Final = re.compile(
    rf"{LETTER}|_(?={LETTER})|[-–/\\](?=[A-Z0-9])(?!\d+\.\d(?![\d.]))|\.\d|@|,\d{{2}}(?!\d)"
    rf"|['’]\d"
)
_FASTENER: Final = re.compile(r"[-–]\s?M\d|/[A-Z]\d{1,2}(?!\w)")
_OTHER_NUMBER: Final = re.compile(
    r"(?:"
    # Words for a number of something else, and words that need "no." behind them to be one.
    r"\b(?:invoices?|serial|lot|batch|ticket|account|order|tel|phone|fax|mobile|vat|iban|s/n|p/n"
    r"|po|sku|licen[cs]e|patent"
    r"|rechnung|auftrag|bestellung|telefon|téléphone|tél|facture|commande|brevet|télécopie)\.?\s*"
    r"(?:(?:no|nr|number|num|n°|nº|#|id|code)\b)?\s*[.:#№°]+"
    r"|\b(?:orders?|invoices?|purchase|contracts?|ref(?:erence)?|tickets?|serial|lot|batch|part"
    r"|item|stock|article"
    r"|model|type|catalog(?:ue)?|case|claim|job|quote|quotation|account|customer|phone|fax|vat"
    r"|postcode|licen[cs]e"
    r"|patent|flight|asset|commande|facture|référence|pièce|série|téléphone|contrat|client"
    r"|brevet|modèle)"
    r"\.?\s*(?:no|nr|numbers?|num|n°|nº|#|№|id|code)(?![a-z])\s*[.:#°]*"
    r"|(?:bestell|auftrags?|rechnungs?|artikel|teile?|serien|kunden|telefon|vertrags?|material"
    r"|patent|chargen)"
    r"[- ]?(?:nummer|nr)\.?\s*[:#]?"
    r"|(?:订单|合同|发票|手机|零件|序列|工单|物料|产品|专利|料|货|型|批|(?<!标准)编)(?:编码|编号|号码"
    r"|号)\s*(?:为|是)?[:：]?"
    r"|(?:电话|传真|邮编)(?:号码)?\s*(?:为|是)?[:：]?"
    r"|\b(?:p/n|s/n|sku)\s*[:#]?"
    r"|(?:postal code|zip(?: code)?|postcode|postleitzahl|plz|code postal"
    r"|邮政编码|郵便番号)\s*[:：]?"
    r"|(?:品番|型番|電話|FAX|(?:注文|請求書|部品|製造|契約|特許|発注|電話)番号)\s*(?:は|：|:)?"
    # Words for things with numbers, directly before one.
    r"|\b(?:tickets?|lots?|batch(?:es)?|invoices?|factures?|rechnung(?:en)?|charge)\s"
    r")\s*$",
    re.IGNORECASE,
)
_DOCUMENT_NUMBER: Final = re.compile(
    r"\b(?:doc(?:ument)?|dok(?:ument)?|drawing|zeichnungs?|dessin)[.-]?\s?(?:no|nr|number|nummer|n°)"
    r"\.?\s*:?\s*$",
    re.IGNORECASE,
)
_JOINED_BY_HYPHEN: Final = re.compile(r"[A-Z]+-\d")
_JOINED_WITH_LETTERS: Final = re.compile(r"(?:ISO|IEC)\d+[A-Z]{2,}")
_UNIT: Final = (
    r"(?:[kMGTµμmcdhn]?(?:Hz|Pa|bit|mol|Ω|bar|Wh|VA|bps|cd|lm|lx)|[kMGTµμmcdhn](?:m|g|l|L|V|W|A"
    r"|N|J|s|B|b|K)(?:[²³2]|/\w+)?"
    r"|mm|cm|km|kg|kN|Nm|rpm|ppm|dB|psi|ft|feet|foot|in|inch(?:es)?|lbs?|oz|mAh|MP|fps|px|dpi|pcs?"
    r"|%|‰|°[CF]?|€|\$|£|¥|EUR|USD|CNY|RMB|CHF|GBP|JPY)"
)
_COUNTED: Final = (
    r"(?:employees|staff|people|persons|members|companies|organi[sz]ations|pages|units|pieces"
    r"|items|"
    r"samples|tests|hours|days|weeks|months|years|minutes|seconds|euros?|dollars|copies|times"
    r"|points|"
    r"customers|suppliers|users|sites|countries|participants|words|characters|cycles|million"
    r"|billion|thousand|"
    r"mitarbeiter\w*|seiten|stück|tagen?|jahren?|stunden|personen|kunden|firmen|unternehmen|mal|"
    r"personnes|salariés|employés|pages|jours|ans|heures|pièces|entreprises|fois)\b"
)
MEASURED: Final = re.compile(
    r"-(?:bit|byte|year|page|pin|digit|day|hour|minute|fold|inch|foot|ft|mm|point|way|step|core)\b|"
    rf"[ \u00a0]?{_UNIT}(?!{LETTER}|['’])"
)
_COUNTERS: Final = re.compile(
    rf"[ \u00a0]{_COUNTED}|\s?(?:人(?!员)|名(?!称|单)|家(?!标准|族)|个(?!性)|個|件|页|頁"
    r"|ページ|元|円|年(?![版度])|月|日(?!本)|天|小时|時間|分钟|秒|次(?!性)"
    r"|台|套|只|公里|千米|毫米|万|億|亿|余|多)",
    re.IGNORECASE,
)
"""What stands behind a number that measures, and one that counts."""
_LETTER_UNIT: Final = re.compile(rf"[ \u00a0]?[mgslLVWh](?:[²³2]|/\w+)?(?!{LETTER}|['’]|[-–]\d)")
"""Units of one letter, which stand behind a number of up to three digits."""
_DIGITS_FOLLOW: Final = re.compile(
    r"[ \u00a0]\d{2,}(?![\d.]*\.\d)|[ \u00a0][A-Z]{4}[ \u00a0]?\d{4}"
)
_CUE: Final = re.compile(
    r"(?:standards?|norm(?:en|e|es|a)?|specifications?|eurocode|according to|accordance with"
    r"|conform\w* (?:to|with|à|a)"
    r"|compl\w+ with|per|see|nach|gemäß|laut|entsprechend|selon|suivant|conformément à(?: la)?"
    r"|vgl\.|siehe|voir"
    r"|标准|规范|按照?|依据|根据|符合|执行|见|参照|規格|準拠|適合|による|参照)\s*[:：(（]?\s*$",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WITH_ANY_NUMBER: Final = frozenset(
    [
        *("GOST", "ISO", "IEC", "IEEE", "DIN", "BS", "NEN", "UNE", "ANSI", "UL", "IRE", "CISPR"),
        *("ITU-R", "AS", "CNS", "IS", "PAS", "SIA", "UNI", "VDI"),
    ]
)
_SHORT_NAME: Final = re.compile(r"[A-Za-z].*\d|-")
_VERSION: Final = re.compile(r"\d{1,2}(?:\.\d+)?")
_MONTH_AND_DAY: Final = re.compile(r"(?:0\d|1[0-2])-[0-3]\d")
_TOLERANCE: Final = re.compile(rf"[-–][A-Z]{{1,2}}(?!{LETTER})")
_WORD_AS_PART: Final = re.compile(r"[A-Z]{3,}")
_HAN: Final = re.compile("[\u3400-\u9fff]")
_LISTED: Final = re.compile(r"(?:[A-Z]{2}(?:/[TZ])? ?|\.|[—-])\d+\s?(?:、|和|及|与|或|以及)\s?$")
_SECTOR: Final = 2
_THOUSANDS: Final = re.compile(r"[ \u00a0\u202f.,’']\d{3}(?!\d)")
_C: Final = frozenset(("C89", "C90", "C99", "C11"))
"""Names of the language C by year."""
_DIGITS_BEFORE: Final = re.compile(r"\d[ \u00a0]?$")
_BEFORE: Final = 40
"""Characters before a number in which words tell what it is."""
_SHORT: Final = 3
"""Digits of a number that could as well be a quantity."""


def is_reference(
    text: str, found: Found, *, after_reference: bool = False, goes_on: bool = False
) -> bool:
    """Return whether a designation in a text is one, and nothing that only has its form.

    ``after_reference`` tells that it follows another directly, from which a slash may part it, and
    ``goes_on`` that what follows directly is known to belong to another number.
    """
    before = text[max(0, found.start - _BEFORE) : found.start]
    after = text[found.end : found.end + _BEFORE]
    is_attached = _ATTACHED.search(before[-2:]) and not _ITEM_NUMBER.search(before)
    if is_attached and not after_reference:
        return False
    if not goes_on and _GOES_ON.match(text, found.end) and not _is_detail(found, after):
        return False
    if isinstance(found.designation, Iso) and any(
        map(_WORD_AS_PART.fullmatch, found.designation.parts)
    ):
        return False
    if _has_other_word(text, found, before) or _is_doubtful_sector(text, found):
        return False
    if not _is_bare(found.designation):
        return not _is_dated_number(found.designation, before)
    return not (_counts(found.designation, before, after) or is_grade(text, found)) and (
        _is_known_form(text, found)
    )


def _has_other_word(text: str, found: Found, before: str) -> bool:
    """Return whether the words before a number tell that it is one of something else."""
    word = _OTHER_NUMBER.search(before)
    if word and not _is_own_number(found.designation, word[0]):
        return True
    joined = _JOINED_BY_HYPHEN.match(text, found.start)
    if _JOINED_WITH_LETTERS.fullmatch(text, found.start, found.end):
        return True
    return joined is not None and _DOCUMENT_NUMBER.search(before) is not None


def _is_own_number(designation: Designation, word: str) -> bool:
    """Return whether a word is that for any number, and a number has a year: ``编号：``."""
    return word.startswith("编号") and designation.year is not None


def _is_detail(found: Found, after: str) -> bool:
    """Return whether what follows is the size of a screw or, in ISO 13920-BF, a tolerance."""
    is_iso = found.designation.publishers == ("ISO",)
    return bool(_FASTENER.match(after) or (is_iso and _TOLERANCE.match(after)))


def _counts(designation: Designation, before: str, after: str) -> bool:
    """Return whether a body and a number are a quantity: ``16 GB 2020``, ``EN 230 V``."""
    in_gigabytes = _in_gigabytes(designation, before) or (
        designation.publishers == ("GB",) and _DIGITS_FOLLOW.match(after) is not None
    )
    is_short = len(designation.number) <= _SHORT
    # Longer numbers aren't counts: ISO 9001 companies are certified ones.
    counts = is_short and any(each.match(after) for each in (_COUNTERS, _LETTER_UNIT, _THOUSANDS))
    return in_gigabytes or counts or bool(MEASURED.match(after))


def _is_bare(designation: Designation) -> bool:
    """Return whether it is a body and a number, without part, date or supplement."""
    d = designation
    return not (
        d.parts or d.year or d.edition or d.supplements or d.stage or d.aliases or d.variant
    )


def _is_dated_number(designation: Designation, before: str) -> bool:
    """Return whether a number is made of a year and a running number: ``ISO-2023-001``."""
    d = designation
    if isinstance(d, Iso | European) and len(d.publishers) == 1 and _YEAR.fullmatch(d.number):
        first = d.parts[0] if d.parts else ""
        if first[:1] == "0" or (len(d.parts) > 1 and _MONTH_AND_DAY.fullmatch("-".join(d.parts))):
            return True
        if d.publishers == ("EN",) and first and not d.year and not _CUE.search(before[-30:]):
            return not d.number.startswith("199")
    # An item of a list may begin with its number: 8 GB 5749-2006.
    is_told = bool(d.year) and not _YEAR.fullmatch(d.number)
    return isinstance(d, Chinese) and not is_told and _in_gigabytes(d, before)


def _in_gigabytes(designation: Designation, before: str) -> bool:
    """Return whether digits before a number of GB make it a unit; GB/T and GB/Z are none."""
    is_unit = designation.publishers == ("GB",) and not designation.type
    return is_unit and _DIGITS_BEFORE.search(before) is not None


def is_quantity(after: str) -> bool:
    """Return whether a number is counted or measured, by what stands behind it."""
    return bool(MEASURED.match(after) or _COUNTERS.match(after))


def _is_known_form(text: str, found: Found) -> bool:
    """Return whether a body and a number alone are enough to be sure."""
    d = found.designation
    body, number = d.publishers[0], d.number
    if body == "W3C":
        return _SHORT_NAME.search(number) is not None
    if d.publishers == ("EN",) and _in_capitals(text, found):
        return False
    return (
        bool(d.type)
        or not _is_doubtful(body, number)
        or bool(_CUE.search(text[max(0, found.start - _BEFORE) : found.start]))
    )


def _is_doubtful(body: str, number: str) -> bool:
    """Return whether a body and a number need a word that makes them a reference.

    ISO 9 and IEEE 2018 are more often a grade and a conference; but ISO 2022 is a code of
    characters, and the Eurocodes begin with EN 1990.
    """
    is_year = _YEAR.fullmatch(number) is not None
    if body == "EN":
        return len(number) < _SHORT or (is_year and not number.startswith("199"))
    if body == "ANSI" and number in _C:
        return True
    if body == "API":
        return _VERSION.fullmatch(number) is not None
    if body == "GB":
        return len(number) < _SHORT
    recent = is_year and "1989" < number < "2031" and number != "2022"
    return body in _WITH_ANY_NUMBER and (len(number) == 1 or recent)


def _is_doubtful_sector(text: str, found: Found) -> bool:
    """Return whether a sector's code and a number need more to be sure: ``HB 200`` is a hardness.

    In Chinese, four digits or a part are enough, where no unit follows; fewer digits need a word
    before that makes them a reference, or stand behind another in a list.
    """
    d = found.designation
    is_bare = isinstance(d, Chinese) and not (d.type or d.year or d.supplements)
    if not is_bare or len(d.publishers[0]) != _SECTOR or d.publishers == ("GB",):
        return False
    before = text[max(0, found.start - _BEFORE) : found.start]
    if _CUE.search(before) or _LISTED.search(before):
        return False
    after = text[found.end : found.end + _BEFORE]
    is_long = d.number.isdigit() and (len(d.number) > _SHORT or bool(d.parts))
    return not (is_long and _HAN.search(before + after) and not MEASURED.match(after))


def _in_capitals(text: str, found: Found) -> bool:
    """Return whether the words around are all in capitals, where EN is the French preposition."""
    near = text[max(0, found.start - 25) : found.start] + " " + text[found.end : found.end + 25]
    words = re.findall(r"[^\W\d_]{3,}", near)
    return len(words) > 1 and all(word.isupper() for word in words)
