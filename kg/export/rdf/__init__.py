"""The graph as RDF, sorted, so that the same graph gives the same bytes."""
