'use strict';
/* The network in Cytoscape: sizes, colors, shapes, lines. */
{
  const { data, byId } = stdkg;
  // Cytoscape rejects single quotes here.
  const FONT = data.fonts.replaceAll("'", '"');
  const ACCENT = { light: '#1559b7', dark: '#8fc1ff' };

  const place = byId('cy');
  const degree = data.nodes.map(() => 0);
  for (const { source, target } of data.edges) {
    degree[source] += 1;
    degree[target] += 1;
  }
  /* The edges that share a line, by the first of them. */
  const lines = new Map();
  data.edges.forEach(({ line }, index) => {
    if (!lines.has(line)) lines.set(line, []);
    lines.get(line).push(index);
  });
  const nodeId = (index) => `n${index}`;
  const edgeId = (index) => `e${index}`;
  const indexOf = (element) => Number(element.id().slice(1));

  /* Nodes and text scale less than distances do, so that they stay legible at any zoom. */
  let scale = 1;
  let font = 12;
  const measure = (zoom) => {
    scale = zoom ** -0.55;
    font = Math.min(Math.max(13 * zoom ** 0.3, 11.5), 19) / zoom;
  };
  /* A group of entities is larger by the order of magnitude of their number. */
  const sizeOf = (index) =>
    (20 + 5.5 * Math.sqrt(degree[index]) + 7 * Math.log10(data.nodes[index].count)) * scale;
  const lookOf = (index) => data.groups[data.nodes[index].group];
  const now = (colors) => colors[stdkg.theme];
  const ground = () => data.ground[stdkg.theme];

  const style = () => [
    {
      selector: 'node',
      style: {
        width: (node) => sizeOf(indexOf(node)),
        height: (node) => sizeOf(indexOf(node)),
        shape: (node) => lookOf(indexOf(node)).shape,
        'background-color': (node) => lookOf(indexOf(node))[stdkg.theme],
        'border-width': () => 1.5 * scale,
        'border-color': ground().paper,
        label: 'data(shown)',
        'text-valign': 'data(valign)',
        'text-halign': 'data(halign)',
        'text-margin-x': 'data(dx)',
        'text-margin-y': 'data(dy)',
        'line-height': 1.2,
        color: ground().ink,
        'font-family': FONT,
        'font-size': () => font,
        'text-wrap': 'wrap',
        'text-max-width': '100000px',
        'text-outline-color': ground().paper,
        'text-outline-width': () => font * 0.16,
        'text-outline-opacity': 0.9,
      },
    },
    {
      selector: 'edge',
      style: {
        width: () => 1.3 * scale,
        'line-color': ground().line,
        'target-arrow-color': ground().line,
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.85,
        'curve-style': 'bezier',
        'control-point-step-size': () => 34 * scale,
        'loop-direction': '-45deg',
        label: 'data(shown)',
        color: ground().soft,
        'font-family': FONT,
        'font-size': () => font * 0.9,
        'text-wrap': 'wrap',
        'text-max-width': '100000px',
        'line-height': 1.2,
        'text-background-color': ground().paper,
        'text-background-opacity': 0.88,
        'text-background-padding': () => font * 0.15,
      },
    },
    { selector: 'edge[planned = 1]', style: { 'line-style': 'dashed' } },
    { selector: 'edge[symmetric = 1]', style: { 'target-arrow-shape': 'none' } },
    { selector: '.gone', style: { display: 'none' } },
    { selector: '.dim', style: { opacity: 0.13 } },
    {
      selector: 'edge.lit',
      style: {
        width: () => 2 * scale,
        'line-color': now(ACCENT),
        'target-arrow-color': now(ACCENT),
        color: ground().ink,
        'z-index': 10,
      },
    },
    { selector: 'node.lit', style: { 'z-index': 11 } },
    {
      selector: 'node.chosen',
      style: { 'border-width': () => 4 * scale, 'border-color': now(ACCENT), 'z-index': 12 },
    },
  ];

  const cy = cytoscape({
    container: place,
    elements: {
      nodes: data.nodes.map(({ x, y }, index) => ({
        data: { id: nodeId(index), shown: '', valign: 'bottom', halign: 'center', dx: 0, dy: 0 },
        position: { x, y },
      })),
      edges: [...lines.keys()].map((index) => {
        const { source, target, planned, symmetric } = data.edges[index];
        return {
          data: {
            id: edgeId(index),
            source: nodeId(source),
            target: nodeId(target),
            planned: planned ? 1 : 0,
            symmetric: symmetric ? 1 : 0,
            shown: '',
          },
        };
      }),
    },
    layout: { name: 'preset', fit: false },
    style: style(),
    minZoom: 0.05,
    maxZoom: 5,
    autoungrabify: false,
    boxSelectionEnabled: false,
    selectionType: 'single',
  });

  /* The edges of the line of an edge, those that the filter hides left out. */
  const alike = (index) =>
    lines.get(data.edges[index].line).filter((edge) => stdkg.kept.edges.has(edge));
  /* The relation of a line, with the number of its edges. */
  const lineName = (index) => {
    const counts = new Map();
    for (const edge of alike(index)) {
      const { name, count } = data.edges[edge];
      counts.set(stdkg.of(name), (counts.get(stdkg.of(name)) || 0) + count);
    }
    return [...counts]
      .map(([name, count]) => (count > 1 ? `${name} ×${stdkg.number(count)}` : name))
      .join(' · ');
  };
  /* The element of a node (n0, n1 …) or of an edge's line (e0, e1 …). */
  const elementOf = (id) =>
    cy.getElementById(id[0] === 'n' ? id : edgeId(data.edges[Number(id.slice(1))].line));

  Object.assign(stdkg, { cy, nodeId, edgeId, indexOf, sizeOf, degree, lookOf });
  Object.assign(stdkg, { alike, lineName, elementOf });
  stdkg.fontSize = () => font;
  stdkg.colors = ground;
  /* Redraw everything in the sizes of a zoom level. */
  stdkg.sizeFor = (zoom) => {
    measure(zoom);
    cy.style().update();
  };
  stdkg.restyle = () => cy.style().fromJson(style()).update();
}
