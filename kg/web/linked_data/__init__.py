"""Linked data: every IRI of the graph under the address of the server, and what the graph is."""
