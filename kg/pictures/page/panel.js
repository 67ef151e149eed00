'use strict';
/* The panel with the details of a node or an edge, and its evidence. */
{
  const { data, byId, el, text, link, word, of } = stdkg;
  const panel = byId('panel');
  const around = data.nodes.map(() => []);
  data.edges.forEach(({ source, target }, index) => {
    around[source].push(index);
    if (target !== source) around[target].push(index);
  });
  let back = null;
  const narrow = window.matchMedia('(max-width: 899px)');

  const other = (both) => (stdkg.lang === 'zh' ? both.en : both.zh);
  const nameOf = (node) => of(node.label) || node.iri;

  /* Not a button element: browsers don't wrap its text inline. */
  const go = (id, ...inside) => {
    const act = () => stdkg.choose(id, true);
    const keys = (event) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      act();
    };
    const about = { role: 'button', tabindex: '0', class: 'go', 'data-id': id };
    return el('span', { ...about, onclick: act, onkeydown: keys }, ...inside);
  };
  const goNode = (index) => go(stdkg.nodeId(index), text(nameOf(data.nodes[index])));

  const facts = (pairs) => {
    const list = el('dl');
    for (const [name, value] of pairs) {
      if (value) list.append(el('dt', {}, word(name)), el('dd', {}, value));
    }
    return list;
  };

  const relation = (index, end) => {
    const edge = data.edges[index];
    const arrow = end === 'target' ? '→' : '←';
    return el(
      'li',
      {},
      go(
        stdkg.edgeId(index),
        el('span', { class: 'arrow', 'aria-hidden': 'true' }, arrow),
        text(of(edge.name) || edge.relation),
      ),
      ' ',
      goNode(edge[end]),
      edge.date ? el('span', { class: 'soft' }, ` ${of(edge.dateWords)}`) : null,
      edge.planned ? el('span', { class: 'badge' }, word('planned')) : null,
    );
  };

  const relations = (name, indexes, end) =>
    indexes.length === 0
      ? null
      : el(
          'section',
          {},
          el('h3', {}, `${word(name)} (${indexes.length})`),
          el('ul', { class: 'relations' }, ...indexes.map((index) => relation(index, end))),
        );

  /* Some of the entities that a group stands for. */
  const members = (node) => {
    if (node.count === 1) return null;
    const more = node.count - node.members.length;
    return el(
      'section',
      {},
      el('h3', {}, word('members', stdkg.number(node.count))),
      el('ul', { class: 'members' }, ...node.members.map((name) => text(of(name), 'li'))),
      more > 0 ? el('p', { class: 'soft' }, word('moreMembers', stdkg.number(more))) : null,
    );
  };

  const aboutNode = (index) => {
    const node = data.nodes[index];
    const second = other(node.label);
    return [
      el(
        'p',
        { class: 'kind' },
        stdkg.swatch(node.group),
        text(of(node.kindName) || node.kind || of(data.groups[node.group].name)),
      ),
      text(nameOf(node), 'h2', { tabindex: '-1' }),
      second && second !== nameOf(node) ? text(second, 'p', { class: 'second' }) : null,
      facts([
        ['alt', node.alt.length ? el('ul', {}, ...node.alt.map((name) => text(name, 'li'))) : null],
        ['identifier', node.identifier && text(node.identifier)],
        ['date', node.date && text(of(node.dateWords))],
        ['kind', node.kind && text(node.kind, 'code')],
        ['iri', node.count === 1 && link(node.iri, node.iri, { class: 'iri' })],
      ]),
      members(node),
      relations(
        'outgoing',
        around[index].filter((e) => data.edges[e].source === index),
        'target',
      ),
      relations(
        'incoming',
        around[index].filter((e) => data.edges[e].target === index),
        'source',
      ),
    ];
  };

  const claim = (iri) => {
    const proofs = data.proofs[iri] || [];
    return el(
      'section',
      { class: 'claim' },
      ...proofs.map((proof) => stdkg.proof(proof, true)),
      proofs.length ? null : el('p', { class: 'soft' }, word('noEvidence')),
      el('p', { class: 'soft small' }, `${word('claim')} `, link(iri, iri, { class: 'iri' })),
    );
  };

  /* One of the edges of a line: what distinguishes it, and its evidence. */
  const member = (index, several) => {
    const edge = data.edges[index];
    return el(
      'section',
      several ? { class: 'member' } : {},
      facts([
        ['role', of(edge.roleName) && text(of(edge.roleName))],
        ['date', edge.date && text(of(edge.dateWords))],
        ['via', edge.via && link(edge.via, of(edge.viaName) || edge.via)],
      ]),
      several ? null : el('h3', {}, word('evidence')),
      edge.count > edge.claims.length && edge.count > 1
        ? el('p', { class: 'soft' }, word('someEvidence', stdkg.number(edge.count)))
        : null,
      ...edge.claims.map(claim),
      edge.claims.length ? null : el('p', { class: 'soft' }, word('noClaims')),
    );
  };

  const aboutEdge = (index) => {
    const edge = data.edges[index];
    const members = stdkg.alike(index);
    return [
      el(
        'h2',
        { class: 'statement', tabindex: '-1' },
        goNode(edge.source),
        text(of(edge.name) || edge.relation, 'span', { class: 'relation' }),
        goNode(edge.target),
      ),
      other(edge.name) ? text(other(edge.name), 'p', { class: 'second' }) : null,
      edge.planned ? el('p', {}, el('span', { class: 'badge' }, word('planned'))) : null,
      facts([['relation', edge.relation && text(edge.relation, 'code')]]),
      members.length > 1 ? el('h3', {}, word('evidenceOf', members.length)) : null,
      ...members.map((one) => member(one, members.length > 1)),
    ];
  };

  const draw = (id) => {
    const index = Number(id.slice(1));
    const close = el(
      'button',
      { type: 'button', class: 'close', 'aria-label': word('close'), onclick: stdkg.unchoose },
      '×',
    );
    panel.replaceChildren(
      close,
      ...(id[0] === 'n' ? aboutNode(index) : aboutEdge(index)).filter((part) => part),
    );
    panel.scrollTop = 0;
  };

  stdkg.panel = {
    open: (id, focus) => {
      if (panel.hidden) back = document.activeElement;
      draw(id);
      panel.hidden = false;
      document.body.classList.add('opened');
      if (focus) panel.querySelector('h2').focus({ preventScroll: narrow.matches });
      // In a narrow window the panel is under the picture, out of sight.
      if (narrow.matches) panel.scrollIntoView({ block: 'start' });
    },
    close: () => {
      const inside = panel.contains(document.activeElement);
      panel.hidden = true;
      panel.replaceChildren();
      document.body.classList.remove('opened');
      if (inside && back && back.isConnected) back.focus();
      else if (inside) byId('cy').focus();
      if (narrow.matches) byId('picture').scrollIntoView({ block: 'start' });
    },
    draw,
  };
}
