import { Command, InvalidArgumentError } from 'commander';
import { didYouMean } from '../base/did-you-mean.ts';
import { isExactNumber, writeAsText } from '../base/exact-number.ts';
import { quote } from '../base/text-problem.ts';
import type { ObjectRef } from '../model/object-ref.ts';
import { formatSubjectRef, parseSubjectRef, type SubjectRef } from '../model/subject-ref.ts';
import { unnamedSentence } from '../operations/notice-unnamed.ts';
import type { Config } from '../server/config.ts';
import { modelTypes, usualKeyFile } from '../server/development/development.ts';
import { recallClaims } from '../server/development/development-claims.ts';
import { createDevelopmentIssuer } from '../server/development/development-tokens.ts';
import type { Store } from '../store/store.ts';
import { withStore } from './with-store.ts';

interface Parts {
  readonly config: () => Config;
  readonly print: (line: string) => void;
}

type Claims = Readonly<Record<string, unknown>>;

/** `postern token user:ann`: what a development server accepts as the word of that caller. */
export function tokenCommand({ config, print }: Parts): Command {
  return new Command('token')
    .description('in development: print a token for a caller, good for 12 hours')
    .argument('<subject>', 'who asks: user:ann')
    .option('--agent <agent>', 'who acts for the caller: agent:helper')
    .option('--claim <name=value...>', 'another value of a claim in example.yaml: --claim territory=NO', readClaim, {})
    .action(async (subject: string, { claim, agent }: { claim: Claims; agent?: string }) => {
      const parsed = parseSubjectRef(subject);
      if (!parsed.ok)
        throw new Error(`${parsed.problem} Next: write a type of the model before a ":", as in "user:ann".`);
      const read = config();
      refuseOutsideDevelopment(read);
      print(await withStore(read, print, ({ store }) => signFor(parsed.value, claim, store, agent)));
    });
}

async function signFor(subject: SubjectRef, claim: Claims, store: Store, agent: string | undefined): Promise<string> {
  const [subjectTypes, claims] = [await modelTypes(store), await claimsWith(claim)];
  const issuer = await createDevelopmentIssuer({ keyFile: usualKeyFile, claims, subjectTypes });
  const token = await issuer.sign(formatSubjectRef(subject), undefined, agent);
  if (subject.kind === 'object') await noteUnnamed(subject.object, store);
  return token;
}

/** A misspelt caller gets a token as everybody does, and then wonders. */
async function noteUnnamed(object: ObjectRef, store: Store): Promise<void> {
  // Before there is a model there is nobody.
  if ((await store.readModel(undefined)) === undefined) return;
  const sentence = await store.reader.withSnapshot([object], async (snapshot) => {
    const [node] = await snapshot.resolve([object]);
    return node === undefined ? unnamedSentence(snapshot, object) : undefined;
  });
  if (sentence === undefined) return;
  process.stderr.write(`${sentence} The token is good; its caller may what everybody may, and nothing else.\n`);
}

function refuseOutsideDevelopment({ mode, tokenClasses }: Config): void {
  if (mode === 'production') {
    throw new Error('Postern signs no tokens in production: they come from the issuers in POSTERN_TOKEN_CLASSES.');
  }
  if (tokenClasses !== undefined) {
    throw new Error(
      'POSTERN_TOKEN_CLASSES is set, so that development tokens are not accepted: ask its issuers for one.',
    );
  }
}

/** The server hands on the claims that it started with, and no others: one that it ignores must not look accepted. */
async function claimsWith(given: Claims): Promise<Claims> {
  const known = await recallClaims(usualKeyFile);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return { ...known, ...given };
  throw new Error(
    `The claim ${quote(unknown)} is not one of the "claims" in example.yaml, so the server would not hand it to conditions.` +
      didYouMean(unknown, Object.keys(known)),
  );
}

function readClaim(text: string, before: Claims): Claims {
  const [, name, value = ''] = /^([A-Za-z]\w*)=(.*)$/s.exec(text) ?? [];
  if (name === undefined)
    throw new InvalidArgumentError(`${quote(text)} is not of the form "name=value", as in "territory=NO".`);
  return { ...before, [name]: readValue(value) };
}

/** JSON where it is JSON, and text otherwise. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text, exactly);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw error;
    return text;
  }
}

/** A token with a rounded number would be somebody else's. */
function exactly(_key: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  if (typeof value !== 'number' || source === undefined || isExactNumber(source)) return value;
  throw new InvalidArgumentError(`The number ${quote(source)} ${writeAsText}.`);
}
