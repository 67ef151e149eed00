"""Finds the entity that a name means, and what it is called, its kind and its dates."""
