"""A text in the two languages of the project, English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


def language(lang: str) -> Literal["en", "zh"]:
    """Return the language for a BCP 47 tag: ``zh`` for any kind of Chinese, otherwise ``en``.

    >>> language("zh-Hant"), language("de")
    ('zh', 'en')
    """
    return "zh" if lang.casefold().split("-")[0] == "zh" else "en"


@dataclass(frozen=True)
class Text:
    """A text in English and Chinese."""

    en: str
    zh: str

    def of(self, lang: str) -> str:
        """Return the Chinese text for ``zh`` and tags such as ``zh-Hans``, or else the English."""
        return self.zh if language(lang) == "zh" else self.en
