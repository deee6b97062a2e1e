import { parseStoredModel } from '../../model/parse-model.ts';
import type { Store } from '../../store/store.ts';
import type { Config } from '../config.ts';
import { createIde, type Ide } from '../ide/ide.ts';
import { rememberClaims } from './development-claims.ts';
import { createDevelopmentIssuer, type DevelopmentIssuer } from './development-tokens.ts';

/** Somebody to try a development server as. */
export interface DevelopmentCaller {
  readonly subject: string;
  /** One line: who that is, and what to look at. */
  readonly note: string;
  /** What to ask as this caller. */
  readonly query: string;
}

export interface DevelopmentOptions {
  /** Whom the IDE asks as, and the console offers to be. */
  readonly developmentCallers?: readonly DevelopmentCaller[];
  /** Claims of the tokens that a development server signs. */
  readonly developmentClaims?: Readonly<Record<string, unknown>>;
  /** Where the key stays that signs them; `.postern/development-key.json` without it. */
  readonly developmentKeyFile?: string;
}

/** What a development server has besides: tokens that it signs itself, unless others do, and an IDE. */
export interface Development {
  readonly issuer: DevelopmentIssuer | undefined;
  readonly ide: Ide | undefined;
  /** Whom the console offers to be; nobody where others sign the tokens. */
  readonly callers: readonly DevelopmentCaller[];
}

export const usualKeyFile = '.postern/development-key.json';

/** Production has nothing of it, whatever else is set. */
export async function prepareDevelopment(
  { mode, tokenClasses }: Pick<Config, 'mode' | 'tokenClasses'>,
  options: DevelopmentOptions,
  store: Store,
): Promise<Development> {
  if (mode !== 'development') return { issuer: undefined, ide: undefined, callers: [] };
  const issuer = tokenClasses === undefined ? await createIssuer(options, store) : undefined;
  const callers = issuer === undefined ? [] : (options.developmentCallers ?? []);
  const sign = async (caller: DevelopmentCaller) => ({ ...caller, token: (await issuer?.sign(caller.subject)) ?? '' });
  return { issuer, ide: createIde({ title: 'Postern', callers: () => Promise.all(callers.map(sign)) }), callers };
}

async function createIssuer(
  { developmentClaims: claims = {}, developmentKeyFile: keyFile = usualKeyFile }: DevelopmentOptions,
  store: Store,
): Promise<DevelopmentIssuer> {
  const issuer = await createDevelopmentIssuer({ keyFile, claims, subjectTypes: await modelTypes(store) });
  await rememberClaims(keyFile, claims);
  return issuer;
}

/** The types of the active model: a token may be for any of them. */
export async function modelTypes(store: Store): Promise<readonly string[]> {
  const stored = await store.readModel(undefined);
  const parsed = stored && parseStoredModel({ kind: 'dsl', dsl: stored.dsl });
  return parsed?.ok ? [...parsed.value.model.types.keys()] : [];
}
