'use strict';
/* The panel of a chart: rows of its table with their evidence, and how to list what they count. */
{
  const { data, byId, el, of, word } = stdkg;
  const MOST = 200;

  stdkg.rowPanel = () => {
    const place = byId('panel');
    const narrow = window.matchMedia('(max-width: 899px)');
    let shown = [];
    let back = null;

    /* Cells that differ between the rows, since the first ones are the same for all. */
    const cellsOf = (rows) =>
      data.columns
        .map((_, column) => column)
        .filter((column) => rows.some((row) => of(row.cells[column])));
    const headOf = (rows) => {
      const same = (column) => new Set(rows.map((row) => of(row.cells[column]))).size === 1;
      const first = rows[0].cells.findIndex((cell, column) => cell.iri && same(column));
      return Math.max(first, 0);
    };

    const facts = (row, columns) => {
      const list = el('dl');
      for (const column of columns) {
        const cell = row.cells[column];
        if (!of(cell)) continue;
        list.append(
          el('dt', {}, of(data.columns[column])),
          el('dd', {}, stdkg.link(cell.iri, of(cell))),
        );
      }
      return list;
    };
    const command = (row) =>
      row.command
        ? el('p', { class: 'soft small' }, `${word('listThem')} `, el('code', {}, row.command))
        : null;

    const draw = () => {
      const rows = shown.map((index) => data.rows[index]);
      const head = headOf(rows);
      const columns = cellsOf(rows).filter((column) => column !== head);
      const proofs = new Map();
      for (const proof of rows.flatMap((row) => row.proofs)) {
        proofs.set(JSON.stringify(proof), proof);
      }
      const title = rows[0].cells[head];
      place.replaceChildren(
        el(
          'button',
          { type: 'button', class: 'close', 'aria-label': word('close'), onclick: close },
          '×',
        ),
        el('h2', { tabindex: '-1' }, stdkg.link(title.iri, of(title))),
        ...rows
          .slice(0, MOST)
          .flatMap((row) => [facts(row, columns), command(row)].filter((part) => part)),
        ...(rows.length > MOST ? [el('p', { class: 'soft' }, word('moreRows', rows.length - MOST))] : []),
        el('h3', {}, word('evidence')),
        ...[...proofs.values()].map((proof) => stdkg.proof(proof, true)),
        ...(proofs.size ? [] : [el('p', { class: 'soft' }, word('noEvidence'))]),
      );
      place.scrollTop = 0;
    };

    const open = (rows, from) => {
      [shown, back] = [rows, from];
      draw();
      place.hidden = false;
      document.body.classList.add('opened');
      place.querySelector('h2').focus({ preventScroll: true });
      if (narrow.matches) place.scrollIntoView({ block: 'start' });
    };
    const close = () => {
      place.hidden = true;
      shown = [];
      document.body.classList.remove('opened');
      if (back && back.isConnected) back.focus();
    };
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && shown.length) close();
    });
    return { open, redraw: () => shown.length && draw() };
  };
}
