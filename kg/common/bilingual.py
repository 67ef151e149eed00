"""A text in the two languages of the project, English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A text in English and Chinese."""

    en: str
    zh: str

    def of(self, lang: str) -> str:
        """Return Chinese for ``zh`` and tags such as ``zh-Hans``, otherwise English."""
        return self.zh if lang.casefold().split("-")[0] == "zh" else self.en
