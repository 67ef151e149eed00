'use strict';
{
  const WORDS = {
    skip: ['Skip to the proposals', '跳至建议'],
    save: ['Save review', '保存审阅结果'],
    keys: ['Keys', '快捷键'],
    close: ['Close', '关闭'],
    text: ['Text', '原文'],
    proposals: ['Proposed claims', '建议的断言'],
    edit: ['Correct the proposal', '更正建议'],
    claim: ['Relation', '关系'],
    subject: ['Subject: entity in the graph', '主语：图谱中的实体'],
    subjectEn: ['English name of the subject, if it is new', '主语的英文名（新实体）'],
    object: ['Object: entity in the graph', '宾语：图谱中的实体'],
    objectEn: ['English name of the object, if it is new', '宾语的英文名（新实体）'],
    editHint: [
      'An entity is given by its path, such as cn/sac; “new” makes one. kg search NAME finds it.',
      '实体以路径给出，如 cn/sac；new 表示新建。可用 kg search 名称 查找。',
    ],
    keep: ['Keep', '确定'],
    cancel: ['Cancel', '取消'],
    accept: ['Accept', '接受'],
    refuse: ['Refuse', '拒绝'],
    editShort: ['Correct', '更正'],
    dark: ['Dark', '深色'],
    light: ['Light', '浅色'],
    accepted: ['accepted', '已接受'],
    refused: ['refused', '已拒绝'],
    proposed: ['open', '待定'],
    corrected: ['corrected', '已更正'],
    all: ['All', '全部'],
    confidence: ['confidence', '置信度'],
    isNew: ['new', '新'],
    legend: [
      'Underlined: what was found; in color: what the graph knows. Marked: the proposal at hand.',
      '下划线：识别出的内容；彩色：图谱中已有。底色：当前建议。',
    ],
    progress: ['{0} of {1} decided: {2} accepted, {3} refused', '已决定{0}/{1}：接受{2}，拒绝{3}'],
    saved: ['Saved {0}: give it to kg article accept --review', '已保存{0}：交给 kg article accept --review'],
    unsaved: ['not saved', '未保存'],
    planned: ['planned', '计划中'],
    asked: ['asked for', '请求中'],
    reportedBy: ['reported by', '据'],
    asOf: ['as of', '截至'],
    period: ['in', '时间'],
    none: ['No proposals here.', '此处没有建议。'],
  };
  const CLAIMS = {
    proposed: ['proposed', '提出'],
    hosts: ['hosts', '主办'],
    drafts: ['drafts', '起草'],
    approves: ['approves', '批准'],
    publishes: ['publishes', '发布'],
    'takes over': ['takes over', '采纳'],
    secretariat: ['holds the secretariat of', '承担秘书处'],
    counts: ['counts', '数量'],
  };
  const KEYS = [
    ['j', ['next proposal', '下一条']],
    ['k', ['previous proposal', '上一条']],
    ['a', ['accept', '接受']],
    ['r', ['refuse', '拒绝']],
    ['u', ['undecided again', '恢复待定']],
    ['e', ['correct', '更正']],
    ['s', ['save the review', '保存审阅结果']],
    ['?', ['show the keys', '显示快捷键']],
  ];
  const data = JSON.parse(document.getElementById('data').textContent);
  const byId = (id) => document.getElementById(id);
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  let language = (navigator.language || 'zh').startsWith('zh') ? 1 : 0;
  let current = 0;
  let filter = 'all';
  let dirty = false;
  const edits = new Map();
  const word = (key, ...values) =>
    values.reduce((text, value, place) => text.replace(`{${place}}`, value), WORDS[key][language]);
  const proposals = data.proposals;

  // Offsets count code points, JavaScript's strings are UTF-16.
  const characters = Array.from(data.text);

  function drawText() {
    const lit = new Map();
    const proposal = proposals[current];
    for (const span of proposal ? proposal.spans : []) {
      for (let at = span.start; at < span.end; at += 1) lit.set(at, span.role);
    }
    const mentionAt = new Map();
    for (const mention of data.mentions) {
      if (mention.type === 'QUOTED') continue;
      for (let at = mention.start; at < mention.end; at += 1) mentionAt.set(at, mention);
    }
    const box = byId('text');
    box.replaceChildren();
    let start = 0;
    for (let at = 1; at <= characters.length; at += 1) {
      const same =
        at < characters.length && lit.get(at) === lit.get(start) && mentionAt.get(at) === mentionAt.get(start);
      if (same) continue;
      const part = characters.slice(start, at).join('');
      const mention = mentionAt.get(start);
      const role = lit.get(start);
      if (mention || role) {
        const span = make('span', {}, part);
        if (mention) {
          span.dataset.type = mention.type;
          span.title = `${mention.type} ${mention.value} ${mention.iri}`;
          span.classList.toggle('known', mention.iri !== 'new');
        }
        if (role) span.classList.add('lit', `lit-${role}`);
        box.append(span);
      } else {
        box.append(part);
      }
      start = at;
    }
    const first = box.querySelector('.lit');
    if (first) box.scrollTop += first.getBoundingClientRect().top - box.getBoundingClientRect().top - 80;
  }

  const shown = () => proposals.map((_, at) => at).filter((at) => filter === 'all' || proposals[at].state === filter);

  function entity(value, id, role) {
    const edit = edits.get(id) || {};
    const iri = edit[role] || value.iri;
    const path = iri.replace('https://w3id.org/stdkg/', '');
    const en = edit[`${role}_en`] || value.en;
    const note = value.type === 'QTY' ? '' : ` (${iri === 'new' ? word('isNew') : path}${en ? `, ${en}` : ''})`;
    return [make('span', { lang: 'zh-Hans' }, value.name), make('small', {}, note)];
  }

  function item(at) {
    const proposal = proposals[at];
    const edit = edits.get(proposal.id);
    const claim = (CLAIMS[(edit && edit.claim) || proposal.claim] || [proposal.claim, proposal.claim])[language];
    const line = make('p', { class: 'statement' });
    line.append(...entity(proposal.subject, proposal.id, 'subject'), ' ', make('b', {}, claim), ' ');
    line.append(...entity(proposal.object, proposal.id, 'object'));
    const facts = make('p', { class: 'facts' });
    const state = word(proposal.state) + (edit ? `, ${word('corrected')}` : '');
    facts.append(make('span', { class: 'state' }, state));
    facts.append(make('span', {}, `${word('confidence')} ${proposal.confidence.toFixed(2)}`));
    for (const span of proposal.spans) {
      if (['planned', 'asked', 'reportedBy', 'asOf', 'period'].includes(span.role)) {
        facts.append(make('span', {}, `${word(span.role)} ${span.quote}`));
      }
    }
    const buttons = make('p', { class: 'buttons' });
    const button = (key, action, pressed) => {
      const one = make('button', { type: 'button' }, word(key));
      if (pressed !== undefined) one.setAttribute('aria-pressed', String(pressed));
      one.addEventListener('click', (event) => {
        event.stopPropagation();
        select(at, false);
        action();
      });
      buttons.append(one);
    };
    button('accept', () => decide('accepted'), proposal.state === 'accepted');
    button('refuse', () => decide('refused'), proposal.state === 'refused');
    button('editShort', openEditor);
    const row = make('li', { id: `p${at}`, tabindex: '-1', 'data-state': proposal.state }, line, facts, buttons);
    row.addEventListener('click', () => select(at, true));
    return row;
  }

  function drawList() {
    const list = byId('proposals');
    list.replaceChildren(...shown().map(item));
    if (!list.children.length) list.append(make('li', {}, word('none')));
    const filters = ['all', 'proposed', 'accepted', 'refused'].map((name) => {
      const one = make('button', { type: 'button', 'aria-pressed': String(name === filter) }, word(name));
      one.addEventListener('click', () => {
        filter = name;
        drawList();
        mark();
      });
      return one;
    });
    byId('filters').replaceChildren(...filters);
    const count = (state) => proposals.filter((each) => each.state === state).length;
    const decided = proposals.length - count('proposed');
    const line = word('progress', decided, proposals.length, count('accepted'), count('refused'));
    byId('progress').textContent = dirty ? `${line} (${word('unsaved')})` : line;
  }

  function mark() {
    for (const row of document.querySelectorAll('#proposals li')) {
      if (row.id === `p${current}`) row.setAttribute('aria-current', 'true');
      else row.removeAttribute('aria-current');
    }
  }

  function select(at, focus) {
    current = at;
    mark();
    drawText();
    const row = byId(`p${at}`);
    if (row && focus) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: 'nearest' });
    }
  }

  function move(step) {
    const places = shown();
    if (!places.length) return;
    const at = places.indexOf(current);
    const next = at < 0 ? 0 : Math.min(places.length - 1, Math.max(0, at + step));
    select(places[next], true);
  }

  function redraw() {
    drawList();
    select(current, true);
  }

  function decide(state) {
    const proposal = proposals[current];
    if (!proposal) return;
    const places = shown();
    const place = places.indexOf(current);
    proposal.state = state;
    dirty = true;
    // The next open one is at hand after a decision.
    const next = places.slice(place + 1).find((at) => proposals[at].state === 'proposed');
    drawList();
    select(state !== 'proposed' && next !== undefined ? next : current, true);
  }

  function openEditor() {
    const proposal = proposals[current];
    if (!proposal) return;
    const form = byId('editor-form');
    const edit = edits.get(proposal.id) || {};
    const path = (iri) => iri.replace('https://w3id.org/stdkg/', '');
    form.claim.replaceChildren(
      ...Object.entries(CLAIMS)
        .filter(([name]) => (name === 'counts') === (proposal.claim === 'counts'))
        .map(([name, labels]) => make('option', { value: name }, labels[language])),
    );
    form.claim.value = edit.claim || proposal.claim;
    form.subject.value = edit.subject || path(proposal.subject.iri);
    form.subject_en.value = edit.subject_en || proposal.subject.en;
    form.object.value = edit.object || path(proposal.object.iri);
    form.object_en.value = edit.object_en || proposal.object.en;
    for (const name of ['object', 'object_en']) form[name].closest('label').hidden = proposal.claim === 'counts';
    byId('editor-quote').textContent = proposal.spans.map((span) => span.quote).join(' … ');
    byId('editor').showModal();
  }

  byId('editor-form').addEventListener('submit', (event) => {
    if (event.submitter && event.submitter.value === 'cancel') return;
    const proposal = proposals[current];
    const form = event.target;
    const path = (iri) => iri.replace('https://w3id.org/stdkg/', '');
    const before = {
      claim: proposal.claim,
      subject: path(proposal.subject.iri),
      subject_en: proposal.subject.en,
      object: path(proposal.object.iri),
      object_en: proposal.object.en,
    };
    const edit = {};
    for (const [name, value] of Object.entries(before)) {
      const entered = form[name].value.trim();
      if (entered && entered !== value) edit[name] = entered;
    }
    if (Object.keys(edit).length) edits.set(proposal.id, edit);
    else edits.delete(proposal.id);
    dirty = true;
    redraw();
  });
  byId('editor').addEventListener('close', () => select(current, true));

  function save() {
    const decisions = proposals
      .filter((each) => each.state !== 'proposed')
      .map((each) => ({ claim: each.id, decision: each.state, edit: edits.get(each.id) || {} }));
    const content = JSON.stringify({ article: data.article, decisions }, null, 1);
    const name = `${data.article}-review.json`;
    const link = make('a', { download: name });
    link.href = URL.createObjectURL(new Blob([content], { type: 'application/json' }));
    link.click();
    URL.revokeObjectURL(link.href);
    dirty = false;
    drawList();
    mark();
    byId('progress').textContent = word('saved', name);
  }

  function drawHelp() {
    const rows = KEYS.flatMap(([key, labels]) => [
      make('dt', {}, make('kbd', {}, key)),
      make('dd', {}, labels[language]),
    ]);
    byId('help-list').replaceChildren(...rows);
  }

  function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    byId('theme').textContent = word(theme === 'dark' ? 'light' : 'dark');
  }

  function setLanguage(chosen) {
    language = chosen;
    document.documentElement.lang = language ? 'zh-Hans' : 'en';
    for (const element of document.querySelectorAll('[data-word]')) element.textContent = word(element.dataset.word);
    byId('language').textContent = language ? 'English' : '中文';
    byId('language').lang = language ? 'en' : 'zh-Hans';
    byId('text').setAttribute('aria-label', word('text'));
    byId('legend').textContent = word('legend');
    document.title = `${data.title || data.article} · kg draft`;
    byId('title').textContent = data.title || data.article;
    setTheme(document.documentElement.dataset.theme);
    drawHelp();
    drawList();
    mark();
  }

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    const actions = {
      j: () => move(1),
      k: () => move(-1),
      a: () => decide('accepted'),
      r: () => decide('refused'),
      u: () => decide('proposed'),
      e: openEditor,
      s: save,
      '?': () => byId('help').showModal(),
    };
    const action = actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
  byId('save').addEventListener('click', save);
  byId('keys').addEventListener('click', () => byId('help').showModal());
  byId('theme').addEventListener('click', () =>
    setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'),
  );
  byId('language').addEventListener('click', () => setLanguage(1 - language));
  window.addEventListener('beforeunload', (event) => {
    if (dirty) event.preventDefault();
  });
  document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  setLanguage(language);
  select(0, false);
}
