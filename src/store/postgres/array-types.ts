/**
 * How lists are sent, by the number that each type of list has in every PostgreSQL. The driver would ask the database for
 * them, beside the first statement of each connection; when that fails, it ends the process.
 *
 * None is read: statements return lists as JSON.
 */
export const arrayTypes = {
  int2Array: { to: 1005, from: [1005], serialize: serializeArray, parse: refuse },
  int8Array: { to: 1016, from: [1016], serialize: serializeArray, parse: refuse },
  textArray: { to: 1009, from: [1009], serialize: serializeArray, parse: refuse },
  timestamptzArray: { to: 1185, from: [1185], serialize: serializeArray, parse: refuse },
};

function refuse(): never {
  throw new TypeError('A statement returned a list in a form that nothing reads.');
}

/** A list, or the text of one. */
function serializeArray(items: unknown): string {
  if (typeof items === 'string') return items;
  if (!Array.isArray(items)) throw new TypeError('A list was expected as a parameter of a statement.');
  return `{${items.map(serializeItem).join(',')}}`;
}

function serializeItem(item: unknown): string {
  if (typeof item === 'number') return String(item);
  if (item === null) return 'null';
  if (typeof item !== 'string') throw new TypeError(`A list of a statement holds a value of type ${typeof item}.`);
  // Nearly none has anything to escape, and to look for it is much less than to replace nothing.
  return `"${needsEscape.test(item) ? item.replace(escaped, String.raw`\$&`) : item}"`;
}

const needsEscape = /["\\]/;
const escaped = /["\\]/g;
