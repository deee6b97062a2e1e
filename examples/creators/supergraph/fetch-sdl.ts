/** Asks a running subgraph for its schema, as composition needs it; rejects with a sentence when it does not tell. */
export async function fetchSdl(url: string): Promise<string> {
  const answer = await ask(url, '{ _service { sdl } }');
  const sdl = property(property(property(answer, 'data'), '_service'), 'sdl');
  if (typeof sdl === 'string') return sdl;
  throw new Error(`The subgraph at ${url} does not tell its SDL but answers ${JSON.stringify(answer)}.`);
}

async function ask(url: string, query: string): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return await response.json();
  } catch (error) {
    throw new Error(`The subgraph at ${url} does not answer as GraphQL does.`, { cause: error });
  }
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
