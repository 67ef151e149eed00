"""Resolve names to entities, and look up their labels, kinds and dates."""
