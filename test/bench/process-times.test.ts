import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parentOfSameName, treeUsedMs } from '../../bench/process-times.ts';

const hasProc = existsSync('/proc/self/stat');

test('the time of a process has that of the processes which it started in it, also when those have ended', async () => {
  const work = `const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);`;
  const parent = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(work)}]); console.log('done'); process.stdin.resume();`;
  const child = spawn(process.execPath, ['-e', parent], { stdio: ['pipe', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const used = await treeUsedMs(child.pid ?? 0);
  child.kill();
  // Where there is no /proc, nobody can tell, and nobody says that it was nothing.
  if (hasProc) expect(used).toBeGreaterThanOrEqual(290);
  else expect(used).toBeUndefined();
});

test('nothing is known of a process that is not there, and of the parent of one with another name', async () => {
  expect(await treeUsedMs(2 ** 30)).toBeUndefined();
  expect(await parentOfSameName(process.pid, 'postgres')).toBeUndefined();
});
