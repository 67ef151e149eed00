'use strict';
/* The network as cytoscape draws it: looks, labels, what is lit and what is dimmed. */
{
  const { data, byId, FONT } = stdkg;
  const INK = { light: '#1d2733', dark: '#e6ebf1' };
  const SOFT = { light: '#4f5b6a', dark: '#aab6c4' };
  const LINE = { light: '#a9b4c1', dark: '#56616f' };
  const PAPER = { light: '#ffffff', dark: '#171c24' };
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

  const style = () => [
    {
      selector: 'node',
      style: {
        width: (node) => sizeOf(indexOf(node)),
        height: (node) => sizeOf(indexOf(node)),
        shape: (node) => lookOf(indexOf(node)).shape,
        'background-color': (node) => lookOf(indexOf(node))[stdkg.theme],
        'border-width': () => 1.5 * scale,
        'border-color': now(PAPER),
        label: 'data(shown)',
        'text-valign': 'data(valign)',
        'text-halign': 'data(halign)',
        'text-margin-x': (node) => ({ left: -1, right: 1 })[node.data('halign')] * font * 0.25 || 0,
        'text-margin-y': (node) => ({ top: -1, bottom: 1 })[node.data('valign')] * font * 0.2 || 0,
        color: now(INK),
        'font-family': FONT,
        'font-size': () => font,
        'text-wrap': 'wrap',
        'text-max-width': '100000px',
        'text-outline-color': now(PAPER),
        'text-outline-width': () => font * 0.16,
        'text-outline-opacity': 0.9,
      },
    },
    {
      selector: 'edge',
      style: {
        width: () => 1.3 * scale,
        'line-color': now(LINE),
        'target-arrow-color': now(LINE),
        'target-arrow-shape': 'triangle',
        'arrow-scale': 0.85,
        'curve-style': 'bezier',
        'control-point-step-size': () => 34 * scale,
        'loop-direction': '-45deg',
        label: 'data(shown)',
        color: now(SOFT),
        'font-family': FONT,
        'font-size': () => font * 0.9,
        'text-wrap': 'wrap',
        'text-max-width': '100000px',
        'text-background-color': now(PAPER),
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
        color: now(INK),
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
        data: { id: nodeId(index), shown: '', valign: 'bottom', halign: 'center' },
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

  const SIDES = { bottom: ['bottom', 'center'], top: ['top', 'center'] };
  SIDES.right = ['center', 'right'];
  SIDES.left = ['center', 'left'];
  SIDES.center = ['center', 'center'];
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
        must: node.hasClass('chosen'),
      })),
      edges.map((edge) => ({
        id: edge.id(),
        ...edge.midpoint(),
        text: stdkg.of(data.edges[indexOf(edge)].name),
      })),
      font,
    );
    cy.batch(() => {
      for (const element of cy.elements().toArray()) {
        const { lines = [], side = 'bottom' } = shown.get(element.id()) || {};
        const [valign, halign] = SIDES[side];
        element.data({ shown: lines.join('\n'), valign, halign });
      }
    });
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

  const fit = () => {
    const shown = cy.elements().not('.gone');
    if (shown.nonempty()) cy.fit(shown, 56);
    // Sizes follow the zoom, and the zoom that fits follows the sizes: twice is near enough.
    measure(cy.zoom());
    cy.style().update();
    if (shown.nonempty()) cy.fit(shown, 56);
    if (cy.zoom() > 1.6) {
      cy.zoom(1.6);
      cy.center(shown);
    }
    refresh();
  };

  /* Bring an element into the middle if it is not in sight. */
  const show = (element) => {
    const box = element.renderedBoundingBox({ includeLabels: false });
    const [x, y] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2];
    const [w, h] = [cy.width(), cy.height()];
    if (x < w * 0.12 || y < h * 0.12 || x > w * 0.88 || y > h * 0.88) cy.center(element);
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
    colors: () => ({ ink: now(INK), soft: now(SOFT), line: now(LINE), paper: now(PAPER) }),
  };
}
