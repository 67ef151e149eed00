"""Who reads a page: the language, and the addresses of other pages in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import quote, urlencode

from kg.common.bilingual import Text
from kg.common.namespaces import BASE

LANGUAGES: Final = {"en": "English", "zh": "中文"}
"""The languages of pages, each named in itself."""
HTML_LANGUAGES: Final = {"en": "en", "zh": "zh-Hans"}
LANGUAGE: Final = "lang"
"""The parameter that names the language."""
# Of a path (RFC 3986, 3.3), besides letters and digits.
_SAFE: Final = "/:@!$&'()*+,;=-._~"


@dataclass(frozen=True)
class Reader:
    """The language of a page, and where it is.

    ``chosen`` if the address names the language: links then name it too, so that a page that was
    sent to a colleague and all that it leads to keep their language.
    """

    lang: Literal["en", "zh"]
    chosen: bool
    path: str
    query: tuple[tuple[str, str], ...]

    def t(self, en: str, zh: str) -> str:
        """Return a text in the language of the reader."""
        return zh if self.lang == "zh" else en

    def of_text(self, text: Text) -> str:
        """Return a text in the language of the reader."""
        return text.of(self.lang)

    def url(self, path: str, **query: object) -> str:
        """Return the address of a page in the language of the reader."""
        return self._address(path, query.items(), self.lang if self.chosen else "")

    def here(self, **changes: object) -> str:
        """Return the address of this page with changed parameters; None removes one."""
        kept = [pair for pair in self.query if pair[0] not in changes]
        return self._address(self.path, [*kept, *changes.items()], self.lang if self.chosen else "")

    def in_language(self, lang: str) -> str:
        """Return the address of this page in a language."""
        return self._address(self.path, self.query, lang)

    def thing(self, iri: str, **query: object) -> str:
        """Return the address of the page of an entity."""
        if iri.startswith(BASE):
            return self.url("/show/" + iri.removeprefix(BASE), **query)
        return self.url("/show", name=iri, **query)

    def document(self, iri: str, suffix: str) -> str:
        """Return the address of the document about an entity, in the format of a suffix."""
        return f"/{quote(iri.removeprefix(BASE), safe=_SAFE)}.{suffix}"

    @property
    def kept(self) -> Mapping[str, str]:
        """What a form must send besides its own fields."""
        return {LANGUAGE: self.lang} if self.chosen else {}

    @staticmethod
    def _address(path: str, query: Iterable[tuple[str, object]], lang: str) -> str:
        pairs = [(name, str(value)) for name, value in query if value not in (None, "")]
        pairs += [(LANGUAGE, lang)] if lang else []
        return quote(path, safe=_SAFE) + (f"?{urlencode(pairs)}" if pairs else "")
