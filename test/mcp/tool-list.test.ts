import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { tools } from '../../src/mcp/tools.ts';

test('what models read of the tools is what somebody has looked at', async () => {
  const told = tools.map(({ name, title, description, needs, hints, inputSchema, outputSchema }) => {
    return { name, title, description, needs, hints, inputSchema, outputSchema };
  });
  const printed = `${JSON.stringify(told, null, 2)}\n`;
  const golden = 'test/golden/mcp-tools.json';
  if (process.env.UPDATE_GOLDEN === '1') await writeFile(golden, printed);
  expect(printed, 'if the change is meant: UPDATE_GOLDEN=1').toBe(await readFile(golden, 'utf8'));
});
