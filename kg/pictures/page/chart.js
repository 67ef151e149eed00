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
    // The page has the title and the description already.
    const header = svg.querySelector('.header');
    if (header) {
      const [x, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
      const top = Number(header.dataset.height) - 12;
      svg.setAttribute('viewBox', [x, top, width, height - top].join(' '));
      svg.setAttribute('height', height - top);
      header.remove();
    }
    // Screen readers ignore links inside an image, not inside a group.
    svg.setAttribute('role', 'group');
    return document.importNode(svg, true);
  };

  const panel = stdkg.rowPanel();

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

  /* The parts of the drawing that stand for rows of the table: buttons, one in the tab order. */
  const marks = () => [...place.querySelectorAll('[data-rows]')];
  const rowsOf = (mark) => mark.dataset.rows.split(' ').map(Number);
  const reach = (mark) => {
    marks().forEach((one) => one.setAttribute('tabindex', one === mark ? '0' : '-1'));
  };
  const enliven = () => {
    for (const mark of marks()) {
      mark.setAttribute('role', 'button');
      mark.addEventListener('click', () => {
        reach(mark);
        panel.open(rowsOf(mark), mark);
      });
    }
    if (marks().length) reach(marks()[0]);
  };
  place.addEventListener('keydown', (event) => {
    const all = marks();
    const at = all.indexOf(event.target);
    if (at < 0) return;
    const step = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1 };
    if (event.key === 'Enter' || event.key === ' ') panel.open(rowsOf(all[at]), all[at]);
    else if (all[step[event.key]]) {
      reach(all[step[event.key]]);
      all[step[event.key]].focus();
    } else return;
    event.preventDefault();
  });

  const draw = () => {
    place.replaceChildren(drawing());
    enliven();
    panel.redraw();
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

  /* Saved files are for paper and slides: wide, with a title, and always in the light theme. */
  const whole = () => data.svg[stdkg.lang] || data.svg.en;
  byId('svg').addEventListener('click', () =>
    stdkg.save(new Blob([whole()], { type: 'image/svg+xml' }), 'svg'),
  );
  byId('png').addEventListener('click', () => stdkg.savePng(whole()));
  stdkg.on('lang', draw);
  slim.addEventListener('change', draw);
  draw();
}
