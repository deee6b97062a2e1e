/**
 * How names begin that nobody has chosen in a document. As short whatever clients call their own, since it stands in each object of an
 * answer; and found by reading the text once, however long their names are.
 */
export function unusedPrefix(text: string): string {
  const taken = new Set(Array.from(text.matchAll(/_postern(\d*)(?=_)/g), ([, number = '']) => number));
  let number = '';
  for (let next = 1; taken.has(number); next += 1) number = String(next);
  return `_postern${number}_`;
}
