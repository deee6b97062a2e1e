import { didYouMean } from '../../base/did-you-mean.ts';
import { quote } from '../../base/text-problem.ts';
import { DeadlineExceeded } from '../../base/with-deadline.ts';
import { NotPrimary } from '../not-primary.ts';
import { UnpreparedDatabase } from './inspect-database.ts';
import { UnusableSession } from './inspect-session.ts';

/**
 * Why the database could not be used, with what to do next; undefined for what is nothing of the database's. Neither a statement
 * nor an address of `DATABASE_URL` is in it: the one is ours, and the other may hold a password.
 */
export function databaseProblem(error: unknown): string | undefined {
  for (const one of causesOf(error)) {
    const isSaidAlready = [UnusableSession, UnpreparedDatabase, NotPrimary].some((kind) => one instanceof kind);
    if (one instanceof Error && isSaidAlready) return one.message;
    if (one instanceof DeadlineExceeded) return silent(one);
    const code = textOf(one, 'code');
    const sentence = code === undefined ? undefined : sentenceOf(code, one);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

/** The error, what it wraps, and what that wraps; the innermost knows the most. */
function causesOf(error: unknown): readonly object[] {
  const found: object[] = [];
  const waiting: unknown[] = [error];
  while (waiting.length > 0 && found.length < 20) {
    const next = waiting.shift();
    if (typeof next !== 'object' || next === null) continue;
    found.unshift(next);
    waiting.push('cause' in next ? next.cause : undefined);
    if (next instanceof AggregateError) waiting.push(...next.errors);
  }
  return found;
}

function textOf(error: object, name: string): string | undefined {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function sentenceOf(code: string, error: object): string | undefined {
  if (textOf(error, 'syscall') === 'listen') return undefined;
  const known = sentences.get(code);
  if (known !== undefined) return known(error);
  if (certificateCodes.test(code)) return certificateSentence(code);
  // A pooler says it only in the words of a language.
  const isOfPostgres = /^[0-9A-Z]{5}$/.test(code) && ('severity' in error || 'severity_local' in error);
  if (!isOfPostgres) return undefined;
  return `The database refused what was asked of it (SQLSTATE ${code}). Next: look at what its own log says of it.`;
}

const correct = 'correct DATABASE_URL';

/** What the database, the network or the driver calls it, and what that means to whoever started a command. */
const sentences: ReadonlyMap<string, (error: object) => string | undefined> = new Map([
  ['ECONNREFUSED', (error) => `No PostgreSQL answers${at(error)}. Next: start it, or ${correct}.`],
  ['ENOENT', noSocket],
  ['ENOTFOUND', unknownHost],
  ['EAI_AGAIN', unknownHost],
  ['ETIMEDOUT', silent],
  ['EHOSTUNREACH', (error) => `No way leads to PostgreSQL${at(error)}. Next: look at the network, or ${correct}.`],
  ['ENETUNREACH', (error) => `No way leads to PostgreSQL${at(error)}. Next: look at the network, or ${correct}.`],
  ['ECONNRESET', endedSentence],
  ['CONNECTION_CLOSED', endedSentence],
  ['28P01', () => `The database does not take the user or the password of DATABASE_URL. Next: ${correct}.`],
  [
    '28000',
    () => `The database does not let the user of DATABASE_URL in. Next: ${correct}, or the server's pg_hba.conf.`,
  ],
  ['3D000', unknownDatabase],
  ['42501', () => `The user of DATABASE_URL may not do this in the database. Next: ${askTheOwner}`],
  [
    '42P01',
    () => `The tables are not where DATABASE_URL looks for them. Next: correct its "search_path", or leave it out.`,
  ],
  ['42704', () => `The database is not prepared for Postern. Next: ${askTheOwner}`],
  [
    '25006',
    () => `The database takes no writes: it is a copy of another one. Next: put the primary into DATABASE_URL.`,
  ],
  ['08P01', unknownSetting],
  ['57P03', () => `The database is starting or stopping. Next: try again in a moment.`],
  ['57P01', () => `The database ended the connection, because it stops. Next: try again in a moment.`],
  ['55P03', () => `Tables are in use that have to be changed. Next: see in "pg_locks" by whom, and try again later.`],
  ['53300', () => `The database has no connection left. Next: close some, or raise its "max_connections".`],
  ['53100', () => `The database has no room left on its disk. Next: make some, and try again.`],
]);

function endedSentence(): string {
  return 'The database ended the connection. Next: see that it runs, that DATABASE_URL is its port, and that it has a certificate if "sslmode" asks for one.';
}

const askTheOwner =
  'let "npm run postern -- migrate" run once with a DATABASE_URL of the owner of the database, and make this user a member of "postern_app".';

function silent(error: object): string {
  return `PostgreSQL does not answer in time${at(error)}. Next: look at the network, or ${correct}.`;
}

function at(error: object): string {
  const [host, port] = [textOf(error, 'address'), textOf(error, 'port')];
  if (host === undefined) return '';
  return ` at ${quote(port === undefined ? host : `${host}:${port}`)}`;
}

function unknownHost(error: object): string {
  const host = textOf(error, 'hostname');
  return `The host ${host === undefined ? 'of DATABASE_URL' : quote(host)} is not known. Next: ${correct}.`;
}

/** A file that is missing is nothing of the database's, but for its socket. */
function noSocket(error: object): string | undefined {
  if (textOf(error, 'syscall') !== 'connect') return undefined;
  return `No PostgreSQL answers${at(error)}. Next: start it, or ${correct}.`;
}

function unknownDatabase(error: object): string {
  const [, name] = /"(.*)"/s.exec(textOf(error, 'message') ?? '') ?? [];
  const which = name === undefined ? 'of DATABASE_URL' : quote(name);
  const known: unknown = Reflect.get(error, 'databases');
  const near = name === undefined || !Array.isArray(known) ? '' : didYouMean(name, known.map(String));
  return `PostgreSQL has no database ${which}.${near} Next: make one with "createdb", or ${correct}.`;
}

/** A pooler takes only the settings that it was told to leave out. */
function unknownSetting(error: object): string | undefined {
  const [, name] = /unsupported startup parameter: (.*)/.exec(textOf(error, 'message') ?? '') ?? [];
  if (name === undefined) return undefined;
  return `A connection pooler does not take the setting ${quote(name)} of a session. Next: let DATABASE_URL lead to PostgreSQL itself, or name all settings that docs/running.md lists in the pooler's "ignore_startup_parameters".`;
}

const certificateCodes = /CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|^EPROTO$/;

function certificateSentence(code: string): string {
  return `The certificate of the database is not trusted (${code}). Next: give its authority in NODE_EXTRA_CA_CERTS, and in DATABASE_URL the name that it certifies.`;
}
