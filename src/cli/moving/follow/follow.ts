import { setTimeout as sleep } from 'node:timers/promises';
import { countOf } from '../../../base/count-of.ts';
import { quote } from '../../../base/text-problem.ts';
import type { Postern } from '../../../operations/postern.ts';
import { asArgument, commandLine } from '../../command-line.ts';
import { isSamePosition } from '../openfga/change-position.ts';
import { OpenfgaClient } from '../openfga/openfga-client.ts';
import { readToken } from '../openfga/read-token.ts';
import { readPlanReport } from '../plan/plan-files.ts';
import { applyChanges, type Followed } from './apply-changes.ts';
import { readFollowStart, readPosition, savePosition } from './follow-position.ts';
import { readFollowedModel } from './read-followed-model.ts';

export interface FollowOptions {
  readonly tokenFile?: string;
  /** End as soon as nothing is waiting. */
  readonly once: boolean;
}

const pollEveryMs = 1000;

/**
 * Does what is written at the source here as well, in its order, until it is stopped. Where it is is kept behind each page, so that
 * it goes on there when it is begun again: what is done twice comes out the same.
 */
export async function follow(
  postern: Postern,
  folder: string,
  { tokenFile, once }: FollowOptions,
  print: (line: string) => void,
): Promise<void> {
  const report = await readPlanReport(folder);
  const start = readFollowStart(folder, report);
  const model = await readFollowedModel(postern, folder);
  const client = new OpenfgaClient(start.url, start.store, await readToken(tokenFile));
  const reason = `Followed from ${report.source.kind}, plan ${report.digest}`;
  const followed: Followed = { postern, model, reason, allowed: report.allowed };
  let position = (await readPosition(folder, report.digest)) ?? start.position;
  for (let isWaiting = false; ; ) {
    await refuseOtherModel(client, start.model);
    const { changes, next } = await client.changes(position);
    if (changes.length > 0) {
      const { applied, left } = await applyChanges(followed, changes);
      print(sentenceOf(applied, left, changes.at(-1)?.timestamp ?? ''));
    }
    const isAtEnd = changes.length === 0 && isSamePosition(position, next);
    position = next;
    if (!isAtEnd) await savePosition(folder, report.digest, position);
    if (isAtEnd && !isWaiting) print(caughtUp(folder, once));
    if (isAtEnd && once) return;
    isWaiting = isAtEnd;
    if (isAtEnd) await sleep(pollEveryMs);
  }
}

async function refuseOtherModel(client: OpenfgaClient, planned: string): Promise<void> {
  const { id } = await client.latestModel();
  if (id === planned) return;
  throw new Error(
    `The model at the source is ${quote(id)} by now, and the plan has ${quote(planned)}: nothing more is followed. Next: plan and apply again.`,
  );
}

function sentenceOf(applied: number, left: number, timestamp: string): string {
  const behindMs = Math.max(0, Date.now() - Date.parse(timestamp));
  const besides = left === 0 ? '' : `, ${left} left out as the plan allows`;
  return `${countOf(applied, 'change')} done${besides}, up to ${timestamp}: ${(behindMs / 1000).toFixed(1)} s behind.`;
}

function caughtUp(folder: string, once: boolean): string {
  const next = once
    ? 'If nobody writes at the source any more, ask Postern from now on.'
    : `Stop the writes at the source, then: ${commandLine(`import follow ${asArgument(folder)} --once`)}`;
  return `Nothing is waiting at the source: lag 0. Next: ${next}`;
}
