// Everything in one picture, by WebGL: who makes standards, where, and in which fields. The server
// has placed all things in nested circles; the table below the picture lists the same. The address
// of the page says what is chosen and which lines are drawn.

import { color, SANS } from './canvas.js';

const MOVE = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 400;
const CHOSEN = 'thing';
const LINES = 'lines';

function drawsWebgl() {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return Boolean(context);
}

// In turn: the second needs the first. Without WebGL they would fail, and are not asked for.
async function load(addresses) {
  for (const src of addresses) {
    await new Promise((done, fail) => {
      const script = Object.assign(document.createElement('script'), { src, onload: done, onerror: fail });
      document.head.append(script);
    });
  }
}

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

async function start() {
  const canvas = document.getElementById('everything');
  if (!canvas || canvas.dataset.ready) return;
  canvas.dataset.ready = 'started';
  if (!drawsWebgl()) {
    document.getElementById('everything-lacks').hidden = false;
    return;
  }
  const { address, scripts } = canvas.dataset;
  const [answer] = await Promise.all([fetch(address), load(scripts.split(' '))]);
  if (answer.ok) draw(canvas, await answer.json());
}

// Sigma's own labels of what the pointer is on are white boxes, in dark pages too.
function drawLabel(context, { x, y, size, label }, settings) {
  if (!label) return;
  context.font = `600 ${settings.labelSize}px ${settings.labelFont}`;
  const width = context.measureText(label).width + 12;
  const left = Math.min(x + size + 4, context.canvas.clientWidth - width - 4);
  context.fillStyle = color('paper');
  context.strokeStyle = color('edge');
  context.beginPath();
  context.roundRect(Math.max(4, left), y - 12, width, 24, 5);
  context.fill();
  context.stroke();
  context.fillStyle = color('ink');
  context.fillText(label, Math.max(4, left) + 6, y + settings.labelSize / 3);
}

