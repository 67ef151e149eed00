'use strict';
/* The search box: names in both languages, other names, identifiers. */
{
  const { data, byId, el, text, word, of } = stdkg;
  const MOST = 50;
  const box = byId('search');
  const list = byId('hits');
  const names = data.nodes.map((node) =>
    [node.label.en, node.label.zh, node.identifier, ...node.alt].filter((name) => name),
  );
  let at = -1;

  /* The best match of any name comes first; names that match only together come last. */
  const find = (wanted) => {
    if (!stdkg.fold(wanted)) return [];
    const words = stdkg.foldedWords(wanted);
    const rank = (all) => {
      const best = Math.min(...all.map((name) => stdkg.rankName(name, wanted)));
      const whole = all.map(stdkg.fold).join('\n');
      return best < Infinity || !words.every((one) => whole.includes(one)) ? best : 7;
    };
    return names
      .map((all, index) => ({ index, rank: rank(all) }))
      .filter((hit) => hit.rank < Infinity)
      .sort((a, b) => a.rank - b.rank || stdkg.degree[b.index] - stdkg.degree[a.index])
      .map((hit) => hit.index);
  };

  const close = () => {
    list.hidden = true;
    box.setAttribute('aria-expanded', 'false');
    box.removeAttribute('aria-activedescendant');
    at = -1;
  };

  const point = (next) => {
    const hits = [...list.children];
    if (!hits.length) return;
    at = (next + hits.length) % hits.length;
    hits.forEach((hit, index) => hit.setAttribute('aria-selected', String(index === at)));
    hits[at].scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', hits[at].id);
  };

  const take = (index) => {
    close();
    stdkg.choose(stdkg.nodeId(index), true);
  };

  const hit = (index) => {
    const node = data.nodes[index];
    const gone = !stdkg.kept.nodes.has(index);
    const about = [of(node.kindName), node.identifier, gone ? word('hidden') : ''];
    return el(
      'li',
      {
        id: `hit-${index}`,
        role: 'option',
        'aria-selected': 'false',
        'data-index': index,
        onmousedown: (event) => event.preventDefault(),
        onclick: () => take(index),
      },
      stdkg.swatch(node.group),
      text(of(node.label) || node.iri),
      el('span', { class: 'soft' }, ` ${about.filter((part) => part).join(' · ')}`),
    );
  };

  const draw = () => {
    const wanted = box.value.trim();
    const hits = find(wanted);
    list.replaceChildren(...hits.slice(0, MOST).map(hit));
    byId('found').textContent = wanted ? word('hits', hits.length) : '';
    close();
    list.hidden = hits.length === 0;
    box.setAttribute('aria-expanded', String(hits.length > 0));
  };

  box.addEventListener('input', draw);
  box.addEventListener('focus', () => box.value.trim() && draw());
  box.addEventListener('blur', close);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') point(at + 1);
    else if (event.key === 'ArrowUp') point(at < 0 ? -1 : at - 1);
    else if (event.key === 'Enter' && list.children.length && !list.hidden) {
      take(Number(list.children[Math.max(at, 0)].dataset.index));
    } else if (event.key === 'Escape' && !list.hidden) {
      close();
      event.stopPropagation();
    } else return;
    event.preventDefault();
  });
  stdkg.on('lang', () => {
    box.placeholder = word('searchHint');
    byId('found').textContent = '';
    close();
  });
  box.placeholder = word('searchHint');
}
