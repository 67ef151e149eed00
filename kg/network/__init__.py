"""A view of the graph as a network: nodes, edges, filters, NetworkX."""
