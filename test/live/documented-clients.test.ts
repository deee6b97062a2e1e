import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { formatConsistencyToken } from '../../src/model/consistency-token.ts';
import { office } from '../graphql/support/office.ts';
import { useDatabase } from '../support/database.ts';
import { write } from '../support/postern.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

const server = usePosternServer(useDatabase(), { store: office });
const documentation = readFileSync('docs/live-changes.md', 'utf8');
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill();
});

function snippet(name: string): string {
  const [, code] = new RegExp(`\`\`\`js ${name}\n(.*?)\`\`\``, 's').exec(documentation) ?? [];
  if (code === undefined) throw new Error(`The documentation has no client "${name}".`);
  return code;
}

test.each([['sse'], ['websocket']])(
  'the documented client over %s sees every change once, through interruptions',
  async (name) => {
    await using proxy = await startTcpProxy(server().url);
    const { postern } = server().running;
    const owner = (count: number) => `folder:${name}-${count}#owner@user:ann`;
    const after = formatConsistencyToken(await write(postern, [owner(0)]));
    const child = spawn(process.execPath, ['--input-type=module', '--eval', snippet(name)], {
      env: { ...process.env, POSTERN_URL: proxy.url, POSTERN_TOKEN: await server().token('service:ops'), AFTER: after },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const seen: unknown[] = [];
    for (let count = 1; count <= 6; count++) {
      await write(postern, [owner(count)]);
      const { value } = await lines.next();
      seen.push(JSON.parse(value ?? '{}').relationship?.object);
      if (count % 2 === 0) proxy.reset();
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6].map((count) => `folder:${name}-${count}`));
  },
);
