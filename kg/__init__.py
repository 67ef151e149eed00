"""stdkg: a knowledge graph of standardization in which every edge opens its evidence."""
