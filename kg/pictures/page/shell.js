'use strict';
/* Shared by both kinds of pages: language, theme, and insertion of text. */
{
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById('data').textContent);
  const listeners = { lang: [], theme: [] };
  const byId = (id) => document.getElementById(id);

  Object.assign(stdkg, { data, byId, lang: data.lang, theme: 'light' });

  stdkg.on = (what, listener) => listeners[what].push(listener);
  const tell = (what) => listeners[what].forEach((listener) => listener());

  stdkg.word = (name, ...values) => {
    const word = stdkg.words[stdkg.lang][name];
    return typeof word === 'function' ? word(...values) : word;
  };

  /* A text in the language of the page, or else in the other one. */
  stdkg.of = (text) => text[stdkg.lang] || text.zh || text.en || '';

  /* Han characters get the right glyphs only with a lang of their own. */
  const langOf = (text) => (/\p{Script=Han}/u.test(text) ? 'zh-Hans' : 'en');

  /* Create an element; string children are inserted as text, never as HTML. */
  stdkg.el = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, '');
      else if (value !== false && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
  };

  /* A text of the data, with its own language and direction. */
  stdkg.text = (value, name = 'span', attributes = {}) =>
    stdkg.el(name, { lang: langOf(value), dir: 'auto', ...attributes }, value);

  /* A link if the address is http(s), else the text alone. */
  stdkg.link = (address, value = address, attributes = {}) => {
    const web = /^https?:\/\//i.test(address || '');
    const about = web ? { href: address, rel: 'noopener noreferrer', target: '_blank' } : {};
    return stdkg.text(value, web ? 'a' : 'span', { ...about, ...attributes });
  };

  stdkg.number = (value) => value.toLocaleString('en');

  stdkg.say = (what) => {
    byId('status').textContent = what;
  };

  stdkg.save = (blob, ending) => {
    const address = URL.createObjectURL(blob);
    stdkg.el('a', { href: address, download: `${data.name}.${stdkg.lang}.${ending}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };

  /* Save a drawing, the text of an SVG file, as PNG: twice its size, up to what canvases allow. */
  stdkg.savePng = async (svg) => {
    const { documentElement } = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const size = ['width', 'height'].map((name) => parseFloat(documentElement.getAttribute(name)));
    const scale = Math.min(2, 12000 / Math.max(...size, 1));
    const image = new Image();
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    image.src = address;
    await image.decode();
    const [width, height] = size.map((side) => Math.ceil(side * scale));
    const canvas = stdkg.el('canvas', { width, height });
    canvas.getContext('2d').drawImage(image, 0, 0, width, height);
    URL.revokeObjectURL(address);
    canvas.toBlob((blob) => stdkg.save(blob, 'png'), 'image/png');
  };

  /* A piece of evidence: phrase, position, source. */
  stdkg.proof = (proof, place) => {
    const { el, word } = stdkg;
    const phrase = proof.phrase === null ? null : word('quote', proof.phrase);
    const listed = proof.record === null ? '' : word('record', proof.record);
    const where = proof.start === null ? listed : word('characters', proof.start, proof.end);
    // A catalogue has records instead of a text to quote.
    const bare = phrase === null && !proof.listed;
    return el(
      'div',
      { class: 'proof' },
      phrase === null ? null : stdkg.text(phrase, place ? 'blockquote' : 'q', { class: 'phrase' }),
      bare && place ? el('p', { class: 'soft' }, word('noPhrase')) : null,
      el(
        'div',
        { class: 'soft' },
        stdkg.link(proof.url, stdkg.of(proof.sourceName) || proof.source, { class: 'source' }),
        where && place ? el('span', { class: 'where' }, ` · ${where}`) : null,
      ),
    );
  };

  const paintWords = () => {
    root.lang = stdkg.lang === 'zh' ? 'zh-Hans' : 'en';
    document.title = stdkg.of(data.title);
    byId('title').textContent = stdkg.of(data.title);
    byId('description').textContent = stdkg.of(data.description);
    for (const place of document.querySelectorAll('[data-word]')) {
      place.textContent = stdkg.word(place.dataset.word);
    }
    for (const place of document.querySelectorAll('[data-label]')) {
      place.setAttribute('aria-label', stdkg.word(place.dataset.label));
      if (place.tagName === 'BUTTON') place.title = stdkg.word(place.dataset.label);
    }
    for (const button of document.querySelectorAll('[data-lang]')) {
      button.setAttribute('aria-pressed', String(button.dataset.lang === stdkg.lang));
    }
    paintTheme();
  };

  const paintTheme = () => {
    root.dataset.theme = stdkg.theme;
    byId('theme').textContent = stdkg.word(stdkg.theme === 'dark' ? 'light' : 'dark');
  };

  stdkg.setLang = (lang) => {
    stdkg.lang = lang;
    paintWords();
    tell('lang');
  };

  stdkg.setTheme = (theme) => {
    stdkg.theme = theme;
    paintTheme();
    tell('theme');
  };

  const wish = window.matchMedia('(prefers-color-scheme: dark)');
  stdkg.theme = wish.matches ? 'dark' : 'light';
  wish.addEventListener('change', () => stdkg.setTheme(wish.matches ? 'dark' : 'light'));
  byId('theme').addEventListener('click', () =>
    stdkg.setTheme(stdkg.theme === 'dark' ? 'light' : 'dark'),
  );
  for (const button of document.querySelectorAll('[data-lang]')) {
    button.addEventListener('click', () => stdkg.setLang(button.dataset.lang));
  }
  paintWords();
}
