// What the server is still counting: the page is asked for again until it has it, and takes its place.

const WAITS = [1000, 2000, 4000, 8000, 15000];

async function again(waits) {
  const [wait, ...rest] = waits;
  if (!wait) return;
  await new Promise((done) => setTimeout(done, wait));
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (page.querySelector('[data-later]')) return again(rest);
  const content = document.getElementById('content');
  const open = [...content.querySelectorAll('details')].map((each) => each.open);
  const used = open.some(Boolean) || content.contains(document.activeElement);
  // Who reads already keeps their place; the link in the notice shows the rest.
  if (used) return;
  content.replaceChildren(...page.getElementById('content').childNodes);
  document.dispatchEvent(new Event('renewed'));
}

again(WAITS);
