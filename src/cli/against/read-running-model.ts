import { z } from 'zod';
import { quote } from '../../base/text-problem.ts';

const timeoutMs = 30_000;
/** Far more than the largest model takes. */
const maxAnswerBytes = 16 * 1024 * 1024;

const answerShape = z.looseObject({
  data: z.looseObject({ authorizationModel: z.looseObject({ id: z.string(), dsl: z.string() }).nullish() }).nullish(),
  errors: z
    .array(
      z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.string().optional() }).optional() }),
    )
    .optional(),
});

/** The model that decides at a Postern that runs. */
export interface RunningModel {
  readonly id: string;
  readonly dsl: string;
}

/** Asks a running Postern for its active model, by its GraphQL API; throws a sentence for whatever is no answer. */
export async function readRunningModel(url: string, token: string | undefined): Promise<RunningModel> {
  const address = addressOf(url);
  const { data, errors } = parseAnswer(url, await ask(url, address, token));
  const [error] = errors ?? [];
  if (error !== undefined) {
    throw new Error(`Postern at ${quote(url)} answers ${quote(error.message)}.${nextFor(error.extensions?.code)}`);
  }
  const model = data?.authorizationModel;
  if (model === undefined) throw notPostern(url);
  if (model === null) throw new Error(`No model is active at ${quote(url)}. Next: publish one there.`);
  return { id: model.id, dsl: model.dsl };
}

/** A token goes over TLS, or to this machine; and to nowhere that an address hides. */
function addressOf(url: string): URL {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol)) {
    throw new Error(`${quote(url)} is no address. Next: name one such as "https://postern.example.com/graphql".`);
  }
  if (address.username !== '' || address.password !== '') {
    throw new Error(
      'An address with a name or a password is not taken. Next: put a token into a file, and name that with --token-file.',
    );
  }
  if (address.protocol === 'http:' && !isThisMachine(address.hostname)) {
    throw new Error(`${quote(url)} is not encrypted, and on another machine. Next: use "https".`);
  }
  return address;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

async function ask(url: string, address: URL, token: string | undefined): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const body = JSON.stringify({ query: 'query RunningModel { authorizationModel { id dsl } }' });
  try {
    // Where another address is named, the token is not sent there.
    const options = { method: 'POST', headers, body, redirect: 'error' } as const;
    const response = await fetch(address, { ...options, signal: AbortSignal.timeout(timeoutMs) });
    return await readBounded(url, response);
  } catch (error) {
    if (error instanceof TooLong) throw error;
    throw new Error(`Nothing answers at ${quote(url)}. Next: start Postern, or mend --against.`, { cause: error });
  }
}

class TooLong extends Error {}

async function readBounded(url: string, response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.byteLength;
    if (length > maxAnswerBytes) throw new TooLong(notPostern(url).message);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parseAnswer(url: string, text: string): z.infer<typeof answerShape> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(notPostern(url).message, { cause: error });
  }
  const read = answerShape.safeParse(json);
  if (read.success) return read.data;
  throw notPostern(url);
}

function notPostern(url: string): Error {
  return new Error(`What answers at ${quote(url)} is no Postern. Next: name the address of its GraphQL API.`);
}

function nextFor(code: string | undefined): string {
  if (code !== 'UNAUTHENTICATED' && code !== 'FORBIDDEN') return '';
  return ' Next: name a file with --token-file that has the token of somebody with "can_read_model" there.';
}
