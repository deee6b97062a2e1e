import { expect, test } from 'vitest';
import { z } from 'zod';
import { invariant } from '../../src/base/invariant.ts';
import type { Serving } from '../../src/mcp/create-mcp-server.ts';
import { defineTool, reading } from '../../src/mcp/tool.ts';
import { usualConsistency } from '../../src/model/consistency.ts';
import type { Viewer } from '../../src/operations/actor.ts';
import type { Postern } from '../../src/operations/postern.ts';
import { createSpeaker } from '../../src/server/mcp/speak.ts';
import { subject } from '../support/parse.ts';
import { revision } from './support/mcp-client.ts';

const secret = 'connect ECONNREFUSED postgres://admin:hunter2@10.0.0.1/postern';

/** A tool whose way to an answer throws. */
const broken = (run: () => Promise<never>) =>
  defineTool({
    ...{ name: 'break_down', title: 'Break down', description: 'Breaks down.', needs: 'read', hints: reading },
    ...{ work: 'questions', input: z.strictObject({}), output: z.strictObject({ found: z.string() }) },
    ...{ points: () => 1, run },
  });

test.each([
  ['throws', () => Promise.reject(new Error(secret))],
  ['throws what is no error', () => Promise.reject(secret)],
])('a tool that %s gives no answer, no "no", and nothing of what it was', async (_what, run) => {
  const reported: unknown[] = [];
  const report: Postern['report'] = (_message, error) => reported.push(error);
  const tool = broken(run);
  const ready = tool.read({});
  const postern: Postern = Object.assign(Object.create(null), { report });
  const actor: Viewer = Object.assign(Object.create(null), { kind: 'subject', subject: subject('user:ann') });
  const problems: string[] = [];
  const serving: Serving = {
    call: { postern, actor, consistency: usualConsistency, requestId: 'one' },
    ...{ granted: new Set(['read']), planned: { tool, ready }, version: '1' },
    onProblem: ({ code }) => problems.push(code),
  };
  const meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const response = await createSpeaker(report).answer(
    {
      url: 'https://access.example/mcp',
      headers: new Headers({
        ...{ 'content-type': 'application/json', 'mcp-protocol-version': revision },
        ...{ 'mcp-method': 'tools/call', 'mcp-name': tool.name },
      }),
      body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: tool.name, arguments: {}, _meta: meta } },
    },
    serving,
  );
  const text = await response.text();
  invariant(ready.ok, 'the arguments are right');
  expect(JSON.parse(text).result).toMatchObject({ isError: true });
  expect(text).toContain('AUTHORIZATION_UNAVAILABLE');
  expect(text).not.toMatch(/ECONN|hunter2|10\.0\.0\.1|structuredContent/);
  expect([problems, reported.length]).toEqual([['AUTHORIZATION_UNAVAILABLE'], 1]);
});
