import { isRecord } from '../../base/canonical-json.ts';
import type { Postern } from '../../operations/postern.ts';
import type { HttpServer } from '../../server/create-http-server.ts';
import { askingRelationship, askingTypes, openAuthzenServer, suiteOrigin } from './authzen-server.ts';
import type { AuthzenCase, AuthzenSuite } from './authzen-suite.ts';
import { type Answered, type AskedCase, judgeAuthzenAnswer, tokenAfter } from './judge-authzen-answer.ts';
import { type CaseResult, prepareWorld } from './play-world.ts';
import { readStoreData } from './read-store-file.ts';

/** Asks each case three times: plainly, with an id that must come back, and once more, which must give the same answer. */
export async function playAuthzenSuite(postern: Postern, suite: AuthzenSuite): Promise<readonly CaseResult[]> {
  const problem = await prepare(postern, suite);
  if (problem !== undefined) throw new Error(`${suite.storeFile}: ${problem}`);
  const server = await openAuthzenServer(postern, suite);
  try {
    const asked: AskedCase[] = [];
    for (const one of suite.cases) asked.push({ ...one, ...(await askThrice(server, one)) });
    const results = asked.map((one) => resultOf(suite.path, one, asked));
    return suite.cases.some(({ expect }) => expect.pages) ? [...results, await discover(server, suite.path)] : results;
  } finally {
    await server.stop();
  }
}

async function prepare(postern: Postern, { storeFile }: AuthzenSuite): Promise<string | undefined> {
  const { model, relationships } = await readStoreData(storeFile);
  if (model.kind !== 'dsl') return 'A suite of AuthZEN needs a model of one file.';
  const [types = '', ...conditions] = model.dsl.split(/^(?=condition )/m);
  return prepareWorld(postern, {
    ...{ name: storeFile, continues: false, cases: [] },
    model: { kind: 'dsl', dsl: `${types}${askingTypes}\n${conditions.join('')}` },
    relationships: [...relationships, askingRelationship],
  });
}

async function askThrice(server: HttpServer, one: AuthzenCase): Promise<Pick<AskedCase, 'pages' | 'repetition'>> {
  const [plain, named, again] = [await ask(server, one), await ask(server, one, requestId), await ask(server, one)];
  const pages = one.expect.pages ? await restOf(server, one, plain) : [plain];
  if (named.id !== requestId) return { pages, repetition: `the request id came back as ${String(named.id)}` };
  const isSame = [named, again].every(({ status, text }) => status === plain.status && text === plain.text);
  return { pages, repetition: isSame ? undefined : `asked again: ${named.text}, ${again.text}` };
}

const requestId = 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716';

async function ask(
  { app }: HttpServer,
  { endpoint, contentType, body }: AuthzenCase,
  id?: string,
): Promise<Answered & { readonly id: unknown }> {
  const headers = { 'content-type': contentType, authorization: 'Bearer suite', ...(id && { 'x-request-id': id }) };
  const answer = await app.inject({ method: 'POST', url: `/access/v1/${endpoint}`, headers, payload: body });
  const parsed: unknown = JSON.parse(answer.payload);
  const { 'x-request-id': backId } = answer.headers;
  return { status: answer.statusCode, text: answer.payload, body: isRecord(parsed) ? parsed : {}, id: backId };
}

/** No list of a suite has so many pages. */
const mostPages = 1000;

async function restOf(server: HttpServer, one: AuthzenCase, first: Answered): Promise<readonly Answered[]> {
  const pages = [first];
  for (let last = first; pages.length < mostPages; pages.push(last)) {
    const token = tokenAfter(last);
    if (token === '') return pages;
    const { page, ...question } = JSON.parse(one.body);
    last = await ask(server, { ...one, body: JSON.stringify({ ...question, page: { ...page, token } }) });
  }
  return pages;
}

function resultOf(world: string, one: AskedCase, all: readonly AskedCase[]): CaseResult {
  const told = one.pages.map(({ status, text }) => `${status} ${text}`).join(', ');
  const wrong = one.repetition ?? judgeAuthzenAnswer(one, all);
  const actual = wrong === undefined ? told : `${wrong}: ${told}`;
  return { world, name: one.name, passed: wrong === undefined, expected: JSON.stringify(one.expect), actual };
}

/** What the server says of itself, whatever a request calls it. */
async function discover({ app }: HttpServer, world: string): Promise<CaseResult> {
  const headers = { host: 'elsewhere.example', 'x-forwarded-host': 'elsewhere.example' };
  const { payload, statusCode } = await app.inject({ url: '/.well-known/authzen-configuration', headers });
  const { policy_decision_point: point, ...rest } = JSON.parse(payload);
  const addresses = Object.values(rest);
  const isRight = addresses.length >= 5 && addresses.every((one) => String(one).startsWith(`${suiteOrigin}/`));
  const expected = `addresses below ${suiteOrigin}`;
  const passed = statusCode === 200 && point === suiteOrigin && isRight;
  return { world, name: 'metadata under another host', passed, expected, actual: payload };
}
