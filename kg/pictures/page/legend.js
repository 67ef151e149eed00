'use strict';
/* The legend, which is also the filter by group and kind, and the filter by year. */
{
  const { data, byId, el, text, word, of } = stdkg;
  const place = byId('legend');
  const groups = new Map();
  data.nodes.forEach((node) => {
    const kinds = groups.get(node.group) || new Map();
    const about = kinds.get(stdkg.kindKey(node)) || {
      name: node.kindName,
      kind: node.kind,
      count: 0,
    };
    about.count += 1;
    kinds.set(stdkg.kindKey(node), about);
    groups.set(node.group, kinds);
  });
  const opened = new Set();
  const order = Object.keys(data.groups).filter((group) => groups.has(group));

  const change = (keys, hide) => {
    const hidden = new Set(stdkg.filter.hidden);
    keys.forEach((key) => (hide ? hidden.add(key) : hidden.delete(key)));
    stdkg.setFilter({ ...stdkg.filter, hidden });
  };

  const kindLine = ([key, { name, kind, count }]) => {
    const shown = !stdkg.filter.hidden.has(key);
    const box = el('input', { type: 'checkbox', 'data-kind': key, checked: shown });
    box.addEventListener('change', () => change([key], !box.checked));
    const about = text(of(name) || kind || '–');
    return el('li', {}, el('label', {}, box, about, el('span', { class: 'count' }, `${count}`)));
  };

  const groupLine = (group) => {
    const kinds = [...groups.get(group)];
    const name = of(data.groups[group].name);
    const count = kinds.reduce((sum, [, about]) => sum + about.count, 0);
    const hidden = kinds.filter(([key]) => stdkg.filter.hidden.has(key)).length;
    const state = hidden === 0 ? 'true' : hidden === kinds.length ? 'false' : 'mixed';
    const toggle = el(
      'button',
      { type: 'button', class: 'group', 'data-group': group, 'aria-pressed': state },
      stdkg.swatch(group),
      text(name),
      el('span', { class: 'count' }, `${count}`),
    );
    toggle.addEventListener('click', () =>
      change(
        kinds.map(([key]) => key),
        state !== 'false',
      ),
    );
    if (kinds.length < 2) return el('div', { class: 'line' }, toggle);
    const list = el('ul', { class: 'kinds', hidden: !opened.has(group) }, ...kinds.map(kindLine));
    const more = el(
      'button',
      {
        type: 'button',
        class: 'more',
        'data-more': group,
        'aria-expanded': String(opened.has(group)),
        'aria-label': word('kindsOf', name),
      },
      '▾',
    );
    more.addEventListener('click', () => {
      opened[opened.has(group) ? 'delete' : 'add'](group);
      list.hidden = !opened.has(group);
      more.setAttribute('aria-expanded', String(opened.has(group)));
    });
    return el('div', { class: 'line' }, toggle, more, list);
  };

  /* Redrawn on every change, so the focus is restored. */
  const draw = () => {
    const held = document.activeElement;
    const { group, kind } = place.contains(held) ? held.dataset : {};
    place.replaceChildren(...order.map(groupLine));
    const selector = group ? `[data-group="${group}"]` : '[data-kind]';
    for (const one of group || kind ? place.querySelectorAll(selector) : []) {
      if (group || one.dataset.kind === kind) one.focus();
    }
    for (const name of ['since', 'until']) {
      if (document.activeElement !== byId(name)) byId(name).value = stdkg.filter[name];
    }
    wrong('', []);
  };

  const wrong = (what, names) => {
    byId('years-wrong').textContent = what;
    byId('years-wrong').hidden = !what;
    for (const name of ['since', 'until']) {
      byId(name).setAttribute('aria-invalid', String(names.includes(name)));
    }
  };

  const year = (name) => byId(name).value.normalize('NFKC').trim();
  /* ended: whether the reader has left the field; until then a beginning of a year is fine. */
  const years = (ended) => {
    const form = ended ? /^(\d{4})?$/ : /^\d{0,4}$/;
    const bad = ['since', 'until'].filter((name) => !form.test(year(name)));
    if (bad.length) return wrong(word('noYear', year(bad[0])), bad);
    const [since, until] = [year('since'), year('until')];
    if ([since, until].some((value) => value && value.length < 4)) return wrong('', []);
    if (since && until && until < since) return wrong(word('yearsWrong'), ['since', 'until']);
    wrong('', []);
    const same = since === stdkg.filter.since && until === stdkg.filter.until;
    return same ? undefined : stdkg.setFilter({ ...stdkg.filter, since, until });
  };
  const known = [...data.nodes, ...data.edges].flatMap(({ start, end }) => [start, end]);
  const dates = known
    .filter((date) => /^\d{4}/.test(date))
    .map((date) => date.slice(0, 4))
    .sort();
  byId('since').placeholder = dates[0] || '';
  byId('until').placeholder = dates[dates.length - 1] || '';
  document.querySelector('.years').hidden = dates.length === 0;
  for (const name of ['since', 'until']) {
    byId(name).addEventListener('input', () => years(false));
    byId(name).addEventListener('change', () => years(true));
  }
  byId('reset').addEventListener('click', () => {
    stdkg.setFilter(stdkg.noFilter());
    byId('since').value = byId('until').value = '';
  });

  stdkg.legend = { draw };
}
