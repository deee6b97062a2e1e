type Value = string | number | null;

/** Rows of one statement: few enough that it does not keep others waiting. */
const rowsPerStatement = 500;

/** In pieces that are good for one statement each. */
export function pieces<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  const count = Math.ceil(items.length / rowsPerStatement);
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * rowsPerStatement, (index + 1) * rowsPerStatement),
  );
}

/** Rows as a list of plain values, each of which says its type: a server that only passes them on does not find it out. */
export function valuesOf(types: readonly string[], rows: readonly (readonly Value[])[]) {
  const text = rows
    .map((_, row) => `(${types.map((type, column) => `$${row * types.length + column + 1}::${type}`).join(', ')})`)
    .join(', ');
  return { text, parameters: rows.flat() };
}
