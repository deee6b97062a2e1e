/**
 * Lines of CSV as RFC 4180 has them. A cell that a spreadsheet would take for a formula is shown as text, by an apostrophe in front of it.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => quoted(withoutFormula(cell))).join(',')}\r\n`).join('');
}

/** Some spreadsheets take the wide forms of these signs for the same. */
function withoutFormula(cell: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
