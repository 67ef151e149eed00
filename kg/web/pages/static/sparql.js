// The editor of queries: highlights, checks as one types, and completes terms of the ontology and
// variables. The form and its address stay what they are without it.

const field = document.getElementById('q-sparql');
const { prefixes, classes, properties } = JSON.parse(document.getElementById('terms').textContent);
const Yasqe = window.Yasqe.default ?? window.Yasqe;
const MOST = 60;

function compact(iri) {
  for (const [prefix, namespace] of Object.entries(prefixes)) {
    const local = iri.startsWith(namespace) ? iri.slice(namespace.length) : '';
    if (/^[\w-]+$/.test(local)) return `${prefix}:${local}`;
  }
  return `<${iri}>`;
}

function register(name, iris) {
  const own = `stdkg-${name}`;
  const known = iris.map(compact).sort();
  Yasqe.registerAutocompleter(
    {
      name: own,
      bulk: false,
      autoShow: true,
      persistenceId: null,
      get: (_, token) => {
        const text = (token?.string ?? '').trim().toLowerCase();
        return known.filter((each) => each.toLowerCase().includes(text)).slice(0, MOST);
      },
      isValidCompletionPosition: Yasqe.Autocompleters[name].isValidCompletionPosition,
      postProcessSuggestion: (_, __, term) => term,
    },
    false,
  );
  return own;
}

// Lists of options are merged with the defaults, whose completers ask other servers.
Yasqe.defaults.autocompleters = [];
const completers = [register('class', classes), register('property', properties), 'variables'];

const holder = document.createElement('div');
holder.className = 'editor';
field.after(holder);
const editor = new Yasqe(holder, {
  value: field.value,
  persistenceId: null,
  showQueryButton: false,
  createShareableLink: null,
  consumeShareLink: null,
  resizeable: false,
  editorHeight: 'auto',
  autocompleters: completers,
});
// The server declares the usual prefixes, so that they are known without a line of their own.
const mode = editor.getMode();
const { startState } = mode;
mode.startState = (...given) => Object.assign(startState(...given), { prefixes: { ...prefixes } });
editor.setValue(field.value);
// Tab leaves the editor, as it leaves any field; Enter with Ctrl runs the query.
const run = () => field.form.requestSubmit();
editor.addKeyMap({ Tab: false, 'Shift-Tab': false, 'Ctrl-Enter': run, 'Cmd-Enter': run });
editor.query = () => Promise.resolve(run());
editor.getInputField().setAttribute('aria-label', field.labels[0].textContent);
editor.on('changes', () => {
  field.value = editor.getValue();
});
field.labels[0].addEventListener('click', () => editor.focus());
field.hidden = true;
holder.dataset.ready = 'true';
window.stdkgEditor = editor;
