import type { StudioSession } from './src/session.ts';

/** Where Postern is, and the tokens that it gave for development. */
interface DevelopmentPostern {
  readonly url: string;
  readonly tokens: ReadonlyMap<string, string>;
}

const notes: readonly (readonly [subject: string, note: string])[] = [
  ['user:paul', 'manages the episodes of Night Shift'],
  ['user:eve', 'edits Tidewater'],
  ['user:lou', 'has no role'],
];

/** Whom the studio can be tried as: those of whom Postern gave tokens. */
export function studioSession({ url, tokens }: DevelopmentPostern): StudioSession {
  const callers = notes.flatMap(([subject, note]) => {
    const token = tokens.get(subject);
    return token === undefined ? [] : [{ subject, note, token }];
  });
  return { callers, consoleUrl: new URL('/console/objects/show:nightshift', url).href };
}
