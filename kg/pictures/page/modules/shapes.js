// Shapes of nodes, the same as Cytoscape's, for pictures that are saved and for legends. The pages
// of the server import this module; offline pages carry it.

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

export const round = (number) => Math.round(number * 100) / 100;

/* The SVG element of a shape around a center, and its attributes; half is half its size. */
export const shapeElement = (name, x, y, half) => {
  if (name === 'ellipse') return ['circle', { cx: round(x), cy: round(y), r: round(half) }];
  if (name in CORNERS) {
    const points = CORNERS[name].map(([a, b]) => `${round(x + a * half)},${round(y + b * half)}`);
    return ['polygon', { points: points.join(' ') }];
  }
  const rx = round(name === 'round-rectangle' ? half * 0.35 : 0);
  const side = round(2 * half);
  return ['rect', { x: round(x - half), y: round(y - half), width: side, height: side, rx }];
};
