'use strict';
/* The current picture (filter, language, colors) as SVG. */
{
  const { svgElement: make, svgShape: shape, round } = stdkg;

  const lines = (shown, x, y, font, attributes) => {
    const rows = shown.split('\n').filter((line) => line);
    const spans = rows.map((row, index) => make('tspan', { x, dy: index ? font * 1.2 : 0 }, row));
    return make('text', { x, y, 'font-size': font, ...attributes }, ...spans);
  };

  const ANCHOR = { left: 'end', right: 'start', center: 'middle' };

  const node = (element, colors, font) => {
    const index = stdkg.indexOf(element);
    const { x, y } = element.position();
    const half = stdkg.sizeOf(index) / 2;
    const look = stdkg.lookOf(index);
    const { shown, valign, halign, dx, dy } = element.data();
    const height = shown.split('\n').length * font * 1.2;
    const top = { bottom: half, top: -half - height, center: -height / 2 }[valign] + dy;
    const beside = { left: -half, right: half, center: 0 }[halign] + dx;
    return make(
      'g',
      { class: 'node' },
      make('title', {}, stdkg.of(stdkg.data.nodes[index].label)),
      shape(look.shape, x, y, half, {
        fill: look[stdkg.theme],
        stroke: colors.paper,
        'stroke-width': 1.5,
      }),
      lines(shown, x + beside, y + top + font * 0.95, font, {
        'text-anchor': ANCHOR[halign],
        fill: colors.ink,
        stroke: colors.paper,
        'stroke-width': font * 0.25,
        'paint-order': 'stroke',
        'stroke-linejoin': 'round',
      }),
    );
  };

  const arrow = (from, to, fill) => {
    const turn = Math.atan2(to.y - from.y, to.x - from.x);
    const at = (back, aside) => {
      const x = to.x - back * Math.cos(turn) - aside * Math.sin(turn);
      const y = to.y - back * Math.sin(turn) + aside * Math.cos(turn);
      return `${round(x)},${round(y)}`;
    };
    return make('polygon', { points: [at(0, 0), at(9, 4), at(9, -4)].join(' '), fill });
  };

  const edge = (element, colors, font) => {
    const [start, end] = [element.sourceEndpoint(), element.targetEndpoint()];
    const bends = element.controlPoints() || [];
    const spot = ({ x, y }) => `${round(x)} ${round(y)}`;
    const mid = element.midpoint();
    let path = `M${spot(start)}`;
    bends.forEach((bend, index) => {
      const next = bends[index + 1];
      const stop = next ? { x: (bend.x + next.x) / 2, y: (bend.y + next.y) / 2 } : end;
      path += `Q${spot(bend)} ${spot(stop)}`;
    });
    if (!bends.length) path += `L${spot(end)}`;
    const about = stdkg.data.edges[stdkg.indexOf(element)];
    const ends = [about.source, about.target].map((n) => stdkg.of(stdkg.data.nodes[n].label));
    const shown = element.data('shown');
    return make(
      'g',
      { class: 'edge' },
      make('title', {}, `${ends[0]} – ${stdkg.lineName(stdkg.indexOf(element))} – ${ends[1]}`),
      make('path', {
        d: path,
        fill: 'none',
        stroke: colors.line,
        'stroke-width': 1.3,
        ...(about.planned ? { 'stroke-dasharray': '6 4' } : {}),
      }),
      ...(about.symmetric ? [] : [arrow(bends[bends.length - 1] || start, end, colors.line)]),
      lines(
        shown,
        mid.x,
        mid.y - (shown.split('\n').length * 1.2 - 1.7) * font * 0.45,
        font * 0.9,
        {
          'text-anchor': 'middle',
          fill: colors.soft,
          stroke: colors.paper,
          'stroke-width': font * 0.3,
          'paint-order': 'stroke',
        },
      ),
    );
  };

  /* The legend of the visible groups, in as many columns as fit, and its number of rows. */
  const legend = (shown, colors, left, top, width) => {
    const groups = new Set(shown.nodes().map((one) => stdkg.data.nodes[stdkg.indexOf(one)].group));
    const names = Object.keys(stdkg.data.groups).filter((group) => groups.has(group));
    const looks = names.map((group) => stdkg.data.groups[group]);
    const widest = Math.max(0, ...looks.map((look) => stdkg.widthOf(stdkg.of(look.name)) * 13));
    const step = widest + 44;
    const columns = Math.max(1, Math.floor((width + 24) / step));
    const marks = looks.map((look, index) => {
      const x = left + (index % columns) * step;
      const y = top + Math.floor(index / columns) * 22;
      return make(
        'g',
        { class: 'legend' },
        shape(look.shape, x + 7, y, 6.5, { fill: look[stdkg.theme] }),
        make(
          'text',
          { x: x + 20, y: y + 4.5, 'font-size': 13, fill: colors.ink },
          stdkg.of(look.name),
        ),
      );
    });
    return [marks, Math.ceil(marks.length / columns)];
  };

  /* The sources of the visible edges, most used first, in as many lines as they need. */
  const sources = (colors, left, top, width) => {
    const { data, kept, of, word } = stdkg;
    const uses = new Map();
    for (const { claims } of [...kept.edges].map((index) => data.edges[index])) {
      for (const proof of claims.flatMap((claim) => data.proofs[claim] || [])) {
        const name = of(proof.sourceName) || proof.source;
        uses.set(name, (uses.get(name) || 0) + 1);
      }
    }
    const names = [...uses.keys()].sort((a, b) => uses.get(b) - uses.get(a));
    if (!names.length) return [];
    const ends = names.map((_, index) => (index < names.length - 1 ? word('separator') : ''));
    const texts = names.map((name, index) => (index ? '' : word('sources')) + name + ends[index]);
    const rows = [''];
    for (const text of texts) {
      const last = rows.length - 1;
      if (rows[last] && stdkg.widthOf(rows[last] + text) * 12 > width) rows.push(text);
      else rows[last] += text;
    }
    const about = { class: 'source', 'font-size': 12, fill: colors.soft };
    return rows.map((row, index) => make('text', { x: left, y: top + index * 18, ...about }, row));
  };

  /* The current picture with title, legend and sources, as the text of an SVG file. */
  stdkg.svg = () => {
    const colors = stdkg.colors();
    const font = stdkg.fontSize();
    const title = stdkg.of(stdkg.data.title);
    const shown = stdkg.cy.elements().not('.gone');
    const box = shown.nonempty() ? shown.boundingBox() : { x1: 0, y1: 0, x2: 300, y2: 0, w: 300 };
    const [x, y, width] = [box.x1 - 28, box.y1 - 76, Math.max(box.w, 300) + 56];
    const [key, rows] = legend(shown, colors, x + 28, box.y2 + 44, width - 56);
    const below = box.y2 + 44 + rows * 22 + 12;
    const credits = sources(colors, x + 28, below, width - 56);
    const height = below + credits.length * 18 + 8 - y;
    const drawing = make(
      'svg',
      {
        viewBox: [x, y, width, height].map(round).join(' '),
        width,
        height,
        'font-family': stdkg.data.fonts,
        lang: document.documentElement.lang,
        role: 'img',
      },
      make('title', {}, title),
      make('desc', {}, stdkg.of(stdkg.data.description)),
      make('rect', { class: 'ground', x, y, width, height, fill: colors.paper }),
      make('text', { x: x + 28, y: y + 44, 'font-size': 22, fill: colors.ink }, title),
      ...shown.edges().map((element) => edge(element, colors, font)),
      ...shown.nodes().map((element) => node(element, colors, font)),
      ...key,
      ...credits,
    );
    return new XMLSerializer().serializeToString(drawing);
  };
}
