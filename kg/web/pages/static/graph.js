// The canvas of the graph around a thing. Each kind of relation is a circle with its count first;
// choosing it adds some of the things behind it. What is placed stays where it is, and the address
// of the page says what was opened.

import { createCanvas, graphml, png, save, seen, svg } from './canvas.js';
import { jsonld, turtle } from './triples.js';

const canvas = document.getElementById('canvas');
const { iri: start, expand: address, path: pathAddress } = canvas.dataset;
const { words, groups, prefixes, lang } = JSON.parse(document.getElementById('words').textContent);
const DISTANCE = 200;
const NEAR = 110;
const OPEN = 'open';
const byId = (id) => document.getElementById(id);
let done = [];
let undone = [];
let from = null;
const off = { group: new Set(), relation: new Set() };

canvas.hidden = false;
const cy = createCanvas(byId('stage'));

async function ask(url, pairs) {
  const asked = new URL(url, location.href);
  for (const [name, value] of Object.entries(pairs)) if (value) asked.searchParams.set(name, value);
  const answer = await fetch(asked);
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? String(answer.status));
  return answer.json();
}

// Places around a node, beginning away from what it hangs on; those of a later ring lie outside.
function places(node, count, distance, ring = 0) {
  const parent = node.incomers('node')[0];
  const at = node.position();
  const away = parent ? Math.atan2(at.y - parent.position().y, at.x - parent.position().x) : 0;
  const spread = parent ? Math.min(Math.PI * 1.2, 0.5 * count) : 2 * Math.PI;
  const radius = Math.max(distance, (count * 95) / spread) * (1 + ring * 0.4);
  return Array.from({ length: count }, (_, index) => {
    const share = parent ? (count === 1 ? 0 : index / (count - 1) - 0.5) : index / count;
    const angle = away + share * spread;
    return { x: at.x + radius * Math.cos(angle), y: at.y + radius * Math.sin(angle) };
  });
}

// A step knows what it added, and what to set on the node that it began at, before and after it.
function step(opened, node, before, after, elements) {
  node?.data(after);
  done.push({ opened, node, before, after, added: cy.add(elements) });
  undone = [];
  refresh();
  cy.fit(undefined, 40);
}

function undo() {
  const last = done.pop();
  last.node?.data(last.before);
  last.removed = last.added.remove();
  undone.push(last);
  refresh();
}

function redo() {
  const next = undone.pop();
  next.removed.restore();
  next.node?.data(next.after);
  done.push(next);
  refresh();
}

async function showRelations(node) {
  if (node.data('known')) return;
  const { relations } = await ask(address, { entity: node.id() });
  const at = places(node, relations.length, DISTANCE);
  step(
    node.id(),
    node,
    { known: false },
    { known: true },
    relations.flatMap((each, index) => {
      const id = `${node.id()} ${each.key}`;
      const { key, name, total } = each;
      const label = `${name}\n${total.toLocaleString()}`;
      return [
        { data: { id, key, name, of: node.id(), total, label, from: 0 }, position: at[index] },
        { data: { id: `${id} line`, source: node.id(), target: id } },
      ];
    }),
  );
}

async function showNeighbors(circle) {
  const { of, key, from: first, total } = circle.data();
  if (first >= total) return;
  const { neighbors } = await ask(address, { entity: of, relation: key, start: first });
  const fresh = neighbors.filter((each) => cy.getElementById(each.iri).empty());
  const at = places(circle, fresh.length, NEAR, first / (neighbors.length || 1));
  step(
    `${of} ${key}`,
    circle,
    { from: first },
    { from: first + neighbors.length || total },
    [
      ...fresh.map((each, index) => ({ data: { id: each.iri, ...each }, position: at[index] })),
      ...neighbors
        .map((each) => ({ id: `${circle.id()} ${each.iri}`, source: circle.id(), target: each.iri }))
        .filter((each) => cy.getElementById(each.id).empty())
        .map((data) => ({ data })),
    ],
  );
}

