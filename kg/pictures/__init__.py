"""Pictures of views: layout, SVG, PNG, and HTML pages that work offline."""
