import { z } from 'zod';
import { failed, ok, type Result } from '../../base/result.ts';
import { combineResults } from '../config/combine-results.ts';
import { type Environment, quoteSetting, variable } from '../config/environment.ts';
import { parseJsonSetting, readShape } from '../config/json-setting.ts';
import type { Mode } from '../config/mode.ts';
import { readOrigin } from '../config/read-origin.ts';
import { type TokenClass, tokenClassKey } from '../identity/token-class.ts';

/** What lets people sign in at the console with those who know them. */
export interface ConsoleConfig {
  /** `POSTERN_CONSOLE_URL`: where browsers find the console, as an origin: `https://access.example`. */
  readonly origin: string;
  /** `POSTERN_CONSOLE_SECRET`: seals cookies; while it changes there are two, of which the first one seals. */
  readonly secrets: readonly string[];
  /** `POSTERN_CONSOLE_SIGN_INS`: ways to sign in, each with a provider. */
  readonly signIns: readonly SignInConfig[];
}

/** A provider that people sign in with; what it says of them is a token of a class that is accepted anyway. */
export interface SignInConfig {
  /** In addresses. */
  readonly name: string;
  /** For people. */
  readonly label: string;
  /** Where the provider describes itself, below `/.well-known/`; the issuer of the token class as well. */
  readonly issuer: string;
  readonly clientId: string;
  /** None for a public client. */
  readonly clientSecret?: string | undefined;
  readonly scope: string;
  /** The audience of the token class. */
  readonly audience: string;
  /** Which of the provider's tokens it is; `id` where access tokens are for nobody to read. */
  readonly token: 'access' | 'id';
  /** What else the provider wants to be told, as `resource` or `audience`. */
  readonly parameters: Readonly<Record<string, string>>;
}

const urlName = 'POSTERN_CONSOLE_URL';
const secretName = 'POSTERN_CONSOLE_SECRET';
const signInsName = 'POSTERN_CONSOLE_SIGN_INS';
const leastCharacters = 32;

/** Undefined where nobody signs in so. The three are only of use together, and no problem quotes a secret. */
export function readConsoleConfig(
  environment: Environment,
  mode: Mode,
  classes: readonly TokenClass[] | undefined,
): Result<ConsoleConfig | undefined, readonly string[]> {
  const names = [urlName, secretName, signInsName] as const;
  const missing = names.filter((name) => variable(environment, name) === undefined);
  if (missing.length === names.length) return ok(undefined);
  if (missing.length > 0)
    return failed(missing.map((name) => `${name} is missing: the console needs all of ${names.join(', ')}.`));
  if (classes === undefined)
    return failed([`${signInsName} needs POSTERN_TOKEN_CLASSES beside it: whose tokens are accepted.`]);
  return combineResults<ConsoleConfig>({
    origin: readOrigin(urlName, variable(environment, urlName) ?? '', mode),
    secrets: readSecrets(variable(environment, secretName) ?? ''),
    signIns: readSignIns(variable(environment, signInsName) ?? '', mode, classes),
  });
}

function readSecrets(text: string): Result<readonly string[], readonly string[]> {
  const secrets = text.split(/\s+/).filter((secret) => secret !== '');
  if (secrets.length > 2) return failed([`${secretName} holds more than two secrets.`]);
  if (secrets.every(({ length }) => length >= leastCharacters)) return ok(secrets);
  return failed([`${secretName} holds a secret that is shorter than ${leastCharacters} characters.`]);
}

function readSignIns(
  text: string,
  mode: Mode,
  classes: readonly TokenClass[],
): Result<readonly SignInConfig[], readonly string[]> {
  // Its text is never quoted: there are secrets in it.
  const parsed = parseJsonSetting(signInsName, text);
  if (!parsed.ok) return failed([`${signInsName} is not JSON.`]);
  if (!Array.isArray(parsed.value) || parsed.value.length === 0)
    return failed([`${signInsName} is not a list of sign-ins.`]);
  const read = parsed.value.map((entry, index) => readSignIn(entry, `${signInsName}[${index}]`, mode, classes));
  const problems = read.flatMap((one) => (one.ok ? [] : one.problem));
  const signIns = read.flatMap((one) => (one.ok ? [one.value] : []));
  const repeated = [...Map.groupBy(signIns, ({ name }) => name)].filter(([, all]) => all.length > 1);
  problems.push(...repeated.map(([name]) => `${signInsName} lists the name ${quoteSetting(name)} twice.`));
  return problems.length > 0 ? failed(problems) : ok(signIns);
}

function readSignIn(
  entry: unknown,
  place: string,
  mode: Mode,
  classes: readonly TokenClass[],
): Result<SignInConfig, readonly string[]> {
  const read = readShape(signInShape, place, entry);
  if (!read.ok) return read;
  const { audience = read.value.clientId, label = read.value.name, ...rest } = read.value;
  const signIn: SignInConfig = { ...rest, audience, label };
  const problem = issuerProblem(signIn, mode) ?? classProblem(signIn, classes);
  return problem === undefined ? ok(signIn) : failed([`${place}${problem}`]);
}

const signInShape = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'is not a name of small letters, digits and "-"'),
  label: z.string().min(1, 'is empty').optional(),
  issuer: z.string(),
  clientId: z.string().min(1, 'is empty'),
  clientSecret: z.string().min(1, 'is empty').optional(),
  scope: z.string().default('openid'),
  audience: z.string().optional(),
  token: z.enum(['access', 'id'], { error: 'is neither "access" nor "id"' }),
  parameters: z.record(z.string(), z.string()).default({}),
});

function issuerProblem({ issuer }: SignInConfig, mode: Mode): string | undefined {
  const protocol = URL.parse(issuer)?.protocol;
  if (protocol === 'https:' || (protocol === 'http:' && mode === 'development')) return undefined;
  return `.issuer ${quoteSetting(issuer)} is not an https:// address.`;
}

/** A sign-in that ends with a token that nobody accepts would be found out by the first person who tries it. */
function classProblem(signIn: SignInConfig, classes: readonly TokenClass[]): string | undefined {
  const found = classes.find((one) => tokenClassKey(one) === tokenClassKey(signIn));
  if (found?.doors.has('graphql')) return undefined;
  const named = `the issuer ${quoteSetting(signIn.issuer)} with the audience ${quoteSetting(signIn.audience)}`;
  if (found !== undefined) return `: the class of ${named} has no door "graphql", which the console asks at.`;
  return `: POSTERN_TOKEN_CLASSES lists no class of ${named}, so nobody could sign in.`;
}
