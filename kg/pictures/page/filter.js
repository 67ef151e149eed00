'use strict';
/* Apply a filter to nodes and edges, by the same rules as kg/network/filters.py. */
{
  const { nodes, edges } = stdkg.data;
  const kindKey = (node) => `${node.group}|${node.kind}`;

  const none = () => ({ hidden: new Set(), since: '', until: '' });

  /* Dates are compared at the lower of their precisions: 2018 and 2018-07 overlap. */
  const outside = ({ start, end }, { since, until }) => {
    if (!start) return false;
    const early = since && end.slice(0, since.length) < since.slice(0, end.length);
    const late = until && start.slice(0, until.length) > until.slice(0, start.length);
    return Boolean(early || late);
  };

  /* Nodes that lose all their edges are removed, too. */
  const keep = (wanted) => {
    const fits = nodes.map((node) => !wanted.hidden.has(kindKey(node)) && !outside(node, wanted));
    const keptEdges = new Set();
    const keptNodes = new Set();
    edges.forEach((edge, index) => {
      if (!fits[edge.source] || !fits[edge.target] || outside(edge, wanted)) return;
      keptEdges.add(index);
      keptNodes.add(edge.source).add(edge.target);
    });
    return { nodes: keptNodes, edges: keptEdges };
  };

  Object.assign(stdkg, { kindKey, keep, noFilter: none, filter: none() });
}
