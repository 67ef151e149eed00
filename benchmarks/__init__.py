"""Measure speed and memory, compared with the engine's limit and common alternatives."""
