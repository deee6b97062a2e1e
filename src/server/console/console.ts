import { formatObjectRef } from '../../model/object-ref.ts';
import type { Config } from '../config.ts';
import type { Development, DevelopmentCaller } from '../development/development.ts';
import type { SignInConfig } from './console-config.ts';
import { ConsoleCookies } from './console-cookies.ts';
import { type ConsoleFiles, readConsoleFiles } from './console-files.ts';
import { CookieSeal } from './cookie-seal.ts';
import { Provider } from './provider.ts';

/** What the console's routes work with. */
export interface Console {
  /** Undefined where it is not built. */
  readonly files: ConsoleFiles | undefined;
  readonly cookies: ConsoleCookies;
  /** Where browsers find it, as the header `origin` says it; undefined for whatever name leads to this very machine. */
  readonly origin: string | undefined;
  /** The object whose permissions say what somebody may do here at all. */
  readonly platform: string;
  /** Ways to sign in with a provider. */
  readonly signIns: readonly ProviderSignIn[];
  /** Development only. */
  readonly development: DevelopmentSignIn | undefined;
}

/** A provider that people sign in with, and what it was set up with. */
export interface ProviderSignIn {
  readonly config: SignInConfig;
  readonly provider: Provider;
}

/** One click, and one is somebody else. */
export interface DevelopmentSignIn {
  readonly callers: readonly Pick<DevelopmentCaller, 'subject' | 'note'>[];
  /** Throws a sentence where nobody can be `subject`. */
  sign(subject: string): Promise<string>;
}

/** Undefined where nobody could sign in: in production, where nothing is set. */
export function createConsole(config: ConsoleSettings, development: Development): Console | undefined {
  const platform = formatObjectRef(config.platformObject);
  if (config.console !== undefined) {
    const { origin, secrets, signIns } = config.console;
    return {
      files: readConsoleFiles(),
      cookies: new ConsoleCookies(new CookieSeal(secrets), origin.startsWith('https:')),
      origin,
      platform,
      signIns: signIns.map((one) => ({ config: one, provider: new Provider(one, config.mode) })),
      development: undefined,
    };
  }
  const { issuer, callers } = development;
  if (issuer === undefined) return undefined;
  return {
    files: readConsoleFiles(),
    cookies: new ConsoleCookies(new CookieSeal([issuer.secret]), false),
    origin: undefined,
    platform,
    signIns: [],
    development: {
      callers: callers.map(({ subject, note }) => ({ subject, note })),
      sign: (subject) => issuer.sign(subject),
    },
  };
}

type ConsoleSettings = Pick<Config, 'platformObject' | 'console' | 'mode'>;
