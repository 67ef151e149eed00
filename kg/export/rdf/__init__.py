"""The graph as RDF, sorted: the same graph gives the same bytes."""
