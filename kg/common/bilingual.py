"""A text in both languages of the project."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A text in both languages."""

    en: str
    zh: str

    def of(self, lang: str) -> str:
        """Choose Chinese for ``zh`` and its kinds, else English."""
        return self.zh if lang.casefold().split("-")[0] == "zh" else self.en
