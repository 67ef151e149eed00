"""A text in the two languages of the project, English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


def language(lang: str) -> Literal["en", "zh"]:
    """The project's language for a language tag: ``zh`` for Chinese of any kind, else ``en``.

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
        """Return Chinese for ``zh`` and tags such as ``zh-Hans``, otherwise English."""
        return self.zh if language(lang) == "zh" else self.en
