'use strict';
/* Labels: broken into lines, and placed where they cover neither each other nor a node. */
{
  const LONGEST = 240;
  const MOST_LINES = 3;
  const context = document.createElement('canvas').getContext('2d');
  const widths = new Map();
  const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });
  const words = new Intl.Segmenter('zh', { granularity: 'word' });
  const pieces = (segmenter, text) => [...segmenter.segment(text)].map((part) => part.segment);

  stdkg.FONT =
    '"Segoe UI", Roboto, "Helvetica Neue", Arial, "PingFang SC", "Microsoft YaHei", ' +
    '"Noto Sans CJK SC", "Noto Sans SC", sans-serif';

  /* The width of a text in em. */
  const widthOf = (text) => {
    if (!widths.has(text)) {
      context.font = `100px ${stdkg.FONT}`;
      widths.set(text, context.measureText(text).width / 100);
    }
    return widths.get(text);
  };

  /* What may not begin a line joins the word before it, what may not end one the word after. */
  const unbroken = (text) => {
    const parts = [];
    for (const word of pieces(words, text)) {
      const last = parts.length - 1;
      const stays = /^[\p{Pe}\p{Pf}\p{Po}\p{Pd}]/u.test(word) || /[\p{Ps}\p{Pi}/]$/u.test(parts[last]);
      if (last >= 0 && stays && widthOf(parts[last] + word) < 8) parts[last] += word;
      else parts.push(word);
    }
    return parts;
  };

  const broken = new Map();
  /* A text as at most three lines of a width in em; the last one says with … what was cut. */
  stdkg.lines = (text, width = 11) => {
    const key = `${width} ${text}`;
    if (!broken.has(key)) broken.set(key, lines(text, width));
    return broken.get(key);
  };

  const lines = (text, width) => {
    const found = [''];
    let cut = text.length > LONGEST;
    const put = (part) => {
      const last = found[found.length - 1];
      if (last && widthOf(last + part.trimEnd()) > width) {
        if (found.length === MOST_LINES) return (cut = true);
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
      while (letters.length > 1 && widthOf(letters.join('') + '…') > width) letters.pop();
      found[last] = letters.join('').trimEnd() + '…';
    }
    return found.map((line) => line.trim()).filter((line) => line);
  };

  const meets = (a, b) => a.x1 < b.x2 && b.x1 < a.x2 && a.y1 < b.y2 && b.y1 < a.y2;

  /* The four places beside a node for a label, best first; each with its box. */
  const sides = ({ x, y, size }, width, height, gap) => {
    const box = (side, x1, y1) => ({ side, x1, y1, x2: x1 + width, y2: y1 + height });
    const far = size / 2 + gap;
    return [
      box('bottom', x - width / 2, y + far),
      box('right', x + far, y - height / 2),
      box('left', x - far - width, y - height / 2),
      box('top', x - width / 2, y - far - height),
    ];
  };

  /*
   * nodes: [{ id, x, y, size, text, must }] in the order of their weight, in px of the picture.
   * edges: [{ id, x, y, text }]. font: its size in the same px. Gives by id the place of each
   * label that fits: { side, lines }; what must be shown is shown though nothing is free.
   */
  stdkg.placeLabels = (nodes, edges, font) => {
    const taken = nodes.map(({ id, x, y, size }) => {
      const half = size / 2;
      return { id, x1: x - half, y1: y - half, x2: x + half, y2: y + half };
    });
    const shown = new Map();
    const free = (box, id) => taken.every((other) => other.id === id || !meets(box, other));
    const measure = (text) => {
      const found = stdkg.lines(text);
      const width = Math.max(...found.map(widthOf), 0) * font;
      return { lines: found, width: width + font * 0.3, height: found.length * font * 1.2 };
    };
    for (const node of nodes) {
      const label = measure(node.text);
      const boxes = sides(node, label.width, label.height, font * 0.25);
      const box = boxes.find((one) => free(one, node.id)) || (node.must ? boxes[0] : null);
      if (!box || !label.lines.length) continue;
      taken.push(box);
      shown.set(node.id, { side: box.side, lines: label.lines });
    }
    for (const edge of edges) {
      const label = measure(edge.text);
      const x1 = edge.x - label.width / 2;
      const y1 = edge.y - label.height / 2;
      const box = { x1, y1, x2: x1 + label.width, y2: y1 + label.height };
      if (!label.lines.length || !free(box)) continue;
      taken.push(box);
      shown.set(edge.id, { side: 'center', lines: label.lines });
    }
    return shown;
  };
}
