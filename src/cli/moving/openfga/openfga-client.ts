import { z } from 'zod';
import { parseExactJson } from '../../../base/exact-number.ts';
import { quote } from '../../../base/text-problem.ts';
import type { ChangePosition } from '../plan/moving-plan.ts';

const timeoutMs = 30_000;
const pageSize = 100;

const modelShape = z.looseObject({ id: z.string() });
const modelsShape = z.looseObject({ authorization_models: z.array(modelShape) });
const tuplesShape = z.looseObject({
  tuples: z.array(z.unknown()),
  continuation_token: z.string().nullish(),
});
const tupleKey = z.looseObject({ user: z.string(), relation: z.string(), object: z.string() });
const changesShape = z.looseObject({
  changes: z.array(
    z.looseObject({
      tuple_key: tupleKey,
      operation: z.enum(['TUPLE_OPERATION_WRITE', 'TUPLE_OPERATION_DELETE']),
      timestamp: z.string(),
    }),
  ),
  continuation_token: z.string().nullish(),
});
const assertionsShape = z.looseObject({
  assertions: z
    .array(
      z.looseObject({
        tuple_key: tupleKey,
        expectation: z.boolean(),
        contextual_tuples: z.array(z.unknown()).nullish(),
        context: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
});

/** A model as the API gives it, with its id. */
export type ApiModel = z.infer<typeof modelShape>;
export type ApiChange = z.infer<typeof changesShape>['changes'][number];
export type ApiAssertion = NonNullable<z.infer<typeof assertionsShape>['assertions']>[number];

export interface ChangePage {
  readonly changes: readonly ApiChange[];
  /** Where to go on: at the same place again, where there is nothing more. */
  readonly next: ChangePosition;
}

/** A store of an OpenFGA that runs, by its HTTP API; throws a sentence for whatever is no answer. */
export class OpenfgaClient {
  readonly #base: string;
  readonly #token: string | undefined;

  constructor(url: string, store: string, token: string | undefined) {
    this.#base = `${url.replace(/\/+$/, '')}/stores/${encodeURIComponent(store)}`;
    this.#token = token;
  }

  /** The one that decides unless a question names another: the newest. */
  async latestModel(): Promise<ApiModel> {
    const { authorization_models: models } = await this.#call(modelsShape, 'GET', '/authorization-models?page_size=1');
    const [model] = models;
    if (model === undefined) throw new Error(`The store at ${quote(this.#base)} has no model.`);
    return model;
  }

  /** Everything that is written, page by page. */
  async *tuples(): AsyncGenerator<readonly unknown[]> {
    let token = '';
    do {
      const body = {
        page_size: pageSize,
        consistency: 'HIGHER_CONSISTENCY',
        ...(token !== '' && { continuation_token: token }),
      };
      const page = await this.#call(tuplesShape, 'POST', '/read', body);
      yield page.tuples;
      token = page.continuation_token ?? '';
    } while (token !== '');
  }

  async changes(position: ChangePosition): Promise<ChangePage> {
    const place =
      'token' in position
        ? `continuation_token=${encodeURIComponent(position.token)}`
        : `start_time=${encodeURIComponent(position.startTime)}`;
    const page = await this.#call(changesShape, 'GET', `/changes?page_size=${pageSize}&${place}`);
    const token = page.continuation_token ?? '';
    return { changes: page.changes, next: token === '' ? position : { token } };
  }

  async assertions(model: string): Promise<readonly ApiAssertion[]> {
    const read = await this.#call(assertionsShape, 'GET', `/assertions/${encodeURIComponent(model)}`);
    return read.assertions ?? [];
  }

  async #call<Shape extends z.ZodType>(
    shape: Shape,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<z.output<Shape>> {
    const address = `${this.#base}${path}`;
    const response = await this.#fetch(address, method, body);
    const text = await response.text();
    if (!response.ok) {
      throw new Error(
        `OpenFGA answers ${response.status} to ${method} ${quote(address)}: ${quote(text)}.${nextFor(response.status)}`,
      );
    }
    const read = shape.safeParse(parseJson(address, text));
    if (read.success) return read.data;
    throw new Error(`What answers at ${quote(address)} is no OpenFGA.`);
  }

  async #fetch(address: string, method: string, body: unknown): Promise<Response> {
    const headers = {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(this.#token !== undefined && { authorization: `Bearer ${this.#token}` }),
    };
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await fetch(address, {
        method,
        headers,
        signal,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      throw new Error(`Nothing answers at ${quote(address)}. Next: start OpenFGA, or mend --url.`, { cause: error });
    }
  }
}

function nextFor(status: number): string {
  return status === 401 || status === 403 ? ' Next: name a file with its token in --token-file.' : '';
}

function parseJson(address: string, text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    throw new Error(`What answers at ${quote(address)} is no OpenFGA.`, { cause: error });
  }
}
