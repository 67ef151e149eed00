'use strict';
/* The network as cytoscape draws it: looks, labels, what is lit and what is dimmed. */
{
  const { data, byId } = stdkg;
  // Cytoscape takes no single quotes here.
  const FONT = data.fonts.replaceAll("'", '"');
  const ACCENT = { light: '#1559b7', dark: '#8fc1ff' };
  const STEPS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const SLOW = 600;

  const place = byId('cy');
  const degree = data.nodes.map(() => 0);
  for (const { source, target } of data.edges) {
    degree[source] += 1;
    degree[target] += 1;
  }
  const nodeId = (index) => `n${index}`;
  const edgeId = (index) => `e${index}`;
  const indexOf = (element) => Number(element.id().slice(1));

  /* Sizes of the picture shrink and grow less than its distances, so that all of it is legible. */
  let scale = 1;
  let font = 12;
  const measure = (zoom) => {
    scale = zoom ** -0.55;
    font = Math.min(Math.max(13 * zoom ** 0.3, 11.5), 19) / zoom;
  };
  const sizeOf = (index) => (20 + 5.5 * Math.sqrt(degree[index])) * scale;
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
      edges: data.edges.map(({ source, target, planned }, index) => ({
        data: {
          id: edgeId(index),
          source: nodeId(source),
          target: nodeId(target),
          planned: planned ? 1 : 0,
          shown: '',
        },
      })),
    },
    layout: { name: 'preset' },
    style: style(),
    minZoom: 0.05,
    maxZoom: 5,
    autoungrabify: false,
    boxSelectionEnabled: false,
    selectionType: 'single',
  });

  const EVERYWHERE = { x1: -Infinity, y1: -Infinity, x2: Infinity, y2: Infinity };
  /* The things without whose names nobody would know what the picture is about. */
  const hubs = new Set(
    data.nodes
      .map((_, index) => index)
      .filter((index) => degree[index] > 7)
      .sort((a, b) => degree[b] - degree[a])
      .slice(0, 15),
  );
  const weight = (node) =>
    (node.hasClass('chosen') ? 1e6 : 0) + (node.hasClass('lit') ? 1e3 : 0) + degree[indexOf(node)];

  /* all: whether labels outside the window count too, as they do for a picture to be saved. */
  const label = (all) => {
    const extent = cy.extent();
    const inside = ({ x, y }) =>
      all || (x > extent.x1 && x < extent.x2 && y > extent.y1 && y < extent.y2);
    const dimmed = cy.elements('.lit').nonempty();
    const candidate = (element) => !element.hasClass('gone') && !element.hasClass('dim');
    const nodes = cy
      .nodes()
      .filter((node) => candidate(node) && inside(node.position()))
      .toArray()
      .sort((a, b) => weight(b) - weight(a));
    const edges = cy.edges().filter((edge) => {
      if (!candidate(edge) || !(dimmed || all || cy.zoom() > 0.95 || data.edges.length < 50)) return false;
      return inside(edge.midpoint());
    });
    const shown = stdkg.placeLabels(
      nodes.map((node) => ({
        id: node.id(),
        ...node.position(),
        size: sizeOf(indexOf(node)),
        text: stdkg.of(data.nodes[indexOf(node)].label),
        must: node.hasClass('chosen') || (!dimmed && hubs.has(indexOf(node))),
      })),
      edges.map((edge) => ({
        id: edge.id(),
        must: edge.hasClass('chosen'),
        ...edge.midpoint(),
        text: stdkg.of(data.edges[indexOf(edge)].name),
      })),
      font,
      all ? EVERYWHERE : { ...extent, y2: extent.y2 - 34 / cy.zoom() },
    );
    cy.batch(() => {
      for (const element of cy.elements().toArray()) {
        const { lines = [], valign, halign, dx, dy } = shown.get(element.id()) || {};
        // Cytoscape measures from the node's edge, which the place knows from its middle.
        const half = element.isNode() ? sizeOf(indexOf(element)) / 2 : 0;
        const out = { left: half, right: -half, top: half, bottom: -half };
        const offset = valign ? { valign, halign, dx: dx + (out[halign] || 0), dy: dy + (out[valign] || 0) } : {};
        element.data({ shown: lines.join('\n'), ...offset });
      }
    });
    // Cytoscape doesn't notice that margins from data move a label, and would cut it off.
    cy.elements().dirtyBoundingBoxCache();
  };

  let waiting = 0;
  const refresh = () => {
    measure(cy.zoom());
    cy.style().update();
    label(false);
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, data.nodes.length > SLOW ? 150 : 30);
  };
  cy.on('zoom pan resize', soon);
  cy.on('dragfree', soon);

  /* Light an element with its neighbors and dim the rest; nothing lit, nothing dimmed. */
  let chosen = null;
  const light = (element) => {
    const lit = element || chosen;
    cy.batch(() => {
      cy.elements().removeClass('lit dim chosen');
      if (!lit || lit.empty()) return;
      const near = lit.isNode() ? lit.closedNeighborhood() : lit.union(lit.connectedNodes());
      cy.elements().difference(near).addClass('dim');
      near.addClass('lit');
      lit.addClass('chosen');
    });
    label(false);
  };
  const get = (id) => (id === null ? null : cy.getElementById(id));

  /* Fill the window with the middles of elements; their labels find room in the border. */
  const fill = (elements, most) => {
    const border = Math.min(90, cy.width() * 0.14);
    const { x1, y1, w, h } = frame(elements.nodes());
    const wide = (cy.width() - 2 * border) / Math.max(w, 1);
    const high = (cy.height() - 1.4 * border) / Math.max(h, 1);
    const zoom = Math.max(Math.min(wide, high, most), cy.minZoom());
    const pan = { x: cy.width() / 2 - (x1 + w / 2) * zoom, y: cy.height() / 2 - (y1 + h / 2) * zoom };
    cy.viewport({ zoom, pan });
    refresh();
  };
  const fit = () => {
    const shown = cy.elements().not('.gone');
    if (shown.nonempty()) fill(shown, 1.6);
  };

  const frame = (nodes) => {
    const spots = nodes.map((node) => node.position());
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [x1, y1] = [Math.min(...xs), Math.min(...ys)];
    return { x1, y1, w: Math.max(...xs) - x1, h: Math.max(...ys) - y1 };
  };

  /* A wide picture in a tall window is laid on its side, and room that is left over is used. */
  const spread = () => {
    if (cy.nodes().length < 2) return;
    const [width, height] = [cy.width(), cy.height()];
    const turn = width < height * 0.85 && frame(cy.nodes()).w > frame(cy.nodes()).h;
    if (turn) cy.nodes().positions((node) => ({ x: node.position('y'), y: node.position('x') }));
    const { w, h } = frame(cy.nodes());
    const ratio = (width * h) / (height * Math.max(w, 1)) || 1;
    const across = Math.min(Math.max(ratio, 1), 1.5);
    const down = Math.min(Math.max(1 / ratio, 1), 1.5);
    cy.nodes().positions((node) => {
      const { x, y } = node.position();
      return { x: x * across, y: y * down };
    });
  };

  /* Bring an element and what it is joined to into sight, if it is not. */
  const show = (element) => {
    const near = element.isNode() ? element.closedNeighborhood() : element.connectedNodes();
    const part = near.not('.gone');
    const { x1, y1, x2, y2 } = part.renderedBoundingBox({ includeLabels: false });
    const [w, h] = [cy.width(), cy.height()];
    if (x1 > w * 0.08 && y1 > h * 0.08 && x2 < w * 0.92 && y2 < h * 0.92) return;
    if (x2 - x1 < w * 0.84 && y2 - y1 < h * 0.84) cy.center(part);
    else fill(part, cy.zoom());
  };

  const key = (event) => {
    const { key: name } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (name in STEPS) cy.panBy({ x: STEPS[name][0] * 60, y: STEPS[name][1] * 60 });
    else if (name === '+' || name === '=') zoomBy(1.25);
    else if (name === '-' || name === '_') zoomBy(0.8);
    else if (name === '0') fit();
    else return;
    event.preventDefault();
  };
  const zoomBy = (factor) =>
    cy.zoom({
      level: cy.zoom() * factor,
      renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 },
    });
  place.addEventListener('keydown', key);

  /* A picture to be saved is drawn at its own size, where there is room for most labels. */
  stdkg.atOwnSize = (draw) => {
    measure(1);
    cy.style().update();
    label(true);
    try {
      return draw();
    } finally {
      refresh();
    }
  };

  Object.assign(stdkg, { cy, nodeId, edgeId, indexOf, sizeOf, degree, lookOf });
  stdkg.fontSize = () => font;
  stdkg.picture = {
    spread,
    fit,
    show,
    light: (id) => light(get(id)),
    choose: (id) => {
      chosen = get(id);
      light(null);
      if (chosen) show(chosen);
    },
    zoomBy,
    refresh,
    restyle: () => {
      cy.style().fromJson(style()).update();
      refresh();
    },
    keep: (kept) => {
      cy.batch(() => {
        cy.nodes().forEach((node) => node.toggleClass('gone', !kept.nodes.has(indexOf(node))));
        cy.edges().forEach((edge) => edge.toggleClass('gone', !kept.edges.has(indexOf(edge))));
      });
      light(null);
    },
    colors: ground,
  };
}
