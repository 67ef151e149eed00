"""Shared basics: namespaces, dates, bilingual texts, errors, files and worker processes."""
