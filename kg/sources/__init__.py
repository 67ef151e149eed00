"""Readers of sources: articles, catalogues of documents and committees, and RDF files."""
