'use strict';
/* The page of a network: connects picture, panel, search, filter and tables. */
{
  const { data, byId, el, text, word, of, cy, picture } = stdkg;
  let chosen = null;
  stdkg.kept = stdkg.keep(stdkg.filter);

  const nodeName = (index) => of(data.nodes[index].label) || data.nodes[index].iri;
  const isKept = (id) => {
    const index = Number(id.slice(1));
    return id[0] === 'n' ? stdkg.kept.nodes.has(index) : stdkg.alike(index).length > 0;
  };
  const nameOf = (id) => {
    const index = Number(id.slice(1));
    if (id[0] === 'n') return nodeName(index);
    const edge = data.edges[index];
    return `${nodeName(edge.source)} – ${of(edge.name)} – ${nodeName(edge.target)}`;
  };

  /* Select a node (n0, n1 …) or an edge (e0, e1 …): highlight it and open the panel. */
  stdkg.choose = (id, focus) => {
    if (!isKept(id)) stdkg.setFilter(stdkg.noFilter());
    chosen = id;
    stdkg.panel.open(id, focus);
    cy.resize();
    picture.choose(id);
  };
  stdkg.unchoose = () => {
    chosen = null;
    stdkg.panel.close();
    cy.resize();
    picture.choose(null);
  };

  const evidence = (edge) => {
    const cell = el('div', { class: 'proofs' });
    for (const claim of edge.claims) {
      cell.append(...(data.proofs[claim] || []).map((proof) => stdkg.proof(proof, false)));
    }
    return cell;
  };
  const phrases = (edge) =>
    edge.claims.flatMap((claim) => (data.proofs[claim] || []).map((p) => p.phrase || '')).join(' ');
  const relationCell = (edge) =>
    el(
      'span',
      {},
      text(of(edge.name) || edge.relation),
      edge.planned ? el('span', { class: 'badge' }, word('planned')) : null,
    );

  const edgeRow = (index) => {
    const edge = data.edges[index];
    const names = [nodeName(edge.source), of(edge.name) || edge.relation, nodeName(edge.target)];
    return {
      key: stdkg.edgeId(index),
      cells: [text(names[0]), relationCell(edge), text(names[2]), of(edge.dateWords), evidence(edge)],
      sort: [...names, edge.date, phrases(edge)],
    };
  };
  const nodeRow = (index) => {
    const node = data.nodes[index];
    const kind = of(node.kindName) || node.kind;
    const second = stdkg.lang === 'zh' ? node.label.en : node.label.zh;
    const kindCell = el('span', {}, stdkg.swatch(node.group), text(kind));
    return {
      key: stdkg.nodeId(index),
      cells: [
        text(nodeName(index)),
        text(second),
        kindCell,
        text(node.identifier),
        of(node.dateWords),
        text(node.alt.join(' · ')),
      ],
      sort: [nodeName(index), second, kind, node.identifier, node.date, node.alt.join(' ')],
    };
  };
  const inOrder = (kept) => [...kept].sort((a, b) => a - b);
  const shared = {
    open: (id) => stdkg.choose(id, true),
    near: (id) => picture.light(id),
    caption: () => data.title,
  };
  const tables = [
    stdkg.table(byId('relations'), {
      columns: ['source', 'relation', 'target', 'date', 'evidence'],
      rows: () => inOrder(stdkg.kept.edges).map(edgeRow),
      ...shared,
    }),
    stdkg.table(byId('things'), {
      columns: ['name', 'otherName', 'kind', 'identifier', 'date', 'alt'],
      rows: () => inOrder(stdkg.kept.nodes).map(nodeRow),
      ...shared,
    }),
  ];

  const tabs = [byId('tab-relations'), byId('tab-things')];
  const turnTo = (tab) => {
    for (const one of tabs) {
      const on = one === tab;
      one.setAttribute('aria-selected', String(on));
      one.tabIndex = on ? 0 : -1;
      byId(one.getAttribute('aria-controls')).hidden = !on;
    }
  };
  for (const tab of tabs) {
    tab.addEventListener('click', () => turnTo(tab));
    tab.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
      const next = tabs[1 - tabs.indexOf(tab)];
      turnTo(next);
      next.focus();
    });
  }

  const drawCounts = () => {
    const { nodes, edges } = stdkg.kept;
    const all = [data.nodes.length, data.edges.length];
    byId('counts').textContent = word('counts', nodes.size, all[0], edges.size, all[1]);
    tabs[0].textContent = `${word('relations')} (${edges.size})`;
    tabs[1].textContent = `${word('things')} (${nodes.size})`;
    byId('cy').setAttribute('aria-label', word('network', nodes.size, edges.size));
    byId('empty').hidden = nodes.size > 0;
  };

  stdkg.setFilter = (filter) => {
    stdkg.filter = filter;
    stdkg.kept = stdkg.keep(filter);
    picture.keep(stdkg.kept);
    if (chosen && !isKept(chosen)) stdkg.unchoose();
    stdkg.legend.draw();
    tables.forEach((table) => table.draw());
    drawCounts();
    stdkg.say(byId('counts').textContent);
  };

  stdkg.on('lang', () => {
    stdkg.legend.draw();
    tables.forEach((table) => table.draw());
    drawCounts();
    if (chosen) stdkg.panel.draw(chosen);
    picture.refresh();
  });
  stdkg.on('theme', picture.restyle);

  /* Move through the nodes by keyboard, in the order of names. */
  const walk = (step) => {
    const order = inOrder(stdkg.kept.nodes).sort((a, b) =>
      nodeName(a).localeCompare(nodeName(b), stdkg.lang),
    );
    if (!order.length) return;
    const at = order.indexOf(Number((cursor || 'n').slice(1)));
    cursor = stdkg.nodeId(order[(at + step + order.length + (at < 0 && step < 0)) % order.length]);
    picture.light(cursor);
    picture.show(cy.getElementById(cursor));
    stdkg.say(nameOf(cursor));
  };
  let cursor = null;
  byId('cy').addEventListener('keydown', (event) => {
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === 'n' || key === 'p') walk(key === 'n' ? 1 : -1);
    else if ((key === 'enter' || key === ' ') && cursor && isKept(cursor))
      stdkg.choose(cursor, true);
    else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && chosen) stdkg.unchoose();
  });

  cy.on('tap', 'node, edge', (event) => {
    cursor = event.target.isNode() ? event.target.id() : cursor;
    stdkg.choose(event.target.id(), false);
  });
  cy.on('tap', (event) => event.target === cy && chosen && stdkg.unchoose());
  cy.on('mouseover', 'node, edge', (event) => {
    byId('cy').style.cursor = 'pointer';
    picture.light(event.target.id());
  });
  const leave = () => {
    byId('cy').style.cursor = '';
    picture.light(null);
  };
  cy.on('mouseout', 'node, edge', leave);
  // Cytoscape sends no mouseout when the pointer leaves the picture directly.
  byId('cy').addEventListener('mouseleave', leave);

  byId('zoom-in').addEventListener('click', () => picture.zoomBy(1.25));
  byId('zoom-out').addEventListener('click', () => picture.zoomBy(0.8));
  byId('fit').addEventListener('click', picture.fit);
  byId('svg').addEventListener('click', () => {
    const written = stdkg.atOwnSize(stdkg.svg);
    stdkg.save(new Blob([written], { type: 'image/svg+xml' }), 'svg');
  });
  byId('png').addEventListener('click', () =>
    stdkg.savePng(stdkg.atOwnSize(stdkg.svg)),
  );

  if (window.matchMedia('(max-width: 899px)').matches) byId('filters').open = false;
  stdkg.setFilter(stdkg.filter);
  picture.spread();
  picture.fit();
  stdkg.say('');
}
