"""Language tags of BCP 47 from codes of two or three letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_SHORT: Final = {
    "ara": "ar",
    "ces": "cs",
    "chi": "zh",
    "deu": "de",
    "eng": "en",
    "fas": "fa",
    "fra": "fr",
    "fre": "fr",
    "ger": "de",
    "hun": "hu",
    "ita": "it",
    "jpn": "ja",
    "kor": "ko",
    "nld": "nl",
    "per": "fa",
    "pol": "pl",
    "por": "pt",
    "ron": "ro",
    "rus": "ru",
    "slk": "sk",
    "spa": "es",
    "srp": "sr",
    "tur": "tr",
    "ukr": "uk",
    "vie": "vi",
    "zho": "zh",
}
"""ISO 639: BCP 47 wants two letters where there are two (RFC 5646, 2.2.1)."""

_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z\d]{2,8})*")
_SCRIPTS: Final = ("Hans", "Hant")


@lru_cache(maxsize=512)
def tag(code: str, script: str = "") -> str | None:
    """The tag of a language; None for what can be none. The script counts for Chinese only.

    >>> tag("eng"), tag("fr"), tag("zho", "Hans"), tag("English language")
    ('en', 'fr', 'zh-Hans', None)
    """
    short = _SHORT.get(code.lower(), code.lower() if code.isalpha() else code)
    if not _TAG.fullmatch(short):
        return None
    return f"{short}-{script}" if short == "zh" and script in _SCRIPTS else short
