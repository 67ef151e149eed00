'use strict';
/* The picture as it is now (filter, language, colors), written as SVG. */
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
      make('title', {}, `${ends[0]} – ${stdkg.of(about.name)} – ${ends[1]}`),
      make('path', {
        d: path,
        fill: 'none',
        stroke: colors.line,
        'stroke-width': 1.3,
        ...(about.planned ? { 'stroke-dasharray': '6 4' } : {}),
      }),
      arrow(bends[bends.length - 1] || start, end, colors.line),
      lines(shown, mid.x, mid.y - (shown.split('\n').length * 1.2 - 1.7) * font * 0.45, font * 0.9, {
        'text-anchor': 'middle',
        fill: colors.soft,
        stroke: colors.paper,
        'stroke-width': font * 0.3,
        'paint-order': 'stroke',
      }),
    );
  };

  /* What the picture shows now, as the text of an SVG file. */
  stdkg.svg = () => {
    const colors = stdkg.picture.colors();
    const font = stdkg.fontSize();
    const shown = stdkg.cy.elements().not('.gone');
    const box = shown.nonempty() ? shown.boundingBox() : { x1: 0, y1: 0, w: 300, h: 100 };
    const [x, y, width, height] = [box.x1 - 24, box.y1 - 24, box.w + 48, box.h + 48];
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
      make('title', {}, stdkg.of(stdkg.data.title)),
      make('desc', {}, stdkg.of(stdkg.data.description)),
      make('rect', { class: 'ground', x, y, width, height, fill: colors.paper }),
      ...shown.edges().map((element) => edge(element, colors, font)),
      ...shown.nodes().map((element) => node(element, colors, font)),
    );
    return new XMLSerializer().serializeToString(drawing);
  };
}
