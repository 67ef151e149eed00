"""The graph on a network: SPARQL over HTTP, and what protects it from its clients."""
