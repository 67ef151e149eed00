"""RDF files as sources: Turtle, TriG, N-Triples, N-Quads, RDF/XML, JSON-LD."""
