"""Canned questions and views, read from the files of ``queries/``, and the metrics they name."""
