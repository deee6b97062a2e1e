import { joinersIn } from '#guard/joiners';

/**
 * What is written with "%" so that a text can be an id: what no id may have, and "%" itself. That is reversible, and two texts never
 * become one. What else an id must be (its length, its form) this does not make of it.
 */
export function percentEncode(text: string): string {
  if (!text.isWellFormed() || !refused.test(text)) return text;
  const kept = joinersIn(text);
  return text.replaceAll(eachRefused, (character, place: number) =>
    kept.has(place) ? character : encodeURIComponent(character),
  );
}

/** The text that was written so, or in the way of another writer; undefined where none was. */
export function percentDecode(id: string, encode: (text: string) => string = percentEncode): string | undefined {
  try {
    const text = decodeURIComponent(id);
    return encode(text) === id ? text : undefined;
  } catch {
    return undefined;
  }
}

const one = '[%:#\\p{Cc}\\p{Cf}\\p{Z}\\p{Default_Ignorable_Code_Point}\\s]';
const refused = new RegExp(one, 'u');
const eachRefused = new RegExp(one, 'gu');
