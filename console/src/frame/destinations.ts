import { recentObjects } from '../ask/recent-objects.ts';
import { pageNames } from '../words/frame-words.ts';
import { everythingOfWords, findingsOfWords, openWords, whatWords, whyOnWords } from '../words/palette-words.ts';
import { takeAllWords } from '../words/person-words.ts';

/** Somewhere to go, by a name. */
export interface Destination {
  readonly name: string;
  readonly to: string;
}

const pages: readonly Destination[] = [
  { name: pageNames.home, to: '/' },
  { name: `${pageNames.ask}: ${pageNames.why}`, to: '/ask/why' },
  { name: `${pageNames.ask}: ${pageNames.who}`, to: '/ask/who' },
  { name: `${pageNames.ask}: ${pageNames.what}`, to: '/ask/what' },
  { name: pageNames.people, to: '/people' },
  { name: pageNames.review, to: '/reviews' },
  { name: pageNames.findings, to: '/findings' },
  { name: pageNames.proposals, to: '/proposals' },
  { name: pageNames.breakGlass, to: '/break-glass' },
  { name: pageNames.audit, to: '/audit' },
  { name: pageNames.models, to: '/models' },
];

/** What a caller may mean who has typed `text`: an object that is named in full, pages, what they saw last, and what else was found. */
export function destinationsFor(caller: string, text: string, found: readonly string[]): readonly Destination[] {
  const typed = text.trim();
  const seen = [...new Set([...recentObjects(caller), ...found])].map(
    (object): Destination => ({ name: openWords(object), to: addressOf(object) }),
  );
  const wanted = typed.toLowerCase();
  const known = [...pages, ...seen].filter(({ name }) => name.toLowerCase().includes(wanted));
  const named = /^[^\s:#]+:[^\s:#]+$/.test(typed) ? destinationsOf(typed) : [];
  return [...new Map([...named, ...known].map((one) => [one.to, one])).values()];
}

function destinationsOf(object: string): readonly Destination[] {
  return [
    { name: openWords(object), to: addressOf(object) },
    { name: whyOnWords(object), to: `/ask/why?${new URLSearchParams({ object })}` },
    { name: everythingOfWords(object), to: `/people/${encodeURIComponent(object)}` },
    { name: takeAllWords(object), to: `/people/${encodeURIComponent(object)}/off-board` },
    { name: findingsOfWords(object), to: `/findings/${encodeURIComponent(object)}` },
    { name: whatWords(object), to: `/ask/what?${new URLSearchParams({ subject: object })}` },
  ];
}

function addressOf(object: string): string {
  return `/objects/${encodeURIComponent(object)}`;
}
