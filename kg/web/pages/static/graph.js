// The canvas of the graph around a thing. Each kind of relation is a circle with its count first;
// choosing it adds some of the things behind it. What is placed stays where it is.

const canvas = document.getElementById('canvas');
const { iri: start, expand: address } = canvas.dataset;
const style = getComputedStyle(document.documentElement);
const color = (name) => style.getPropertyValue(`--${name}`).trim();
const SHAPES = {
  body: 'ellipse', organization: 'round-rectangle', people: 'pentagon', place: 'octagon',
  standard: 'rectangle', decision: 'diamond', event: 'star', reform: 'hexagon',
  document: 'rhomboid', figure: 'triangle', topic: 'tag',
};
const DISTANCE = 200;
const steps = [];

canvas.hidden = false;
const cy = window.cytoscape({
  container: document.getElementById('stage'),
  minZoom: 0.15,
  maxZoom: 2.5,
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
        'font-family': style.getPropertyValue('--sans').replace(/\s+/g, ' ').replaceAll("'", '"').trim(),
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
    { selector: 'node:selected', style: { 'border-width': 4, 'border-color': color('accent') } },
    {
      selector: 'edge',
      style: {
        width: 1.4,
        'line-color': color('edge'),
        'curve-style': 'straight',
      },
    },
  ],
});

async function ask(entity, key = '', from = 0) {
  const url = new URL(address, location.href);
  url.searchParams.set('entity', entity);
  if (key) url.searchParams.set('relation', key);
  if (from) url.searchParams.set('start', from);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// Places around a node, beginning away from what it hangs on.
function places(node, count, distance) {
  const parent = node.incomers('node')[0];
  const at = node.position();
  const away = parent ? Math.atan2(at.y - parent.position().y, at.x - parent.position().x) : 0;
  const spread = parent ? Math.min(Math.PI * 1.2, 0.5 * count) : 2 * Math.PI;
  const radius = Math.max(distance, (count * 95) / spread);
  return Array.from({ length: count }, (_, index) => {
    const share = parent ? (count === 1 ? 0 : index / (count - 1) - 0.5) : index / count;
    const angle = away + share * spread;
    return { x: at.x + radius * Math.cos(angle), y: at.y + radius * Math.sin(angle) };
  });
}

function add(elements) {
  const added = cy.add(elements);
  steps.push(added);
  document.getElementById('undo').disabled = steps.length < 2;
  cy.fit(undefined, 40);
}

async function showRelations(node) {
  if (node.data('known')) return;
  node.data('known', true);
  const { relations } = await ask(node.id());
  const at = places(node, relations.length, DISTANCE);
  add(
    relations.flatMap((each, index) => {
      const id = `${node.id()} ${each.key}`;
      return [
        {
          data: {
            id,
            key: each.key,
            of: node.id(),
            total: each.total,
            label: `${each.name}\n${each.total.toLocaleString()}`,
            from: 0,
          },
          position: at[index],
        },
        { data: { id: `${id} line`, source: node.id(), target: id } },
      ];
    }),
  );
}

async function showNeighbors(circle) {
  const { of, key, from, total } = circle.data();
  if (from >= total) return;
  const { neighbors } = await ask(of, key, from);
  circle.data('from', from + neighbors.length || total);
  const fresh = neighbors.filter((each) => cy.getElementById(each.iri).empty());
  const at = places(circle, fresh.length, 110);
  add([
    ...fresh.map((each, index) => ({ data: { id: each.iri, ...each }, position: at[index] })),
    ...neighbors.map((each) => ({
      data: { id: `${circle.id()} ${each.iri}`, source: circle.id(), target: each.iri },
    })),
  ]);
}

function tell(node) {
  const chosen = document.getElementById('chosen');
  chosen.replaceChildren();
  if (node.data('key')) return;
  const link = document.createElement('a');
  link.href = node.data('page');
  link.textContent = node.data('label');
  chosen.append(link);
  if (node.data('sentence')) {
    const sentence = document.createElement('p');
    sentence.className = 'small soft';
    sentence.textContent = node.data('sentence');
    chosen.append(sentence);
  }
}

cy.on('tap', 'node', ({ target }) => {
  tell(target);
  (target.data('key') ? showNeighbors(target) : showRelations(target)).catch((error) => {
    document.getElementById('chosen').textContent = error.message;
  });
});
document.getElementById('undo').addEventListener('click', () => {
  const removed = steps.pop();
  for (const node of removed.nodes()) {
    const [hub] = node.incomers('node');
    if (hub) hub.data(hub.data('key') ? { from: 0 } : { known: false });
  }
  removed.remove();
  document.getElementById('undo').disabled = steps.length < 2;
});
document.getElementById('fit').addEventListener('click', () => cy.fit(undefined, 40));
document.getElementById('png').addEventListener('click', () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(cy.png({ output: 'blob', full: true, scale: 2, bg: color('ground') }));
  link.download = 'graph.png';
  link.click();
});

const { node } = await ask(start);
cy.add({ data: { id: node.iri, ...node }, position: { x: 0, y: 0 } });
await showRelations(cy.getElementById(node.iri));
canvas.dataset.ready = 'true';
window.stdkgCanvas = cy;
