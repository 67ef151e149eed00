"""Networks as GraphML, GEXF, Cytoscape JSON and CSV."""
