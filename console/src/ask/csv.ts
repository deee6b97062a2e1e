/**
 * Lines of CSV as RFC 4180 has them. A cell that a spreadsheet would take for a formula is shown as text, by an apostrophe in front of it.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => quoted(withoutFormula(cell))).join(',')}\r\n`).join('');
}

/**
 * Some spreadsheets take the wide forms of these signs for the same, and some begin another cell after a semicolon, a tab or a line, whatever
 * stands around it.
 */
function withoutFormula(cell: string): string {
  const begun = cell.replaceAll(/(?=[=+\-@|!%＝＋－＠])(?<=[;\t\r\n]["\s]*)/g, "'");
  return /^\s*[=+\-@|!%\t\r\n＝＋－＠]/.test(begun) ? `'${begun}` : begun;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
