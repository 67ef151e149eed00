"""A view of the graph as a NetworkX graph: edges, filters, selection."""
