/** Of a string and its places in lists, besides its characters, which take two bytes where one of them is not Latin. */
export function bytesOfText(text: string): number {
  return 64 + 2 * text.length;
}
