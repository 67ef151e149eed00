"""Pictures of views: layout, SVG, PNG, and a page that works without a network."""
