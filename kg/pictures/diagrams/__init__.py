"""Networks as node-link diagrams: positions, routes of edges, SVG."""
