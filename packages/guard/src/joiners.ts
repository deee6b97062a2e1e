/**
 * Characters that nobody sees by themselves, where a script cannot be written without them: what they stand between looks
 * otherwise without them, so two ids that look alike stay impossible. They are those of IDNA (RFC 5892, A.1 and A.2) and of emoji.
 */
const meaningful = new RegExp(
  [
    // Emoji that are made of several, and those that are asked for in colour.
    '(?<=\\p{Extended_Pictographic}[\\u{1F3FB}-\\u{1F3FF}]?\\uFE0F?)\\u200D(?=\\p{Extended_Pictographic})',
    '(?<=\\p{Extended_Pictographic})\\uFE0F',
    // Persian and other languages in Arabic script: behind a letter that would join the next one.
    '(?<=[[\\p{Script=Arabic}&&\\p{L}]--[\\u0621-\\u0625\\u0627\\u0629\\u062F-\\u0632\\u0648\\u0671-\\u0677\\u0688-\\u0699\\u06C0\\u06C3-\\u06CB\\u06CD\\u06CF\\u06D2\\u06D3\\u06D5\\u06EE\\u06EF]])\\u200C(?=[\\p{Script=Arabic}&&\\p{L}])',
    // Scripts of India and Sri Lanka: behind the sign that takes a vowel away.
    '(?<=[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA])[\\u200C\\u200D](?=\\p{L})',
  ].join('|'),
  'gv',
);

/** The text without joiners that have a meaning where they stand; those that have none are left in it. */
export function withoutJoiners(text: string): string {
  return text.replaceAll(meaningful, '');
}

/** Where in the text those that have a meaning stand. */
export function joinersIn(text: string): ReadonlySet<number> {
  return new Set(Array.from(text.matchAll(meaningful), ({ index }) => index));
}