// Takes away what hangs on a circle or a thing alone, and lets it be opened again.
function collapse(node) {
  const gone = node.successors().filter(
    (each) => each.isEdge() || each.incomers('edge').sources().every((s) => s.same(node) || node.successors().contains(s)),
  ).filter((each) => each.id() !== start);
  const before = node.data('key') ? { from: node.data('from') } : { known: true };
  const after = node.data('key') ? { from: 0 } : { known: false };
  const kept = done;
  node.data(after);
  const removed = gone.remove();
  done = [...kept, { opened: '', node, before, after, added: cy.collection(), collapsed: removed }];
  const last = done.at(-1);
  // Undoing it brings back what it took.
  last.added = { remove: () => (removed.restore(), { restore: () => removed.remove() }) };
  undone = [];
  refresh();
}

async function showPath(one, other) {
  const { nodes, edges, page } = await ask(pathAddress, { from: one.id(), to: other.id() });
  if (!edges.length) return say(words.noPath, page);
  const fresh = nodes.filter((each) => cy.getElementById(each.iri).empty());
  const [a, b] = [one.position(), other.position()];
  step('', null, {}, {}, [
    ...fresh.map((each, index) => {
      const share = (index + 1) / (fresh.length + 1);
      const bend = 70 * Math.sin(Math.PI * share);
      return {
        data: { id: each.iri, ...each },
        position: { x: a.x + (b.x - a.x) * share + bend, y: a.y + (b.y - a.y) * share - bend },
      };
    }),
    ...edges
      .map((each) => ({ data: { id: `path ${each.source} ${each.target}`, ...each, label: '' } }))
      .filter((each) => cy.getElementById(each.data.id).empty()),
  ]);
  say(edges.map((each) => each.sentence).join(words.then), page);
}

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

function say(text, page) {
  const chosen = byId('chosen');
  chosen.replaceChildren(element('p', text, { className: 'small' }));
  if (page) chosen.append(element('a', words.open, { href: page }));
}

function act(name, text, action) {
  const button = element('button', text, { type: 'button' });
  button.dataset.act = name;
  button.addEventListener('click', () => Promise.resolve(action()).catch((error) => say(error.message)));
  return button;
}

function tell(node) {
  const { key, of, name, total, from: shown, label, page, sentence, date, when } = node.data();
  const line = element('p', '', { className: 'actions' });
  if (key) {
    const list = new URL(cy.getElementById(of).data('page'), location.href);
    list.searchParams.set('relation', key);
    line.append(element('strong', `${name}: ${shown.toLocaleString()} / ${total.toLocaleString()}`));
    if (shown < total) line.append(act('more', words.more, () => showNeighbors(node)));
    if (shown) line.append(act('hide', words.hide, () => (collapse(node), tell(node))));
    line.append(element('a', words.list, { href: list.href }));
  } else {
    line.append(element('a', label, { href: page }));
    if (when || date) line.append(element('span', when || date, { className: 'soft small' }));
    const pinned = node.hasClass('pinned');
    line.append(
      act('pin', pinned ? words.unpin : words.pin, () => {
        node.toggleClass('pinned', !pinned);
        pinned ? node.unlock() : node.lock();
        tell(node);
      }),
    );
    if (node.data('known') && node.outgoers().nonempty()) {
      line.append(act('hide', words.hide, () => (collapse(node), tell(node))));
    }
    const other = from && from.inside() && !from.same(node) ? from : null;
    line.append(
      other
        ? act('path', words.to.replace('%s', other.data('label')), () => showPath(other, node))
        : act('from', words.from, () => ((from = node), say(words.pick))),
    );
  }
  byId('chosen').replaceChildren(line);
  if (sentence) byId('chosen').append(element('p', sentence, { className: 'small soft' }));
}

// Things outside of the period are left out; those without a date stay.
function within(node) {
  const [first, last] = ['since', 'until'].map((id) => byId(id).value.trim());
  const years = (node.data('when') || node.data('date') || '').match(/\d{4}/g);
  if (!years || node.id() === start) return true;
  return !(first && years.at(-1) < first) && !(last && years[0] > last);
}

