'use strict';
/* Fold names for searching, by the rules of kg/common/folding.py, and rank names that match. */
{
  const MEANINGFUL = '&%#@*';
  const SPACE = /[\p{Z}\p{C}]/u;
  const MARKS = /(?<=\p{Nd})([^\p{L}\p{N}]+)(?=\p{Nd})|[^\p{L}\p{N}]+/gu;
  const { variants } = stdkg.data;

  const reduced = (char, between) => {
    if (/\p{Pd}|\u2212/u.test(char)) return between ? '-' : '';
    if (SPACE.test(char)) return '';
    if (/\p{P}/u.test(char) && !MEANINGFUL.includes(char)) return between ? char : '';
    return char;
  };
  const reduce = (run, between) => {
    const rest = [...run].map((char) => reduced(char, between !== undefined)).join('');
    return rest || (between !== undefined && /\s/u.test(run) ? ' ' : '');
  };

  const HAN = /[\u3400-\u9fff]/g;
  const variant = (char) => variants[char] ?? char;
  /* Unicode's case folding of a character: ß is ss, ς is σ; ı stays. */
  const lower = (char) => (char === 'ı' ? char : char.toUpperCase().toLowerCase());
  const folded = new Map();
  /* Width, case, variants of characters, spaces and punctuation are ignored. */
  const fold = (text) => {
    if (!folded.has(text)) {
      const plain = [...text.normalize('NFKC')].map(lower).join('').normalize('NFKC');
      const alike = plain.replace(MARKS, reduce).normalize('NFKC').replace(HAN, variant);
      folded.set(text, alike);
    }
    return folded.get(text);
  };

  /* The words of a text, folded. */
  const words = (text) =>
    text
      .split(/\s+/)
      .map(fold)
      .filter((word) => word);

  const WORD = /\p{Script=Han}|[^\p{Script=Han}\p{P}\p{Z}\p{S}]+/gu;
  const split = new Map();
  /* The words of a name: between spaces and punctuation, and each Han character. */
  const parts = (name) => {
    if (!split.has(name)) split.set(name, (name.normalize('NFKC').match(WORD) || []).map(fold));
    return split.get(name);
  };

  const sequence = (long, short) => {
    for (let at = 0; at + short.length <= long.length; at += 1) {
      if (short.every((word, index) => long[at + index] === word)) return at;
    }
    return -1;
  };

  /*
   * How well a name matches a text, best first: 0 it is the same, 1 it begins with its words, 2 it
   * has them in this order, 3 it has them all, 4 it begins with the text, 5 it contains it, 6 it
   * contains its words; Infinity if not.
   */
  const rank = (name, text) => {
    const [whole, wanted] = [fold(name), fold(text)];
    if (whole === wanted) return 0;
    const [has, needs] = [parts(name), parts(text)];
    const at = needs.length ? sequence(has, needs) : -1;
    if (at >= 0) return at === 0 ? 1 : 2;
    if (needs.length && needs.every((word) => has.includes(word))) return 3;
    if (whole.startsWith(wanted)) return 4;
    if (whole.includes(wanted)) return 5;
    return words(text).every((word) => whole.includes(word)) ? 6 : Infinity;
  };

  Object.assign(stdkg, { fold, foldedWords: words, rankName: rank });
}
