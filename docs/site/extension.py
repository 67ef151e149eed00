"""What the documentation site adds to Sphinx: navigation, the API page, search in Chinese."""

from __future__ import annotations

import re
from typing import Any, ClassVar, Final

from docutils import nodes
from pygments.lexers import get_lexer_by_name
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.search.en import SearchEnglish
from sphinx.util.docutils import SphinxDirective

import kg

CONTENTS: Final = {
    "README": {
        "Guide": [
            "/docs/data-model",
            "/docs/evidence",
            "/docs/your-article",
            "/docs/catalogues",
            "/docs/lists",
            "/docs/views",
            "/docs/validation",
            "/docs/asking",
            "/docs/sparql",
            "/docs/python-api",
            "/docs/changes",
            "/docs/as-of",
            "/docs/drafting",
            "/docs/scanning",
            "/docs/server",
            "/docs/endpoints",
            "/docs/scale",
            "/docs/explorer",
            "/docs/openrefine",
            "/docs/agents",
        ],
        "Reference": [
            "/docs/questions",
            "/docs/sentences",
            "/docs/ontology",
            "/docs/ontology-changes",
            "/docs/reference",
            "/docs/glossary",
        ],
        "Project": [
            "/docs/decisions/README",
            "Benchmarks </benchmarks/README>",
            "Benchmark results </benchmarks/RESULTS>",
            "/CONTRIBUTING",
            "/CHANGELOG",
        ],
        "中文": [
            "标准化知识图谱 </README.zh-CN>",
            "/docs/data-model.zh-CN",
            "/docs/evidence.zh-CN",
            "/docs/asking.zh-CN",
        ],
    },
    "docs/decisions/README": {"": ["*-*"]},
}
"""The navigation: for a page, the pages below it by caption."""

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TERM: Final = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+")
_IS_HAN: Final = re.compile(f"[{_HAN}]")


class SearchBilingual(SearchEnglish):
    """Words of English by their stems, Chinese by pairs of characters, without a dictionary."""

    lang = "en-zh"
    js_splitter_code = f"""
var splitQuery = (query) =>
  (query.match(/[{_HAN}]+|(?:(?![{_HAN}])[\\p{{L}}\\p{{N}}_])+/gu) ?? []).flatMap((term) =>
    /[{_HAN}]/u.test(term) && term.length > 1
      ? Array.from(term).slice(1).map((last, place) => term[place] + last)
      : [term]);
"""

    def split(self, input: str) -> list[str]:  # noqa: A002
        """Split a text into words and, for Chinese, into single characters and pairs."""
        words: list[str] = []
        for term in _TERM.findall(input):
            if _IS_HAN.match(term):
                words += term
                words += (term[place : place + 2] for place in range(len(term) - 1))
            else:
                words.append(term)
        return words


class PublicNames(SphinxDirective):
    """Documents the names that ``kg`` exports: the graph, the types of its answers, the errors."""

    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return the sections of the page."""
        sections: dict[str, list[str]] = {"The graph": [], "Types of answers": [], "Errors": []}
        # The base class of all errors first.
        for name in sorted(kg.__all__, key=lambda name: (name != "KgError", name)):
            value = getattr(kg, name)
            if not isinstance(value, type):
                continue
            if issubclass(value, Exception):
                directive, section = "autoexception", "Errors"
            else:
                directive = "autoclass"
                section = "The graph" if name == "KnowledgeGraph" else "Types of answers"
            options = [":members:", ":undoc-members:"]
            if section == "Errors":
                options.append(":show-inheritance:")
            sections[section].append("\n   ".join([f".. {directive}:: kg.{name}", *options, ""]))
        text = "\n".join(
            f"{title}\n{'-' * len(title)}\n\n" + "\n".join(directives)
            for title, directives in sections.items()
            if directives
        )
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def add_contents(app: Sphinx, docname: str, content: list[str]) -> None:
    """Append the tables of contents to the text of a page (event ``source-read``)."""
    for caption, pages in CONTENTS.get(docname, {}).items():
        options = [":hidden:", f":caption: {caption}" if caption else ":glob:"]
        content[0] += "\n".join(["\n\n```{toctree}", *options, "", *pages, "```\n"])


def set_language(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.Node | None
) -> None:
    """Say that a page is in Chinese, so that its glyphs are (event ``html-page-context``)."""
    if ".zh-" in pagename:
        context["language"] = "zh-CN"


def find_public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.reference | None:
    """Link a name from the module that defines it to the API page (event ``missing-reference``)."""
    name = node.get("reftarget", "").rpartition(".")[2]
    if node.get("refdomain") != "py" or name not in kg.__all__:
        return None
    return env.domains.python_domain.resolve_xref(
        env, node["refdoc"], app.builder, "class", f"kg.{name}", node, content
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the parts."""
    app.add_lexer("trig", type(get_lexer_by_name("turtle")))
    app.add_search_language(SearchBilingual)
    app.add_directive("public-names", PublicNames)
    app.connect("source-read", add_contents)
    app.connect("missing-reference", find_public_name)
    app.connect("html-page-context", set_language)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
