'use strict';
/* The visible part of the picture: labels, highlighting, panning and zooming. */
{
  const { data, byId, cy, indexOf, sizeOf, degree } = stdkg;
  const STEPS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  /* Edges are labeled above this zoom, in small networks (at most this many), or highlighted. */
  const CLOSE = 0.95;
  const FEW = 75;
  /* Height of the tools over the picture, in px. */
  const TOOLS = 36;
  /* With more nodes than this, labels wait until the picture stops moving. */
  const SLOW = 600;
  const place = byId('cy');
  const EVERYWHERE = { x1: -Infinity, y1: -Infinity, x2: Infinity, y2: Infinity };
  /* The nodes of highest degree, which are always labeled. */
  const hubs = new Set(
    data.nodes
      .map((_, index) => index)
      .filter((index) => degree[index] > 7)
      .sort((a, b) => degree[b] - degree[a])
      .slice(0, 15),
  );
  const weight = (node) =>
    (node.hasClass('chosen') ? 1e6 : 0) + (node.hasClass('lit') ? 1e3 : 0) + degree[indexOf(node)];

  /* all: whether to place labels outside the window too, as for a saved picture. */
  const label = (all) => {
    // Positions are final only after the first fit.
    if (!drawn) return;
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
    const named = dimmed || all || cy.zoom() > CLOSE || cy.edges().length < FEW;
    const edges = cy.edges().filter((edge) => named && candidate(edge) && inside(edge.midpoint()));
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
        text: stdkg.lineName(indexOf(edge)),
      })),
      stdkg.fontSize(),
      all ? EVERYWHERE : { ...extent, y2: extent.y2 - 34 / cy.zoom() },
    );
    cy.batch(() => {
      for (const element of cy.elements().toArray()) {
        const { lines = [], valign, halign, dx, dy } = shown.get(element.id()) || {};
        element.data('shown', lines.join('\n'));
        if (!valign) continue;
        // Cytoscape measures from the border of the node, the position from its center.
        const half = sizeOf(indexOf(element)) / 2;
        const { [halign]: x = 0, [valign]: y = 0 } = {
          left: half,
          right: -half,
          top: half,
          bottom: -half,
        };
        element.data({ valign, halign, dx: dx + x, dy: dy + y });
      }
    });
    // Cytoscape doesn't notice that margins in data move a label, and would clip it.
    cy.elements().dirtyBoundingBoxCache();
  };

  let waiting = 0;
  let drawn = '';
  const view = () => [cy.zoom(), cy.pan().x, cy.pan().y, cy.width(), cy.height()].join();
  const refresh = () => {
    drawn = view();
    stdkg.sizeFor(cy.zoom());
    label(false);
  };
  const soon = () => {
    clearTimeout(waiting);
    const act = () => view() !== drawn && refresh();
    waiting = setTimeout(act, data.nodes.length > SLOW ? 150 : 30);
  };
  cy.on('zoom pan resize', soon);
  cy.on('dragfree', refresh);

  /* Whether the whole picture is in the window, until the reader moves it. */
  let fitted = true;
  cy.on('dragpan pinchzoom', () => (fitted = false));
  cy.on('resize', () => fitted && drawn && fit());

  /* Cytoscape zooms by 3 % a notch; maps and D3 zoom by 15 %, towards the pointer. */
  const UNITS = [0.002, 0.05, 1];
  const wheel = (event) => {
    event.preventDefault();
    event.stopPropagation();
    fitted = false;
    const { left, top } = place.getBoundingClientRect();
    const steps = -event.deltaY * UNITS[event.deltaMode] * (event.ctrlKey ? 10 : 1);
    cy.zoom({
      level: cy.zoom() * 2 ** steps,
      renderedPosition: { x: event.clientX - left, y: event.clientY - top },
    });
  };
  // Captured before Cytoscape, which would zoom as well.
  place.parentElement.addEventListener('wheel', wheel, { capture: true, passive: false });

  /* Highlight an element with its neighbors and dim the rest; null resets both. */
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
  const get = (id) => (id === null ? null : stdkg.elementOf(id));

  /* Fit the centers of elements into the window, with a border for their labels. */
  const fill = (elements, most) => {
    const border = Math.min(90, cy.width() * 0.14);
    const { x1, y1, w, h } = frame(elements.nodes());
    const wide = (cy.width() - 2 * border) / Math.max(w, 1);
    const high = (cy.height() - 1.4 * border - TOOLS) / Math.max(h, 1);
    const zoom = Math.max(Math.min(wide, high, most), cy.minZoom());
    const pan = {
      x: cy.width() / 2 - (x1 + w / 2) * zoom,
      y: (cy.height() + TOOLS) / 2 - (y1 + h / 2) * zoom,
    };
    cy.viewport({ zoom, pan });
    refresh();
  };
  const fit = () => {
    const shown = cy.elements().not('.gone');
    if (shown.nonempty()) fill(shown, 1.6);
    fitted = true;
  };

  const frame = (nodes) => {
    const spots = nodes.map((node) => node.position());
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [x1, y1] = [Math.min(...xs), Math.min(...ys)];
    return { x1, y1, w: Math.max(...xs) - x1, h: Math.max(...ys) - y1 };
  };

  /* Transpose a wide picture in a tall window, and stretch it into unused room. */
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

  /* Scroll an element and its neighbors into view. */
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
    if (name in STEPS) {
      fitted = false;
      cy.panBy({ x: STEPS[name][0] * 60, y: STEPS[name][1] * 60 });
    } else if (name === '+' || name === '=') zoomBy(1.25);
    else if (name === '-' || name === '_') zoomBy(0.8);
    else if (name === '0') fit();
    else return;
    event.preventDefault();
  };
  const zoomBy = (factor) => {
    fitted = false;
    cy.zoom({
      level: cy.zoom() * factor,
      renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 },
    });
  };
  place.addEventListener('keydown', key);

  /* Draw a picture to be saved at its natural size, which has room for most labels. */
  stdkg.atOwnSize = (draw) => {
    cy.elements().removeClass('lit dim chosen');
    stdkg.sizeFor(1);
    label(true);
    try {
      return draw();
    } finally {
      stdkg.sizeFor(cy.zoom());
      light(null);
    }
  };

  stdkg.picture = {
    spread,
    fit,
    show,
    light: (id) => light(get(id)),
    choose: (id) => {
      chosen = get(id);
      // The panel has changed the room for the picture.
      if (fitted) fit();
      light(null);
      if (chosen) show(chosen);
    },
    zoomBy,
    refresh,
    restyle: () => {
      stdkg.restyle();
      refresh();
    },
    keep: (kept) => {
      cy.batch(() => {
        cy.nodes().forEach((node) => node.toggleClass('gone', !kept.nodes.has(indexOf(node))));
        cy.edges().forEach((edge) => edge.toggleClass('gone', !stdkg.alike(indexOf(edge)).length));
      });
      // Until it is measured, an edge that was hidden has no midpoint for its label.
      cy.elements().boundingBox();
      if (drawn) fit();
      light(null);
    },
  };
}
