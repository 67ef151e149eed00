"""Networks as node-link diagrams: layout, edge routing, SVG."""
