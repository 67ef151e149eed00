'use strict';
/* Node shapes as SVG, the same as Cytoscape's, and the swatches of the legend. */
{
  const SVG = 'http://www.w3.org/2000/svg';
  const around = (sides, turn, radius = 1) =>
    Array.from({ length: sides }, (_, index) => {
      const angle = 2 * Math.PI * (index / sides + turn);
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
  const star = around(5, -0.25).flatMap((corner, index) => [corner, around(5, -0.15, 0.6)[index]]);
  const CORNERS = {
    diamond: around(4, -0.25),
    hexagon: [
      [-1, 0],
      [-0.5, -1],
      [0.5, -1],
      [1, 0],
      [0.5, 1],
      [-0.5, 1],
    ],
    octagon: around(8, 1 / 16, 1.082),
    pentagon: around(5, -0.25, 1.05),
    rhomboid: [
      [-1, -1],
      [0.333, -1],
      [1, 1],
      [-0.333, 1],
    ],
    star: star.map(([x, y]) => [x * 1.05, y * 1.05]),
    tag: [
      [-1, -1],
      [0.25, -1],
      [1, 0],
      [0.25, 1],
      [-1, 1],
    ],
    triangle: [
      [0, -1],
      [1, 1],
      [-1, 1],
    ],
  };
  const round = (number) => Math.round(number * 100) / 100;

  const make = (name, attributes = {}, ...children) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) {
      made.setAttribute(key, typeof value === 'number' ? round(value) : value);
    }
    made.append(...children);
    return made;
  };

  /* A shape around a center; half is half its size. */
  const shape = (name, x, y, half, attributes) => {
    if (name === 'ellipse') return make('circle', { cx: x, cy: y, r: half, ...attributes });
    if (name in CORNERS) {
      const points = CORNERS[name].map(([a, b]) => `${round(x + a * half)},${round(y + b * half)}`);
      return make('polygon', { points: points.join(' '), ...attributes });
    }
    const rx = name === 'round-rectangle' ? half * 0.35 : 0;
    const box = { x: x - half, y: y - half, width: 2 * half, height: 2 * half, rx };
    return make('rect', { ...box, ...attributes });
  };

  /* The swatch of a group; CSS sets its fill, so that it follows the theme. */
  stdkg.swatch = (group) => {
    const { shape: name, light, dark } = stdkg.data.groups[group];
    const made = shape(name, 8, 8, 6.5, {});
    made.style.setProperty('--light', light);
    made.style.setProperty('--dark', dark);
    return make('svg', { class: 'swatch', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, made);
  };

  Object.assign(stdkg, { svgElement: make, svgShape: shape, round });
}
