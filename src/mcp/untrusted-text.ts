/** Most characters of text that people wrote, in an answer. */
export const mostUntrustedCharacters = 200;

/** Longer text is cut before anything is done with it: the work has an end. */
const mostRead = 1000;

/**
 * Text that people wrote, as agents may see it: short, on one line, without what is not seen, what is an address and what is markup.
 * It is the only place that makes such text, and it stands in members named `untrusted…` only. It can still say anything; but nothing in
 * it leads anywhere, hides, or looks as if it were said by us.
 */
export function untrustedText(text: string): string {
  // Once more, as one letter may be written as eighteen.
  let cleaned = cut(cut(text.toWellFormed(), mostRead).normalize('NFKC'), mostRead);
  for (;;) {
    const next = cut(clean(cleaned), mostUntrustedCharacters);
    // Where something is taken out, what is left may be what is taken out as well.
    if (next === cleaned) return next;
    cleaned = next;
  }
}

function clean(text: string): string {
  // NFKC is in NFC, and writes letters of other widths and shapes as those that they are read as.
  return text
    .normalize('NFKC')
    .replaceAll(unseen, '')
    .replaceAll(gaps, ' ')
    .replaceAll(tags, ' ')
    .replaceAll(markup, ' ')
    .replaceAll(addresses, leftOut)
    .replaceAll(repeatedGaps, ' ')
    .trim()
    .normalize('NFC');
}

/** Stands for an address. */
const leftOut = '(address)';

/** What nobody sees, and what turns the direction of a line; also letters that no reader has a shape for. */
const unseen = /(?![\t\n\v\f\r])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}]/gu;
const gaps = /[\p{Z}\s]/gu;
const repeatedGaps = / {2,}/g;
const tags = /<[^<>]*>|&(?:#\w+|\w+);/g;
/** Of HTML and Markdown: also `_` where it is no part of a name. */
const markup = /[<>[\]`*#~|\\]|(?<![\p{L}\p{N}_])_+|(?<!_)_+(?![\p{L}\p{N}_])/gu;

/**
 * What a program may take for an address of the web, of mail or of a machine. What is long begins where nothing of its kind stands before
 * it: to look for it again from each letter on would take time by the square of the length.
 */
const addresses = new RegExp(
  [
    /(?<![\p{L}\p{N}+.-])[\p{L}\p{N}+.-]*:\/\/\S*/u,
    /\b(?:blob|data|file|ftp|https?|javascript|mailto|sms|tel|vbscript|view-source|wss?):\S+/u,
    /www\.\S*/u,
    /(?<!\S)\S*@\S*/u,
    /\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?:\/\S*)?/u,
    /(?<![\p{L}\p{N}-]\.?)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}(?::\d+)?(?:\/\S*)?/u,
    /\/\/\S+/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'giu',
);

/** Stands for the rest. */
const more = '...';

/** The beginning, of whole characters. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const beginning = text.slice(0, most - more.length);
  return (beginning.isWellFormed() ? beginning : beginning.slice(0, -1)) + more;
}
