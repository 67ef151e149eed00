// The canvas of graphs: its look, and what can be taken away from it. Shared by the page of the
// graph and the pictures of answers.

import { shapeElement } from './shapes.js';

const style = getComputedStyle(document.documentElement);
export const color = (name) => style.getPropertyValue(`--${name}`).trim();
const SHAPES = {
  body: 'ellipse', organization: 'round-rectangle', people: 'pentagon', place: 'octagon',
  standard: 'rectangle', decision: 'diamond', event: 'star', reform: 'hexagon',
  document: 'rhomboid', figure: 'triangle', topic: 'tag',
};
export const SANS = style.getPropertyValue('--sans').replace(/\s+/g, ' ').replaceAll("'", '"').trim();

export function createCanvas(container, options = {}) {
  return window.cytoscape({
    container,
    minZoom: 0.1,
    maxZoom: 2.5,
    ...options,
    style: [
      {
        selector: 'node',
        style: {
          'background-color': (node) => color(node.data('group')),
          shape: (node) => SHAPES[node.data('group')] ?? 'ellipse',
          width: 26,
          height: 26,
          label: (node) => node.data('label') ?? '',
          color: color('ink'),
          'font-size': 13,
          'font-family': SANS,
          'text-valign': 'bottom',
          'text-margin-y': 5,
          'text-wrap': 'wrap',
          'text-max-width': 150,
          'text-background-color': color('ground'),
          'text-background-opacity': 0.85,
          'text-background-padding': 2,
        },
      },
      {
        selector: 'node[key]',
        style: {
          shape: 'ellipse',
          'background-color': color('paper'),
          'border-width': 1.5,
          'border-color': color('edge'),
          width: (node) => 16 + 7 * Math.log10(node.data('total')),
          height: (node) => 16 + 7 * Math.log10(node.data('total')),
          color: color('soft'),
          'text-max-width': 120,
        },
      },
      { selector: 'node.pinned', style: { 'border-width': 3, 'border-color': color('mark-line') } },
      { selector: 'node:selected', style: { 'border-width': 4, 'border-color': color('accent') } },
      { selector: '.out', style: { display: 'none' } },
      {
        selector: 'edge',
        style: { width: 1.4, 'line-color': color('edge'), 'curve-style': 'straight' },
      },
      {
        selector: 'edge[label]',
        style: {
          'curve-style': 'bezier',
          label: 'data(label)',
          color: color('soft'),
          'font-size': 11,
          'font-family': SANS,
          'text-background-color': color('ground'),
          'text-background-opacity': 0.85,
          'target-arrow-shape': 'triangle',
          'target-arrow-color': color('edge'),
          'arrow-scale': 0.8,
          'min-zoomed-font-size': 8,
        },
      },
    ],
  });
}

