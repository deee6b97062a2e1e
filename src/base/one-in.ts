/** Whether a text is among the one in so many that are chosen: by the text alone, so that everybody chooses the same. */
export function isOneIn(text: string, many: number): boolean {
  // FNV-1a, with a last step that lets each bit count.
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return ((hash ^ (hash >>> 16)) >>> 0) % many === 0;
}
