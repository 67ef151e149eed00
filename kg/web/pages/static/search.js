// Suggestions under search boxes and fields that name a thing: a combobox with a list
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). The server writes the options.

const WAIT = 60;

let lists = 0;

function enhanceAll() {
  for (const input of document.querySelectorAll('[data-suggest]:not([role])')) enhance(input);
}

enhanceAll();
document.addEventListener('renewed', enhanceAll);

function enhance(input) {
  const list = document.createElement('div');
  list.id = `suggestions-${++lists}`;
  list.className = 'suggestions';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', input.labels[0]?.textContent.trim() ?? '');
  list.hidden = true;
  const picks = 'pick' in input.dataset;
  input.after(list);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-expanded', 'false');
  input.setAttribute('aria-controls', list.id);

  let timer, request, asked = '', active = null;

  function close() {
    list.hidden = true;
    mark(null);
    input.setAttribute('aria-expanded', 'false');
  }

  function mark(option) {
    active?.removeAttribute('aria-selected');
    active = option;
    if (!option) return input.removeAttribute('aria-activedescendant');
    option.setAttribute('aria-selected', 'true');
    option.scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', option.id);
  }

  function choose(option) {
    close();
    if (picks && option.dataset.value) {
      input.value = option.dataset.value;
      input.dataset.picked = option.dataset.href;
      asked = input.value;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    } else {
      location.href = option.dataset.href;
    }
  }

  async function ask() {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    request?.abort();
    if (!text) return close();
    request = new AbortController();
    const address = new URL(input.dataset.suggest, location.href);
    address.searchParams.set('q', text);
    if (input.dataset.kind) address.searchParams.set('kind', input.dataset.kind);
    try {
      const answer = await fetch(address, {
        headers: { Accept: 'text/html' },
        signal: request.signal,
      });
      if (!answer.ok) return close();
      list.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== 'AbortError') close();
      return;
    }
    mark(null);
    for (const option of list.children) option.id = `${list.id}-${option.id}`;
    const shown = list.children.length > 0 && document.activeElement === input;
    list.hidden = !shown;
    input.setAttribute('aria-expanded', String(shown));
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener('keydown', (event) => {
    const options = [...list.children];
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length) {
      event.preventDefault();
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const place = options.indexOf(active) + step;
      mark(active || step > 0 ? options[place] ?? null : options.at(-1));
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      choose(active);
    }
  });
  input.addEventListener('blur', () => setTimeout(close, 150));
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[role=option]');
    if (option) choose(option);
  });
}
