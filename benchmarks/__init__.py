"""Measures speed and memory, beside the engine's own limit and what people use today."""
