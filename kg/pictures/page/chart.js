'use strict';
/* The page of a chart: the drawing in the language of the page, and its table. */
{
  const { data, byId, el, fold, of, word } = stdkg;
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

  const line = (row) => [
    ...row.cells.flatMap((cell) => [cell.en, cell.zh]),
    ...row.proofs.flatMap((p) => [p.phrase || '', p.sourceName.en, p.sourceName.zh]),
  ];
  const haystack = data.rows.map((row) => line(row).map(fold).join('\n'));
  const found = () => {
    const parts = stdkg.foldedWords(box.value);
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
    return new XMLSerializer().serializeToString(svg);
  };
  byId('svg').addEventListener('click', () =>
    stdkg.save(new Blob([written()], { type: 'image/svg+xml' }), 'svg'),
  );
  byId('png').addEventListener('click', () => stdkg.savePng(written()));
  stdkg.on('lang', draw);
  slim.addEventListener('change', draw);
  draw();
}
