"""Networks in the formats of network tools: GraphML, GEXF, Cytoscape JSON, CSV."""