export function save(content, name, type) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const escape = (text) =>
  String(text).replace(/[&<>"]/g, (each) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[each])
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');

// The engine's own ':visible' is that of the last frame drawn, before a filter that is set now.
function shown(elements) {
  const isOut = (node) => node.hasClass('out');
  return elements.filter((each) =>
    each.isNode() ? !isOut(each) : !isOut(each.source()) && !isOut(each.target()));
}

// What is seen, as things and the relations between them: circles of counts stand for the lines
// through them.
export function seen(cy) {
  const nodes = shown(cy.nodes()).filter((node) => !node.data('key'));
  const names = new Set(nodes.map((node) => node.id()));
  const edges = [];
  for (const edge of shown(cy.edges())) {
    const hub = edge.source();
    const { label, relation } = edge.data();
    if (hub.data('key')) {
      const of = hub.data('of');
      if (!names.has(of) || !names.has(edge.target().id())) continue;
      const [direction, property] = hub.data('key').split(' ');
      const ends = [of, edge.target().id()];
      if (direction === 'in') ends.reverse();
      edges.push({
        source: ends[0], target: ends[1], relation: property, label: hub.data('name'),
        planned: hub.data('key').endsWith(' planned'),
      });
    } else if (!edge.target().data('key') && names.has(hub.id())) {
      edges.push({ source: hub.id(), target: edge.target().id(), relation: relation ?? '', label: label ?? '' });
    }
  }
  return { nodes: nodes.map((node) => ({ ...node.data(), position: node.position() })), edges };
}

export function graphml(cy) {
  const { nodes, edges } = seen(cy);
  const keys = [
    ['label', 'node'], ['group', 'node'], ['x', 'node'], ['y', 'node'],
    ['relation', 'edge'], ['name', 'edge'], ['planned', 'edge'],
  ];
  const data = (key, value) => `<data key="${key}">${escape(value ?? '')}</data>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([key, of]) => {
      const type = { x: 'double', y: 'double', planned: 'boolean' }[key] ?? 'string';
      return `<key id="${key}" for="${of}" attr.name="${key}" attr.type="${type}"/>`;
    }),
    '<graph edgedefault="directed">',
    ...nodes.map(
      (each) =>
        `<node id="${escape(each.iri)}">${data('label', each.label)}${data('group', each.group)}` +
        `${data('x', each.position.x)}${data('y', each.position.y)}</node>`,
    ),
    ...edges.map(
      (each) =>
        `<edge source="${escape(each.source)}" target="${escape(each.target)}">` +
        `${data('relation', each.relation)}${data('name', each.label)}${data('planned', !!each.planned)}</edge>`,
    ),
    '</graph></graphml>',
    '',
  ].join('\n');
}

function shape(group, x, y, r) {
  const [element, about] = shapeElement(SHAPES[group] ?? 'ellipse', x, y, r);
  const attributes = Object.entries(about).map(([name, value]) => `${name}="${value}"`);
  return `<${element} ${attributes.join(' ')} fill="${color(group)}"/>`;
}

export function svg(cy) {
  const box = shown(cy.elements()).boundingBox();
  const pad = 24;
  const lines = shown(cy.edges()).map((edge) => {
    const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
    return `<line x1="${from.x.toFixed(1)}" y1="${from.y.toFixed(1)}" x2="${to.x.toFixed(1)}" y2="${to.y.toFixed(1)}"/>`;
  });
  const marks = shown(cy.nodes()).map((node) => {
    const { x, y } = node.position();
    const r = node.width() / 2;
    const mark = node.data('key')
      ? `<circle cx="${x}" cy="${y}" r="${r}" fill="${color('paper')}" stroke="${color('edge')}"/>`
      : shape(node.data('group'), x, y, r);
    const words = (node.data('label') ?? '').split('\n');
    const label = words
      .map((text, at) => `<text x="${x}" y="${y + r + 16 + at * 15}">${escape(text)}</text>`)
      .join('');
    return node.data('page') ? `<a href="${escape(node.data('iri'))}">${mark}${label}</a>` : mark + label;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${(box.w + 2 * pad).toFixed(0)}" height="${(box.h + 2 * pad).toFixed(0)}"`,
    ` viewBox="${(box.x1 - pad).toFixed(1)} ${(box.y1 - pad).toFixed(1)} ${(box.w + 2 * pad).toFixed(1)} ${(box.h + 2 * pad).toFixed(1)}">`,
    `<rect x="${box.x1 - pad}" y="${box.y1 - pad}" width="${box.w + 2 * pad}" height="${box.h + 2 * pad}" fill="${color('ground')}"/>`,
    `<g stroke="${color('edge')}" stroke-width="1.4">${lines.join('')}</g>`,
    `<g font-family="sans-serif" font-size="13" text-anchor="middle" fill="${color('ink')}">${marks.join('')}</g>`,
    '</svg>',
    '',
  ].join('');
}

export function png(cy) {
  return cy.png({ output: 'blob', full: true, scale: 2, bg: color('ground') });
}
