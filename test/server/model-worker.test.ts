import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ParsePurpose } from '../../src/model/model-parser.ts';
import { formatModelProblem, type ModelSource } from '../../src/model/model-source.ts';
import { createModelWorker } from '../../src/server/model-worker/create-model-worker.ts';
import { ModelWorker, type ModelWorkerLimits } from '../../src/server/model-worker/model-worker.ts';
import { readStaticSchema } from '../../src/server/read-static-schema.ts';
import { dsl } from '../support/parse.ts';

const small = dsl({ user: {}, doc: { viewer: '[user]' } });
/** Takes seconds to read, and is not long. */
const slow = dsl({
  user: {},
  doc: {
    a: '[user]',
    ...Object.fromEntries(
      Array.from({ length: 2000 }, (_, index) => [`b${index}`, `${'('.repeat(15)}a${')'.repeat(15)}`]),
    ),
  },
});
const circle = dsl({ user: {}, doc: { a: '[user] or b', b: '[user] or a' } });
/** A number compared with a text: cel-go's types were not always checked. */
const mistyped = dsl({ user: {}, doc: { a: '[user with c]' } }, { c: '(level: int) { level != "9" }' });
const taken = dsl({ user: {}, query: { can_view: '[user]' } });

let staticSdl: string;
beforeAll(async () => {
  staticSdl = await readStaticSchema();
});

async function withWorker<Value>(
  limits: Partial<ModelWorkerLimits>,
  use: (read: (text: string, purpose?: ParsePurpose) => Promise<string>, worker: ModelWorker) => Promise<Value>,
): Promise<Value> {
  const worker = new ModelWorker({ staticSdl, entities: new Map() }, limits);
  const read = async (text: string, purpose: ParsePurpose = 'publish') => {
    const source: ModelSource = { kind: 'dsl', dsl: text };
    const parsed = await worker.parse(source, purpose);
    return parsed.ok ? 'read' : parsed.problem.map((one) => `${one.code} ${formatModelProblem(one)}`).join(' ');
  };
  return use(read, worker).finally(() => worker.close());
}

describe('what a text is read for', () => {
  let worker: ModelWorker;
  beforeAll(async () => {
    worker = await createModelWorker({ entities: new Map([['doc', { name: 'Paper' }]]) });
  });
  afterAll(() => worker.close());

  test.each<[what: string, text: string, expected: Readonly<Record<ParsePurpose, string>>]>([
    ['a model', small, { publish: 'read', activate: 'read', load: 'read' }],
    ['a circle', circle, { publish: 'INVALID_MODEL', activate: 'read', load: 'read' }],
    ['a name that is taken', taken, { publish: 'INVALID_MODEL', activate: 'INVALID_MODEL', load: 'read' }],
    [
      'a setting for a type that is not there',
      dsl({ user: {} }),
      { publish: 'INVALID_MODEL', activate: 'INVALID_MODEL', load: 'read' },
    ],
    ['a condition that was admitted once', mistyped, { publish: 'INVALID_MODEL', activate: 'read', load: 'read' }],
    ['no model', 'model', { publish: 'INVALID_MODEL', activate: 'INVALID_MODEL', load: 'INVALID_MODEL' }],
  ])('%s', async (what, text, expected) => {
    const complete = what === 'a setting for a type that is not there' ? text : `${text}${withDoc(text)}`;
    for (const purpose of ['publish', 'activate', 'load'] as const) {
      const parsed = await worker.parse({ kind: 'dsl', dsl: complete }, purpose);
      expect([purpose, parsed.ok ? 'read' : parsed.problem[0]?.code]).toEqual([purpose, expected[purpose]]);
    }
  });
});

function withDoc(text: string): string {
  return text.includes('type doc') ? '' : 'type doc\n';
}

test('what is read is the model, conditions and all', async () => {
  const text = dsl({ user: {}, doc: { viewer: '[user with late]' } }, { late: '(hour: int) {\n  hour > 17\n}' });
  await withWorker({}, async (_read, worker) => {
    const parsed = await worker.parse({ kind: 'dsl', dsl: text }, 'publish');
    if (!parsed.ok) throw new Error('It was not read.');
    const { model, dsl: stored } = parsed.value;
    expect(stored).toBe(text);
    expect(model.conditions.get('late')?.evaluate(new Map([['hour', 18]]))).toEqual({ ok: true, value: true });
  });
});

test('a text that takes too long ends its thread, and the next one is read by another', async () => {
  await withWorker({ storedDeadlineMs: 2000 }, async (read) => {
    const [first, second] = await Promise.all([read(slow, 'load'), read(circle)]);
    expect(first).toMatch(/^MODEL_TOO_COSTLY The model takes longer than 2 s to read/);
    expect(second).toMatch(/^INVALID_MODEL/);
    expect(await read(small, 'load')).toBe('read');
  });
});

test('a thread that dies is missed by the text that it read, and by no other', async () => {
  await withWorker({ memoryMb: 24 }, async (read) => {
    const wide = dsl({
      user: {},
      doc: Object.fromEntries(Array.from({ length: 9000 }, (_, index) => [`r${index}`, '[user]'])),
    });
    expect(await read(wide)).toMatch(/^MODEL_NOT_READ The model was not read: what reads it ended/);
    expect(await read(wide)).toMatch(/^MODEL_NOT_READ/);
  });
});

test('a thread that does not start in time is not waited for', async () => {
  await withWorker({ startMs: 1 }, async (read) => {
    expect(await read(small)).toMatch(/^MODEL_NOT_READ The model was not read: what reads it did not start in time/);
  });
});

test('no more texts wait than there may', async () => {
  await withWorker({ waiting: 2 }, async (read) => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => read(small)));
    expect(answers.filter((answer) => answer === 'read')).toHaveLength(3);
    expect(answers.filter((answer) => answer.startsWith('MODEL_NOT_READ Too many models wait'))).toHaveLength(2);
  });
});

test('what is to be loaded is read before what is to be published, however many wait', async () => {
  await withWorker({ waiting: 3 }, async (read) => {
    const order: string[] = [];
    const reading = (purpose: ParsePurpose, name: string) => read(small, purpose).then(() => order.push(name));
    const published = ['first', 'second', 'third', 'fourth'].map((name) => reading('publish', name));
    await Promise.all([...published, reading('load', 'loaded')]);
    expect(order).toEqual(['first', 'loaded', 'second', 'third', 'fourth']);
  });
});

test('whoever waits when it is closed is answered', async () => {
  await withWorker({}, async (read, worker) => {
    const answers = Promise.all([read(small), read(small)]);
    await worker.close();
    expect(await answers).toEqual(Array(2).fill('MODEL_NOT_READ The model was not read: the server stops.'));
  });
});
