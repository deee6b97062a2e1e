import { didYouMean } from '../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { type Environment, variable } from './environment.ts';
import type { Mode } from './mode.ts';

/** Which Postgres to use. The address usually holds a password: it goes to the driver and into no message. */
export type DatabaseConfig =
  | { readonly kind: 'address'; readonly url: string }
  | { readonly kind: 'embedded'; readonly directory: string };

export function readDatabase(environment: Environment, mode: Mode): Result<DatabaseConfig, readonly string[]> {
  const url = variable(environment, 'DATABASE_URL');
  if (url !== undefined) return readAddress(url);
  if (mode === 'production') return failed(['DATABASE_URL is missing; in production it is required.']);
  return ok({ kind: 'embedded', directory: variable(environment, 'POSTERN_DATA_DIRECTORY') ?? '.postern/postgres' });
}

/** Standbys to read from as well: addresses with spaces between them, or commas before the next one's `postgres://`. */
export function readStandbys(environment: Environment): Result<readonly string[], readonly string[]> {
  const text = variable(environment, 'DATABASE_REPLICA_URLS')?.trim();
  if (text === undefined || text === '') return ok([]);
  if (variable(environment, 'DATABASE_URL') === undefined)
    return failed([
      'DATABASE_REPLICA_URLS names standbys of no database. Next: set DATABASE_URL to the primary as well.',
    ]);
  const addresses = text.split(/\s*,\s*(?=postgres(?:ql)?:)|\s+/);
  const wrong = addresses.findIndex((address) => !isDatabaseAddress(address));
  if (wrong === -1) return ok(addresses);
  return failed([
    `The address ${wrong + 1} in DATABASE_REPLICA_URLS is not a valid postgres:// or postgresql:// address (it is not shown here, as it may hold a password). Next: write addresses as in DATABASE_URL, with spaces between them.`,
  ]);
}

const wrongAddress =
  'DATABASE_URL is not a valid postgres:// or postgresql:// address (it is not shown here, as it may hold a password). Next: write it as in "postgres://user:password@host:5432/database".';

function readAddress(url: string): Result<DatabaseConfig, readonly string[]> {
  if (!isDatabaseAddress(url)) return failed([wrongAddress]);
  const problems = [
    parameterProblem(url, 'sslmode', sslModes),
    parameterProblem(url, 'target_session_attrs', primaryAttributes),
  ].filter((problem) => problem !== undefined);
  return problems.length === 0 ? ok({ kind: 'address', url }) : failed(problems);
}

function parameterProblem(url: string, name: string, known: readonly string[]): string | undefined {
  const [, value] = new RegExp(`[?&]${name}=([^&#]*)`).exec(url) ?? [];
  if (value === undefined || known.includes(value)) return undefined;
  return `The "${name}" ${quote(value)} in DATABASE_URL is not one of ${known.join(', ')}.${didYouMean(value, known)}`;
}

/** Of several servers the primary is looked for in any case; a copy of it is none to decide on. */
const primaryAttributes = ['any', 'primary', 'read-write'];

/** Another word would be taken for "require". */
const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** Whether the driver can read it: a driver that cannot would throw an error with the whole address inside. */
function isDatabaseAddress(text: string): boolean {
  if (!/^postgres(?:ql)?:\/\/[^\s]+$/.test(text)) return false;
  // Several hosts with commas between them are an address of Postgres, but no URL.
  const [authority = '', ...rest] = text.slice(text.indexOf('://') + 3).split(/(?=[/?])/);
  const url = URL.parse(`postgres://${authority.replace(/,[^@]*$/, '')}${rest.join('')}`);
  return url !== null && isDecodable(url.username) && isDecodable(url.password);
}

function isDecodable(text: string): boolean {
  try {
    return typeof decodeURIComponent(text) === 'string';
  } catch {
    return false;
  }
}
