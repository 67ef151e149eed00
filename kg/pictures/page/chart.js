'use strict';
/* The page of a chart: the drawing in the language of the page, and its table. */
{
  const { data, byId, el, plain, of, word } = stdkg;
  const place = byId('drawing');
  const box = byId('search');

  const slim = window.matchMedia('(max-width: 699px)');
  const svgs = () => (slim.matches && data.narrow[stdkg.lang] ? data.narrow : data.svg);
  const drawn = () => svgs()[stdkg.lang] || svgs().en || svgs().zh || '';

  /* Parse the drawing as XML, never as HTML, and remove scripts, handlers and unsafe links. */
  const drawing = () => {
    const { documentElement: svg } = new DOMParser().parseFromString(drawn(), 'image/svg+xml');
    for (const one of [svg, ...svg.querySelectorAll('*')]) {
      if (/^(script|foreignobject)$/i.test(one.localName)) one.remove();
      for (const { name, value } of [...one.attributes]) {
        const address = /(^|:)href$/i.test(name) && !/^(#|https?:)/i.test(value.trim());
        if (/^on/i.test(name) || address) one.removeAttribute(name);
      }
    }
    // Screen readers ignore links inside an image, not inside a group.
    svg.setAttribute('role', 'group');
    return document.importNode(svg, true);
  };

  const line = (row) => plain(row.cells.map((cell) => `${cell.en}\n${cell.zh}`).join('\n'));
  const proofs = (row) =>
    plain(row.proofs.map((p) => `${p.phrase}\n${p.sourceName.en}\n${p.sourceName.zh}`).join('\n'));
  const haystack = data.rows.map((row) => `${line(row)}\n${proofs(row)}`);
  const found = () => {
    const parts = plain(box.value)
      .split(/\s+/)
      .filter((part) => part);
    return data.rows
      .map((_, index) => index)
      .filter((index) => parts.every((part) => haystack[index].includes(part)));
  };

  const rowOf = (index) => {
    const { cells, proofs: pieces } = data.rows[index];
    const all = el('div', { class: 'proofs' }, ...pieces.map((p) => stdkg.proof(p, true)));
    return {
      key: String(index),
      cells: [...cells.map((cell) => stdkg.link(cell.iri, of(cell), { title: cell.iri })), all],
      sort: [...cells.map(of), pieces.map((p) => p.phrase || '').join(' ')],
    };
  };
  const table = stdkg.table(byId('rows'), {
    columns: [...data.columns, 'evidence'],
    caption: () => data.title,
    rows: () => found().map(rowOf),
  });

  const draw = () => {
    place.replaceChildren(drawing());
    table.draw();
    count();
  };
  const count = () => {
    byId('found').textContent = box.value.trim() ? word('hits', found().length) : '';
  };
  box.addEventListener('input', () => {
    table.draw();
    count();
    stdkg.say(byId('found').textContent);
  });

  /* Saved files are for paper and slides, so they always use the light theme. */
  const written = () => {
    const svg = place.querySelector('svg').cloneNode(true);
    svg.setAttribute('role', 'img');
    return new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });
  };
  byId('svg').addEventListener('click', () => stdkg.save(written(), 'svg'));
  byId('png').addEventListener('click', async () => {
    const { width, height } = place.querySelector('svg').getBoundingClientRect();
    const image = new Image();
    const address = URL.createObjectURL(written());
    image.src = address;
    await image.decode();
    const canvas = el('canvas', { width: Math.ceil(width * 2), height: Math.ceil(height * 2) });
    const context = canvas.getContext('2d');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => stdkg.save(blob, 'png'), 'image/png');
  });
  stdkg.on('lang', draw);
  slim.addEventListener('change', draw);
  draw();
}
