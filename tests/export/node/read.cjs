// Opens graph files with the programs of others and says what it found, as JSON, by file name.
// node read.cjs FOLDER-OF-NODE_MODULES FILE...
"use strict";
const { readFileSync } = require("node:fs");
const { basename, extname } = require("node:path");
const { createRequire } = require("node:module");

const [modules, ...files] = process.argv.slice(2);
const load = createRequire(`${modules}/`);
const { MultiDirectedGraph } = load("graphology");
const gexf = load("graphology-gexf");
const graphml = load("graphology-graphml");
const cytoscape = load("cytoscape");

function graphology(graph) {
  return {
    nodes: Object.fromEntries(graph.mapNodes((id, about) => [id, about])),
    edges: graph.mapEdges((id, about, source, target) => ({ ...about, id, source, target })),
  };
}

const readers = {
  ".gexf": (text) => graphology(gexf.parse(MultiDirectedGraph, text)),
  ".graphml": (text) => graphology(graphml.parse(MultiDirectedGraph, text)),
  ".cytoscape": (text) => {
    const graph = cytoscape({ headless: true, layout: { name: "preset" }, ...JSON.parse(text) });
    return {
      data: graph.data(),
      nodes: Object.fromEntries(
        graph.nodes().map((node) => [node.id(), { ...node.data(), ...node.position() }]),
      ),
      edges: graph.edges().map((edge) => edge.data()),
    };
  },
};

const found = {};
for (const file of files) {
  found[basename(file)] = readers[extname(file)](readFileSync(file, "utf8"));
}
process.stdout.write(JSON.stringify(found));
