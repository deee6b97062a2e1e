import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/server/config.ts';

const units = ['postern.service', 'postern-migrate.service'];

/** The settings of a unit, in their order; one that is said again counts on. */
function readUnit(name: string): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, readonly string[]>();
  for (const line of readFileSync(`deploy/systemd/${name}`, 'utf8').split('\n')) {
    const [, key, value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined) settings.set(key, [...(settings.get(key) ?? []), value]);
  }
  return settings;
}

/** What a service is told, besides what an administrator has in files. */
function configOf(unit: ReadonlyMap<string, readonly string[]>) {
  const classes = [
    { subjectType: 'user', issuer: 'https://id.example/', audience: 'a', jwksUrl: 'https://id.example/k' },
  ];
  const own = (unit.get('Environment') ?? []).map((one) => one.split('=') as [string, string]);
  return readConfig({
    DATABASE_URL: 'postgres://u:p@db/postern',
    POSTERN_TOKEN_CLASSES: JSON.stringify(classes),
    ...Object.fromEntries(own),
  });
}

describe.each(units)('%s', (name) => {
  const unit = readUnit(name);

  test('tells the program what it understands, with its secrets in files', () => {
    expect(configOf(unit)).toMatchObject({ ok: true, value: { mode: 'production' } });
    expect(unit.get('EnvironmentFile')).toEqual([expect.stringMatching(/^\/etc\/postern\/\w+\.env$/)]);
    expect(readFileSync(`deploy/systemd/${name}`, 'utf8')).not.toMatch(/postgres:\/\//);
  });

  test('runs as nobody in particular, who may write nowhere', () => {
    const expected = { DynamicUser: 'yes', ProtectSystem: 'strict', NoNewPrivileges: 'yes', CapabilityBoundingSet: '' };
    for (const [key, value] of Object.entries(expected)) expect([key, unit.get(key)]).toEqual([key, [value]]);
    const writing = ['ReadWritePaths', 'StateDirectory', 'User', 'LogsDirectory', 'CacheDirectory'];
    expect(writing.filter((key) => unit.has(key))).toEqual([]);
  });
});

test('a server has the time that it takes to end', () => {
  const unit = readUnit('postern.service');
  const config = configOf(unit);
  const stopMs = Number(unit.get('TimeoutStopSec')?.[0]) * 1000;
  expect(config.ok && stopMs - config.value.drainMs).toBeGreaterThanOrEqual(15_000);
});

test('the tables are up to date before a server starts, with an address that it never sees', () => {
  const [server, migration] = units.map(readUnit);
  expect(server?.get('After')?.[0]?.split(' ')).toContain('postern-migrate.service');
  expect(server?.get('EnvironmentFile')).not.toEqual(migration?.get('EnvironmentFile'));
  expect(migration?.get('ExecStart')?.[0]).toMatch(/ migrate$/);
});

/** Where there is a systemd, it reads them itself; the program is one that is there. */
const analyze = (args: readonly string[]) => spawnSync('systemd-analyze', args, { encoding: 'utf8' });

if (analyze(['--version']).status === 0)
  test('systemd finds nothing wrong with them, and calls the server well protected', () => {
    const folder = mkdtempSync(join(tmpdir(), 'postern-units-'));
    for (const name of units) {
      const text = readFileSync(`deploy/systemd/${name}`, 'utf8');
      writeFileSync(join(folder, name), text.replace('ExecStart=/usr/bin/node', 'ExecStart=/bin/true'));
    }
    const files = units.map((name) => join(folder, name));
    expect(analyze(['verify', '--man=no', ...files])).toMatchObject({ status: 0, stderr: '' });
    for (const file of files)
      expect(analyze(['security', '--offline=yes', '--threshold=20', file])).toMatchObject({ status: 0 });
    rmSync(folder, { recursive: true });
  });
