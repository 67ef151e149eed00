'use strict';
/* Labels: line breaking, and placement without overlaps. */
{
  const LONGEST = 240;
  /* Maximum width in em and number of lines, most legible first. */
  const FORMS = [
    [11, 3],
    [11, 2],
    [8, 1],
  ];
  const context = document.createElement('canvas').getContext('2d');
  const widths = new Map();
  const [graphemes, words] = ['grapheme', 'word'].map((granularity) =>
    Intl.Segmenter ? new Intl.Segmenter('zh', { granularity }) : null,
  );
  /* Browsers before 2024 may lack word segmentation; then lines break at any character. */
  const pieces = (segmenter, text) =>
    segmenter ? [...segmenter.segment(text)].map((part) => part.segment) : [...text];

  /* The width of a text in em. */
  const widthOf = (text) => {
    if (!widths.has(text)) {
      context.font = `100px ${stdkg.data.fonts}`;
      widths.set(text, context.measureText(text).width / 100);
    }
    return widths.get(text);
  };

  /* Closing punctuation joins the word before it, opening punctuation the word after. */
  const unbroken = (text) => {
    const parts = [];
    for (const word of pieces(words, text)) {
      const last = parts.length - 1;
      const stays =
        /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}]/u.test(word) || /[\p{Ps}\p{Pi}\p{Pd}/]$/u.test(parts[last]);
      if (last >= 0 && stays && widthOf(parts[last] + word) < 8) parts[last] += word;
      else parts.push(word);
    }
    return parts;
  };

  stdkg.widthOf = widthOf;

  const broken = new Map();
  /* Break a text into lines of a width in em; … marks a text that was cut. */
  const linesOf = (text, form) => {
    const key = `${form} ${text}`;
    if (!broken.has(key)) broken.set(key, balanced(text, ...form));
    return broken.get(key);
  };

  /* Narrow the lines as long as their number stays the same, so that they are balanced. */
  const balanced = (text, width, most) => {
    let best = lines(text, width, most);
    const longest = Math.max(0, ...unbroken(text.slice(0, LONGEST)).map(widthOf));
    const least = Math.max(longest, width / 2);
    for (let less = width - 0.5; best.length > 1 && less > least; less -= 0.5) {
      const next = lines(text, less, most);
      if (next.length > best.length || next.join('').endsWith('…')) break;
      best = next;
    }
    return best;
  };

  const lines = (text, width, most) => {
    const found = [''];
    let cut = text.length > LONGEST;
    const put = (part) => {
      const last = found[found.length - 1];
      if (last && widthOf(last + part.trimEnd()) > width) {
        if (found.length === most) return (cut = true);
        found.push(part.trimStart());
      } else found[found.length - 1] = last + part;
      return false;
    };
    const start = text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
    for (const word of unbroken(start.replace(/\s+/g, ' ').trim())) {
      const small = widthOf(word) > width ? pieces(graphemes, word) : [word];
      if (small.some(put)) break;
    }
    const last = found.length - 1;
    if (cut) {
      const letters = pieces(graphemes, found[last].trimEnd());
      let next = '';
      const tooLong = () => widthOf(letters.join('') + '…') > width;
      while (letters.length > 1 && tooLong()) next = letters.pop() + next;
      // The beginning of a number is another number, so a number is kept whole or left out.
      const split = /^[.,]?\d/.test(next) && /[\d.,]*\d[.,]?$/.exec(letters.join(''));
      if (split) letters.length -= split[0].length;
      found[last] = letters.join('').replace(/[\s–:：,，-]+$/, '') + '…';
    }
    return found.map((line) => line.trim()).filter((line) => line);
  };

  const meets = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;

  /* Positions of a label around its node, best first: its box, and the style in Cytoscape. */
  const places = ({ x, y, size }, { width, height }, gap) => {
    const far = size / 2 + gap;
    const place = (valign, halign, dx, dy) => {
      const across = { left: x - width + dx, center: x - width / 2 + dx, right: x + dx }[halign];
      const down = { top: y - height + dy, center: y - height / 2 + dy, bottom: y + dy }[valign];
      const box = { x1: across, y1: down, x2: across + width, y2: down + height };
      return { box, valign, halign, dx, dy };
    };
    const [aside, slope] = [width * 0.38, height * 0.5];
    return [
      place('bottom', 'center', 0, far),
      place('center', 'right', far, 0),
      place('center', 'left', -far, 0),
      place('top', 'center', 0, -far),
      ...[1, -1].flatMap((way) => [
        place('bottom', 'center', way * aside, far),
        place('top', 'center', way * aside, -far),
        place('center', way > 0 ? 'right' : 'left', way * far, slope),
        place('center', way > 0 ? 'right' : 'left', way * far, -slope),
      ]),
    ];
  };

  const covered = (a, b) =>
    Math.max(0, Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1)) *
    Math.max(0, Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1));

  /*
   * nodes: [{ id, x, y, size, text, must }] by descending weight, in model px;
   * edges: [{ id, x, y, text, must }]; font: font size; within: the visible box, in the same px.
   * Returns by id the lines and the position of each label that overlaps nothing. A label that must
   * be shown and has no free position gets the one with the least overlap.
   */
  stdkg.placeLabels = (nodes, edges, font, within) => {
    const marks = nodes.map(({ id, x, y, size }) => {
      const half = size / 2;
      return { id, x1: x - half, y1: y - half, x2: x + half, y2: y + half };
    });
    const taken = [];
    const shown = new Map();
    const inside = (box) =>
      box.x1 > within.x1 && box.x2 < within.x2 && box.y1 > within.y1 && box.y2 < within.y2;
    const clear = (box) => inside(box) && !taken.some((other) => meets(box, other));
    const free = (box, id) =>
      clear(box) && marks.every((mark) => mark.id === id || !meets(box, mark));
    const measure = (text, form) => {
      const found = linesOf(text, form);
      const width = Math.max(...found.map(widthOf), 0) * font;
      return { found, width: width + font * 0.3, height: found.length * font * 1.2 };
    };
    const cost = ({ box, id }) =>
      marks.reduce((sum, mark) => sum + (mark.id === id ? 0 : covered(box, mark)), 0) +
      taken.reduce((sum, other) => sum + 20 * covered(box, other), 0) +
      (inside(box) ? 0 : 1e6);

    const onEdge = (edge) => {
      const { found, width, height } = measure(edge.text, FORMS[1]);
      const [x1, y1] = [edge.x - width / 2, edge.y - height / 2];
      const box = { x1, y1, x2: x1 + width, y2: y1 + height };
      if (!found.length || !(edge.must || free(box, ''))) return;
      taken.push(box);
      shown.set(edge.id, { lines: found });
    };
    edges.filter((edge) => edge.must).forEach(onEdge);
    for (const node of nodes) {
      const options = FORMS.flatMap((form) => {
        const label = measure(node.text, form);
        const all = label.found.length ? places(node, label, font * 0.25) : [];
        return all.map((place) => ({ ...place, id: node.id, lines: label.found }));
      });
      let best = options.find((option) => free(option.box, node.id));
      if (!best && node.must && options.length) {
        best = options.reduce((a, b) => (cost(b) < cost(a) ? b : a));
      }
      if (!best) continue;
      taken.push(best.box);
      shown.set(node.id, best);
    }
    edges.filter((edge) => !edge.must).forEach(onEdge);
    return shown;
  };
}