function draw(canvas, data) {
  canvas.hidden = false;
  const stage = document.getElementById('everything-stage');
  const graph = new window.graphology.MultiGraph();
  const palette = data.groups.map(color);
  const named = new Set(data.circles.map((each) => each.name));
  data.iri.forEach((iri, at) => {
    graph.addNode(iri, {
      x: data.x[at], y: -data.y[at], size: data.size[at],
      // The name of a circle stands over it.
      label: named.has(data.label[at]) ? null : data.label[at],
      color: palette[data.group[at]], documents: data.documents[at], zIndex: 1,
    });
  });
  for (const [kind, ends] of Object.entries(data.lines)) {
    for (let at = 0; at < ends.length; at += 2) {
      graph.addEdge(data.iri[ends[at]], data.iri[ends[at + 1]], { kind, size: 0.01 });
    }
  }

  const address = new URL(location.href);
  const ticks = [...canvas.querySelectorAll('[data-lines]')];
  const asked = address.searchParams.get(LINES);
  if (asked !== null) for (const tick of ticks) tick.checked = asked.split(' ').includes(tick.dataset.lines);
  let shown = new Set();
  let chosen = null;
  let near = new Set();
  const [faint, strong, still] = [color('line'), color('accent'), color('line')];

  const sigma = new window.Sigma(graph, stage, {
    itemSizesReference: 'positions',
    zoomToSizeRatioFunction: (ratio) => ratio,
    zIndex: true,
    // Lines stay thin however near one is.
    minEdgeThickness: 1.1,
    labelFont: SANS,
    labelSize: 13,
    labelColor: { color: color('ink') },
    labelDensity: 0.6,
    labelRenderedSizeThreshold: 9,
    defaultDrawNodeHover: drawLabel,
    minCameraRatio: 0.01,
    maxCameraRatio: 1.6,
    stagePadding: 16,
    nodeReducer: (node, about) => {
      if (!chosen) return about;
      if (node === chosen) return { ...about, highlighted: true, zIndex: 3 };
      return near.has(node) ? { ...about, zIndex: 2 } : { ...about, color: still, label: null };
    },
    edgeReducer: (edge, about) => {
      const own = chosen !== null && graph.hasExtremity(edge, chosen);
      if (chosen === null ? !shown.has(about.kind) : !own) return { ...about, hidden: true };
      return { ...about, color: own ? strong : faint, zIndex: own ? 1 : 0 };
    },
  });

  // The names of the circles stand over them, so that they need no point of the picture.
  const names = data.circles.map((each) => {
    const name = element('span', each.name, { className: 'circle-name' });
    name.setAttribute('aria-hidden', 'true');
    stage.append(name);
    return name;
  });
  const placeNames = () => {
    const taken = [];
    const order = data.circles.map((_, at) => at).sort((a, b) => data.circles[b].r - data.circles[a].r);
    for (const at of order) {
      const { x, y, r } = data.circles[at];
      const top = sigma.graphToViewport({ x, y: -y + r });
      const middle = sigma.graphToViewport({ x, y: -y });
      const radius = middle.y - top.y;
      const [width, height] = [names[at].offsetWidth, names[at].offsetHeight];
      const box = { x1: top.x - width / 2, x2: top.x + width / 2, y1: top.y - height / 2, y2: top.y + height / 2 };
      const meets = taken.some((o) => box.x1 < o.x2 && o.x1 < box.x2 && box.y1 < o.y2 && o.y1 < box.y2);
      const fits = radius > 22 && !meets && box.x1 > 0 && box.x2 < stage.clientWidth;
      names[at].style.visibility = fits ? 'visible' : 'hidden';
      names[at].style.transform = `translate(${box.x1}px, ${box.y1}px)`;
      if (fits) taken.push(box);
    }
  };
  sigma.createCanvasContext('circles', { beforeLayer: 'edges' });
  sigma.resize(true);
  const ground = stage.querySelector('.sigma-circles').getContext('2d');
  const drawCircles = () => {
    ground.clearRect(0, 0, stage.clientWidth, stage.clientHeight);
    [ground.fillStyle, ground.strokeStyle] = [color('paper'), color('line')];
    for (const { x, y, r } of data.circles) {
      const middle = sigma.graphToViewport({ x, y: -y });
      const edge = sigma.graphToViewport({ x: x + r, y: -y });
      ground.beginPath();
      ground.arc(middle.x, middle.y, Math.hypot(edge.x - middle.x, edge.y - middle.y), 0, 2 * Math.PI);
      ground.fill();
      ground.stroke();
    }
  };
  sigma.on('afterRender', () => (drawCircles(), placeNames()));

  const about = document.getElementById('everything-chosen');
  const hint = [...about.childNodes];
  const tell = (node) => {
    if (!node) return about.replaceChildren(...hint);
    const { documents } = graph.getNodeAttributes(node);
    const label = data.label[data.iri.indexOf(node)];
    const line = document.createElement('p');
    line.className = 'actions';
    line.append(
      element('a', label, { href: canvas.dataset.thing.replace('IRI', node.split('/').map(encodeURIComponent).join('/')) }),
      element('span', `${canvas.dataset.documents} ${documents.toLocaleString()}`, { className: 'soft small' }),
      element('span', `${canvas.dataset.linked} ${near.size.toLocaleString()}`, { className: 'soft small' }),
      element('a', canvas.dataset.around, { href: canvas.dataset.graph.replace('IRI', encodeURIComponent(data.base + node)) }),
    );
    about.replaceChildren(line);
  };
  const remember = () => {
    const url = new URL(location.href);
    url.searchParams.delete(CHOSEN);
    if (chosen) url.searchParams.set(CHOSEN, chosen);
    const ticked = ticks.filter((each) => each.checked).map((each) => each.dataset.lines);
    const usual = ticks.filter((each) => each.defaultChecked).map((each) => each.dataset.lines);
    url.searchParams.delete(LINES);
    if (ticked.join(' ') !== usual.join(' ')) url.searchParams.set(LINES, ticked.join(' '));
    history.replaceState(null, '', url);
  };
  const choose = (node) => {
    chosen = node;
    near = new Set(node ? graph.neighbors(node) : []);
    tell(node);
    remember();
    sigma.refresh({ skipIndexation: true });
  };
  const goTo = (node) => {
    const { x, y } = sigma.getNodeDisplayData(node);
    sigma.getCamera().animate({ x, y, ratio: 0.12 }, { duration: MOVE });
  };

  sigma.on('clickNode', ({ node }) => choose(node));
  sigma.on('clickStage', () => choose(null));
  for (const tick of ticks) {
    tick.addEventListener('change', () => {
      shown = new Set(ticks.filter((each) => each.checked).map((each) => each.dataset.lines));
      remember();
      sigma.refresh({ skipIndexation: true });
    });
  }
  shown = new Set(ticks.filter((each) => each.checked).map((each) => each.dataset.lines));

  const camera = sigma.getCamera();
  const act = {
    in: () => camera.animatedZoom({ duration: MOVE }),
    out: () => camera.animatedUnzoom({ duration: MOVE }),
    fit: () => (choose(null), camera.animatedReset({ duration: MOVE })),
  };
  for (const button of canvas.querySelectorAll('[data-zoom]')) {
    button.addEventListener('click', act[button.dataset.zoom]);
  }
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  stage.addEventListener('keydown', (event) => {
    const { x, y, ratio } = camera.getState();
    const step = STEPS[event.key];
    if (step) camera.setState({ x: x + step[0] * ratio * 0.1, y: y + step[1] * ratio * 0.1 });
    else if (event.key === '+' || event.key === '=') act.in();
    else if (event.key === '-') act.out();
    else if (event.key === '0') act.fit();
    else return;
    event.preventDefault();
  });

  // A field that names a thing finds it in the picture.
  const find = document.getElementById('around');
  find?.addEventListener('change', () => {
    const { pathname } = new URL(find.dataset.picked ?? '/', location.href);
    const found = decodeURIComponent(pathname.replace(/^\/show\//, ''));
    if (graph.hasNode(found)) (choose(found), goTo(found));
  });

  const wanted = address.searchParams.get(CHOSEN);
  if (wanted && graph.hasNode(wanted)) (choose(wanted), goTo(wanted));
  else sigma.refresh();
  canvas.dataset.ready = 'true';
  window.stdkgEverything = sigma;
}

start();
document.addEventListener('renewed', start);
