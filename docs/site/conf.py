"""Settings of the documentation site (Sphinx): ``python -m sphinx -W -c docs/site . site``.

The pages are the Markdown files of the repository where they are, so that a link works on the site
and in the repository alike.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent.parent
sys.path[:0] = [str(ROOT), str(HERE)]

project = "stdkg"
release = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
author = "The stdkg founders"
project_copyright = "The stdkg founders. Code: MIT. Ontology and claims: CC BY 4.0."

extensions = ["myst_parser", "sphinx.ext.autodoc", "extension"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
root_doc = "README"
include_patterns = [
    "README*.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "benchmarks/README.md",
    "benchmarks/RESULTS.md",
    "docs/**.md",
    "docs/**.rst",
]
# Folders that are large or hold copies of the pages.
exclude_patterns = [".*", "build", "dist", "site", "node_modules", "kg", "tests"]

# Headings get the anchors that GitHub gives them.
myst_heading_anchors = 3

autodoc_member_order = "bysource"
python_use_unqualified_type_names = True
add_module_names = False

# Quotes and dashes stay as they are written: answers are compared with them.
smartquotes = False

html_theme = "furo"
html_title = f"stdkg {release}"
html_permalinks_icon = "#"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_additional_pages = {"index": "redirect.html"}
templates_path = ["templates"]
html_copy_source = False
html_show_sphinx = False
# Excerpts are fetched, which browsers refuse for pages opened from a file.
html_show_search_summary = False
html_search_language = "en-zh"
