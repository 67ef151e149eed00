// What is seen on the canvas as RDF. What is only planned is no statement, and is left out.

const TERM = /^([\w-]+):[\w-]+$/;
const LABEL = 'skos:prefLabel';

function stated({ nodes, edges }, prefixes) {
  const known = edges.filter(
    ({ relation, planned }) => !planned && TERM.test(relation) && relation.split(':')[0] in prefixes,
  );
  const used = new Set(['skos', ...known.map(({ relation }) => relation.split(':')[0])]);
  return { nodes, edges: known, used: [...used].sort().map((each) => [each, prefixes[each]]) };
}

const text = (value) =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16)}`);
const iri = (value) =>
  `<${value.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (each) => encodeURIComponent(each))}>`;

export function turtle(what, prefixes, lang) {
  const { nodes, edges, used } = stated(what, prefixes);
  return [
    ...used.map(([prefix, namespace]) => `@prefix ${prefix}: <${namespace}> .`),
    '',
    ...nodes.map((each) => `${iri(each.iri)} ${LABEL} ${text(each.label)}@${lang} .`),
    ...edges.map((each) => `${iri(each.source)} ${each.relation} ${iri(each.target)} .`),
    '',
  ].join('\n');
}

export function jsonld(what, prefixes, lang) {
  const { nodes, edges, used } = stated(what, prefixes);
  const graph = nodes.map((each) => {
    const about = { '@id': each.iri, [LABEL]: { '@value': each.label, '@language': lang } };
    for (const edge of edges.filter(({ source }) => source === each.iri)) {
      (about[edge.relation] ??= []).push({ '@id': edge.target });
    }
    return about;
  });
  return `${JSON.stringify({ '@context': Object.fromEntries(used), '@graph': graph }, null, 1)}\n`;
}
