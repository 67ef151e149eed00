'use strict';
/* A table that sorts by its columns and is traversed with the arrow keys. */
{
  const { el } = stdkg;
  const TEXT = new Intl.Collator(['zh-Hans', 'en'], { numeric: true });

  /*
   * place: the element for the table. columns: names of messages, or texts in both languages.
   * rows: () -> [{ key, cells: [node or text], sort: [text] }]. open(key) is called on a click
   * or Enter, near(key or null) when a row gets or loses the focus.
   */
  stdkg.table = (place, { columns, caption, rows, open, near }) => {
    let by = null;
    let down = false;

    const sorted = () => {
      const all = rows();
      if (by === null) return all;
      all.sort((a, b) => TEXT.compare(a.sort[by], b.sort[by]));
      return down ? all.reverse() : all;
    };

    const head = (column, index) => {
      const name = typeof column === 'string' ? stdkg.word(column) : stdkg.of(column);
      const turn = () => {
        down = by === index && !down;
        by = index;
        draw();
        place.querySelectorAll('th button')[index].focus();
      };
      const state = by !== index ? 'none' : down ? 'descending' : 'ascending';
      const label = stdkg.word('sort', name);
      return el(
        'th',
        { scope: 'col', 'aria-sort': state },
        el('button', { type: 'button', title: label, onclick: turn }, name),
      );
    };

    /* Only one row at a time is in the tab order, so that Tab leaves the table. */
    const reach = (line, focus) => {
      for (const other of place.querySelectorAll('tbody tr[tabindex="0"]')) {
        other.tabIndex = -1;
        other.querySelectorAll('a').forEach((link) => (link.tabIndex = -1));
      }
      line.tabIndex = 0;
      line.querySelectorAll('a').forEach((link) => (link.tabIndex = 0));
      if (focus) line.focus();
    };

    const walk = (event, line, key) => {
      if (event.target !== line) return;
      const lines = line.parentElement.rows;
      const at = line.sectionRowIndex;
      const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 };
      if (event.key in step) {
        const next = lines[step[event.key]];
        if (next) reach(next, true);
      } else if ((event.key === 'Enter' || event.key === ' ') && open) open(key);
      else return;
      event.preventDefault();
    };

    const line = ({ key, cells }) => {
      const made = el('tr', { 'data-key': key, tabindex: '-1' });
      made.append(...cells.map((cell, i) => el(i ? 'td' : 'th', i ? {} : { scope: 'row' }, cell)));
      made.querySelectorAll('a').forEach((link) => (link.tabIndex = -1));
      made.addEventListener('keydown', (event) => walk(event, made, key));
      if (open) {
        made.classList.add('opens');
        made.addEventListener('click', (event) => {
          if (event.target.closest('a')) return;
          reach(made, true);
          open(key);
        });
      }
      if (near) {
        made.addEventListener('focus', () => near(key));
        made.addEventListener('blur', () => near(null));
      }
      return made;
    };

    const draw = () => {
      const body = el('tbody', {}, ...sorted().map(line));
      const none = el('td', { colspan: columns.length, class: 'soft' }, stdkg.word('noRows'));
      if (body.rows.length) reach(body.rows[0], false);
      else body.append(el('tr', {}, none));
      const hint = stdkg.word(open ? 'openRows' : 'walkRows');
      place.replaceChildren(
        el(
          'table',
          {},
          el('caption', { class: 'unseen' }, `${stdkg.of(caption())}. ${hint}`),
          el('thead', {}, el('tr', {}, ...columns.map(head))),
          body,
        ),
      );
    };

    return { draw };
  };
}