function filter() {
  cy.batch(() => {
    for (const node of cy.nodes()) {
      const { key, group, name } = node.data();
      const hidden = key ? off.relation.has(name) : off.group.has(group) || !within(node);
      node.toggleClass('out', hidden && node.id() !== start);
    }
    // What hangs on hidden circles alone is hidden with them.
    for (const node of cy.nodes()) {
      const hubs = node.incomers('node');
      if (hubs.nonempty() && hubs.every((hub) => hub.hasClass('out'))) node.addClass('out');
    }
  });
}

function choices(kind, values) {
  const box = byId(`filter-${kind}`);
  box.replaceChildren(
    ...values.map(([value, text]) => {
      const label = document.createElement('label');
      const tick = Object.assign(document.createElement('input'), {
        type: 'checkbox', checked: !off[kind].has(value),
      });
      tick.addEventListener('change', () => {
        off[kind][tick.checked ? 'delete' : 'add'](value);
        filter();
        table();
      });
      label.append(tick, ` ${text}`);
      return label;
    }),
  );
}

function table() {
  const { edges } = seen(cy);
  const name = (iri) => {
    const { label, page } = cy.getElementById(iri).data();
    return element('a', label, { href: page });
  };
  byId('seen-count').textContent = edges.length.toLocaleString();
  byId('seen').replaceChildren(
    ...edges.slice(0, 500).map((each) => {
      const row = document.createElement('tr');
      for (const content of [name(each.source), each.label, name(each.target)]) {
        const cell = document.createElement('td');
        cell.append(content);
        row.append(cell);
      }
      return row;
    }),
  );
  byId('seen-part').hidden = !edges.length;
}

function refresh() {
  byId('undo').disabled = done.length < 2;
  byId('redo').disabled = !undone.length;
  const things = cy.nodes().filter((node) => !node.data('key'));
  const present = new Set(things.map((node) => node.data('group')));
  choices('group', Object.entries(groups).filter(([key]) => present.has(key)));
  const names = new Set(cy.nodes('[key]').map((node) => node.data('name')));
  choices('relation', [...names].sort((a, b) => a.localeCompare(b, lang)).map((each) => [each, each]));
  filter();
  table();
  const url = new URL(location.href);
  url.searchParams.delete(OPEN);
  if (done.every((each) => each.opened || !each.added.length)) {
    for (const { opened } of done.slice(1)) if (opened) url.searchParams.append(OPEN, opened);
  }
  history.replaceState(null, '', url);
}

async function open(steps) {
  for (const each of steps) {
    const node = cy.getElementById(each);
    if (node.empty()) continue;
    await (node.data('key') ? showNeighbors(node) : showRelations(node));
  }
}

cy.on('tap', 'node', ({ target }) => {
  const opening = target.data('key') ? showNeighbors(target) : showRelations(target);
  opening.then(() => tell(target), (error) => say(error.message));
});
byId('undo').addEventListener('click', undo);
byId('redo').addEventListener('click', redo);
byId('fit').addEventListener('click', () => cy.fit(undefined, 40));
byId('arrange').addEventListener('click', () => {
  cy.layout({
    name: 'cose', animate: false, randomize: false, nodeDimensionsIncludeLabels: true,
    idealEdgeLength: 90, nodeRepulsion: 60000, padding: 40,
  }).run();
});
for (const id of ['since', 'until']) byId(id).addEventListener('input', () => (filter(), table()));
const writers = {
  png: [() => png(cy), ''],
  svg: [() => svg(cy), 'image/svg+xml'],
  graphml: [() => graphml(cy), 'application/xml'],
  ttl: [() => turtle(seen(cy), prefixes, lang), 'text/turtle'],
  jsonld: [() => jsonld(seen(cy), prefixes, lang), 'application/ld+json'],
};
for (const button of canvas.querySelectorAll('[data-save]')) {
  const [write, type] = writers[button.dataset.save];
  button.addEventListener('click', () => save(write(), `graph.${button.dataset.save}`, type));
}

const asked = new URL(location.href).searchParams.getAll(OPEN).slice(0, 40);
const { node } = await ask(address, { entity: start });
cy.add({ data: { id: node.iri, ...node }, position: { x: 0, y: 0 } });
await showRelations(cy.getElementById(node.iri));
await open(asked);
canvas.dataset.ready = 'true';
window.stdkgCanvas = cy;
