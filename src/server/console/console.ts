import { formatObjectRef } from '../../model/object-ref.ts';
import type { Config } from '../config.ts';
import type { Development, DevelopmentCaller } from '../development/development.ts';
import { ConsoleCookies } from './console-cookies.ts';
import { type ConsoleFiles, readConsoleFiles } from './console-files.ts';
import { CookieSeal } from './cookie-seal.ts';

/** What the console's routes work with. */
export interface Console {
  /** Undefined where it is not built. */
  readonly files: ConsoleFiles | undefined;
  readonly cookies: ConsoleCookies;
  /** Where browsers find it, as the header `origin` says it; undefined for whatever name leads to this very machine. */
  readonly origin: string | undefined;
  /** The object whose permissions say what somebody may do here at all. */
  readonly platform: string;
  /** Development only. */
  readonly development: DevelopmentSignIn | undefined;
}

/** One click, and one is somebody else. */
export interface DevelopmentSignIn {
  readonly callers: readonly Pick<DevelopmentCaller, 'subject' | 'note'>[];
  /** Throws a sentence where nobody can be `subject`. */
  sign(subject: string): Promise<string>;
}

/** Undefined where nobody could sign in. */
export function createConsole(
  { platformObject }: Pick<Config, 'platformObject'>,
  { issuer, callers }: Development,
): Console | undefined {
  if (issuer === undefined) return undefined;
  return {
    files: readConsoleFiles(),
    cookies: new ConsoleCookies(new CookieSeal([issuer.secret]), false),
    origin: undefined,
    platform: formatObjectRef(platformObject),
    development: {
      callers: callers.map(({ subject, note }) => ({ subject, note })),
      sign: (subject) => issuer.sign(subject),
    },
  };
}
