import { isRecord } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';

const timeoutMs = 10_000;

/** Asks a running subgraph for its schema, as a gateway does; the problem says why it does not tell. */
export async function fetchSdl(url: string): Promise<Result<string, string>> {
  const answer = await ask(url);
  if (!answer.ok) return answer;
  const sdl = property(property(property(answer.value, 'data'), '_service'), 'sdl');
  if (typeof sdl === 'string') return ok(sdl);
  return failed(
    `The subgraph at ${quote(url)} does not tell its SDL but answers ${quote(JSON.stringify(answer.value))}.`,
  );
}

async function ask(url: string): Promise<Result<unknown, string>> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return ok(await response.json());
  } catch (error) {
    if (error instanceof SyntaxError) return failed(`What answers at ${quote(url)} is no GraphQL server.`);
    return failed(`${reasonOf(url, error)} Next: start the subgraph, or name its file.`);
  }
}

/** `fetch` says only that it failed; its cause says why. */
function reasonOf(url: string, error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `The host of ${quote(url)} is not known.`;
  const isLate = error instanceof Error && error.name === 'TimeoutError';
  return `Nothing answers at ${quote(url)}${isLate ? ` within ${timeoutMs / 1000} s` : ''}.`;
}

function property(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
