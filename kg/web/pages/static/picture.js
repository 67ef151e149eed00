// The picture of an answer: what stands together in a row, beside the table that lists it.

import { createCanvas, graphml, png, save, svg } from './canvas.js';

const canvas = document.getElementById('picture');
const { nodes, edges } = JSON.parse(document.getElementById('picture-data').textContent);
canvas.hidden = false;
const cy = createCanvas(document.getElementById('picture-stage'), {
  elements: [
    ...nodes.map((each) => ({ data: { id: each.iri, ...each } })),
    ...edges.map((each, at) => ({ data: { id: `e${at}`, ...each } })),
  ],
});
cy.layout({
  name: 'cose', animate: false, randomize: false, nodeDimensionsIncludeLabels: true,
  idealEdgeLength: 110, nodeRepulsion: 90000, nodeOverlap: 30, padding: 30,
}).run();

const chosen = document.getElementById('picture-chosen');
cy.on('tap', 'node', ({ target }) => {
  const link = document.createElement('a');
  link.href = target.data('page');
  link.textContent = target.data('label');
  chosen.replaceChildren(link);
});
const writers = { png: () => png(cy), svg: () => svg(cy), graphml: () => graphml(cy) };
const types = { svg: 'image/svg+xml', graphml: 'application/xml' };
for (const button of canvas.querySelectorAll('[data-save]')) {
  const { save: format } = button.dataset;
  button.addEventListener('click', () => save(writers[format](), `answer.${format}`, types[format]));
}
document.getElementById('picture-fit').addEventListener('click', () => cy.fit(undefined, 30));
canvas.dataset.ready = 'true';
window.stdkgPicture = cy;
