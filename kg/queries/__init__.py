"""Canned questions and views, read from ``queries/``, and metrics of networks."""
