import { setTimeout as sleep } from 'node:timers/promises';
import { connectAsOwner } from '../../support/owner-sql.ts';
import { startPostgresPair } from '../../support/postgres-pair.ts';
import type { SoakRun } from '../run-soak.ts';
import type { Decision } from './asker.ts';
import { askServer } from './client.ts';
import { Counts } from './counts.ts';
import { findLoss } from './find-loss.ts';
import { Load } from './load.ts';
import { runServer, type SoakServer } from './run-server.ts';
import { mostRecoveryMs, untilAnswered } from './until-answered.ts';

/** How a fault ended, and its figures. */
export interface Outcome {
  readonly isWell: boolean;
  readonly sentence: string;
}

export async function failOverInStep({ folder, storeFile, world }: SoakRun): Promise<Outcome> {
  await using pair = await startPostgresPair();
  await waitForStandbys(pair.primary.url, '*');
  const databaseUrl = bothOf(pair.primary.url, pair.standby.url);
  const server = await runServer({ databaseUrl, folder, storeFile });
  const counts = new Counts();
  const load = new Load({ world, counts, server: () => server });
  load.start();
  await sleep(5000);
  await pair.primary.kill();
  await pair.promote();
  const recoveryMs = await untilAnswered(server);
  await sleep(3000);
  await load.stop();
  const loss = await findLoss(pair.standby.url, load.written);
  await server.stop();
  const isWell = counts.wrongs === 0 && loss.length === 0 && recoveryMs <= mostRecoveryMs;
  const wrong = [...counts.wrong, ...loss].slice(0, 5).join('; ');
  return {
    isWell,
    sentence: `${counts.toString()}; ${load.written.granted.size + load.written.revoked.size} confirmed writes, ${loss.length} lost; recovery ${Math.round(recoveryMs)} ms after the promotion ${wrong}`,
  };
}

/** From now on a commit is confirmed when these standbys have it. */
async function waitForStandbys(url: string, names: string): Promise<void> {
  const owner = connectAsOwner(url, 1);
  await owner.unsafe(`alter system set synchronous_standby_names = '${names}'`);
  await owner`select pg_reload_conf()`;
  await owner.end();
}

/** No commit is confirmed, and questions are answered all the same; an administrator gives the standby up. */
export async function loseStandby({ folder, storeFile, world }: SoakRun): Promise<Outcome> {
  await using pair = await startPostgresPair();
  await waitForStandbys(pair.primary.url, '*');
  const server = await runServer({ databaseUrl: pair.primary.url, folder, storeFile });
  const counts = new Counts();
  const load = new Load({ world, counts, server: () => server });
  load.start();
  await sleep(3000);
  await pair.part();
  const before = counts.answered.get('checks') ?? 0;
  await sleep(15_000);
  const checks = (counts.answered.get('checks') ?? 0) - before;
  await waitForStandbys(pair.primary.url, '');
  const recoveryMs = await untilAnswered(server);
  await load.stop();
  const loss = await findLoss(pair.primary.url, load.written);
  await server.stop();
  const isWell = counts.wrongs === 0 && loss.length === 0 && checks > 0 && recoveryMs <= mostRecoveryMs;
  const rest = `${loss.length} lost; slowest refusal ${Math.round(counts.slowestRefusalMs)} ms; recovery ${Math.round(recoveryMs)} ms`;
  return { isWell, sentence: `${counts.toString()}; ${checks} checks meanwhile; ${rest}` };
}

/** What was confirmed and is lost must not be answered for: its token is refused, however far the new history goes. */
export async function failOverBehind({ folder, storeFile }: SoakRun): Promise<Outcome> {
  await using pair = await startPostgresPair();
  const server = await runServer({ databaseUrl: bothOf(pair.primary.url, pair.standby.url), folder, storeFile });
  await grant(server, 'grantRole', 'user:kept');
  await pair.untilCaughtUp();
  await pair.part();
  const lost = await grant(server, 'revokeRole', 'user:kept');
  await pair.primary.kill();
  await pair.promote();
  const recoveryMs = await untilAnswered(server);
  const codes = [await codeWith(server, lost)];
  for (let n = 0; n < 20; n++) await grant(server, 'grantRole', `user:after-${n}`);
  codes.push(await codeWith(server, lost));
  await server.stop();
  const isWell = codes.every((code) => code !== 'allowed' && code !== 'denied') && recoveryMs <= mostRecoveryMs;
  return {
    isWell,
    sentence: `the token of the lost revocation: ${codes.join(', then ')}; recovery ${Math.round(recoveryMs)} ms`,
  };
}

async function grant(server: SoakServer, field: 'grantRole' | 'revokeRole', subject: string): Promise<string> {
  const input = `object: "folder:shared", role: "viewer", subject: "${subject}"`;
  const query = `mutation { ${field}(input: { ${input} }) { consistencyToken userErrors { code } } }`;
  const { data } = await askServer(server, 'user:olga', query);
  return (data?.[field] as { consistencyToken: string } | undefined)?.consistencyToken ?? '';
}

async function codeWith(server: SoakServer, token: string): Promise<string> {
  const check = '{ subject: "user:kept", permission: "can_view", object: "folder:shared" }';
  const query = `{ checkPermissions(input: { consistency: { atLeastAsFresh: "${token}" }, checks: [${check}] }) { decisions { allowed error { code } } } }`;
  const { data, code } = await askServer(server, 'service:ops', query);
  const payload = data?.checkPermissions as { decisions: readonly Decision[] } | undefined;
  const [decision] = payload?.decisions ?? [];
  return code ?? decision?.error?.code ?? (decision?.allowed ? 'allowed' : 'denied');
}

function bothOf(primary: string, standby: string): string {
  const { host } = new URL(primary);
  return `${primary.replace(host, `${host},${new URL(standby).host}`)}?target_session_attrs=read-write`;
}
