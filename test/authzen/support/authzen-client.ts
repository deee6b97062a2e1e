import type { Answer, PosternServer } from '../../support/postern-server.ts';

export interface Posted {
  /** Whose token it carries; `service:pep` where it does not say, and nobody's for null. */
  readonly as?: string | null;
  /** Who acts for them. */
  readonly by?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer of AuthZEN, with its body. */
export interface AuthzenAnswer extends Answer {
  readonly body: unknown;
}

/** Asks at `/access/v1/`, as whoever enforces does. */
export async function post(
  server: PosternServer,
  question: string,
  body: unknown,
  { as = 'service:pep', by, headers = {} }: Posted = {},
): Promise<AuthzenAnswer> {
  const authorization = as === null ? {} : { authorization: `Bearer ${await server.token(as, by)}` };
  const answer = await server.send(`/access/v1/${question}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { ...answer, body: answer.text === '' ? undefined : JSON.parse(answer.text) };
}

/** `user:ann` as an entity. */
export function entity(text: string, properties?: object) {
  const colon = text.indexOf(':');
  return { type: text.slice(0, colon), id: text.slice(colon + 1), ...(properties && { properties }) };
}

/** "user:ann can_edit doc:1" as an evaluation. */
export function evaluation(text: string, more: object = {}) {
  const [subject = '', name = '', resource = ''] = text.split(' ');
  return { subject: entity(subject), action: { name }, resource: entity(resource), ...more };
}
