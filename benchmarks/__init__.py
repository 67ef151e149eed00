"""How fast, and how large: each figure beside the engine's own limit and what people use today."""
