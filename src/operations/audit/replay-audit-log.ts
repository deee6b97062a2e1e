import { isRecord } from '../../base/canonical-json.ts';
import { quote } from '../../base/text-problem.ts';
import type { AuditLogHead } from '../../store/audit-chain.ts';
import type { AuditLog } from '../../store/audit-log.ts';
import type { AuditScan, RelationshipTexts } from '../../store/audit-scan.ts';
import { ModelLedger } from './model-ledger.ts';

/** What the log says the relationships are, beside what they are. */
export interface Replay {
  readonly events: number;
  /** Events up to this one were written before the log was a chain: they are replayed, and nothing proves them. */
  readonly start: number;
  readonly relationships: number;
  /** Those of them that were written by events that were removed: nothing proves them. */
  readonly unprovenRelationships: number;
  /** Events up to this one were removed. */
  readonly removedTo: number;
  readonly models: number;
  /** How many of them were published before events kept what a model says. */
  readonly unprovenModels: number;
  readonly differences: number;
  /** The first differences, in sentences. */
  readonly examples: readonly string[];
  /** Stored relationships with a value for a runtime parameter, which counts for nothing. */
  readonly overwriting: { readonly count: number; readonly examples: readonly string[] };
}

export interface ReplayOptions {
  /** What only the request says: see `Model.runtimeParameters`. */
  readonly runtimeParameters?: ReadonlySet<string>;
  /** Told how many events were replayed, now and then. */
  readonly onProgress?: (replayed: number, length: number) => void;
}

const maxExamples = 10;

/**
 * Rebuilds the relationships from the log alone, and compares them with the stored ones: every name, condition, context,
 * beginning, end, time and author. Keeps the relationships that there are in memory, and nothing else.
 *
 * Where the oldest events were removed, what they had put there can only be held against what came after: it is older, and nothing has
 * touched it since.
 *
 * A relationship that has expired may be in the store or not: an operation that comes upon one removes it, and logs only
 * what it puts in its place. One that is there must still be what the log says.
 */
export async function replayAuditLog(log: AuditLog, options: ReplayOptions = {}): Promise<Replay> {
  return log.scan(async (scan) => {
    const head = await scan.head();
    const { start, length, removed } = head;
    const told = await rebuild(scan, head, options);
    const isTold = told.live.size;
    const differences = new Findings();
    const { models, unproven } = await compareModels(scan, head, differences);
    const overwriting = new Findings();
    const { runtimeParameters = new Set() } = options;
    let older = 0;
    for await (const page of scan.relationships()) {
      for (const stored of page) {
        if (isOlder(stored, told, head)) older += 1;
        else compareOne(stored, told.live, differences);
        findOverwriting(stored, runtimeParameters, overwriting);
      }
    }
    await compareRest(scan, differences);
    await compareMissing(scan, told, differences);
    const { count, examples } = differences;
    const found = { differences: count, examples, overwriting, unprovenRelationships: older, unprovenModels: unproven };
    return { events: length, start, removedTo: removed.event, relationships: isTold + older, models, ...found };
  });
}

/** What is known of a live relationship: its texts besides the key, in one. */
interface LiveTexts {
  readonly text: string;
  readonly expiresAt: string | null;
}

/** What the events that are kept say of relationships. */
interface Told {
  readonly live: Map<string, LiveTexts>;
  /** Those that an event has taken away, and none has put there since; known where somebody has to know it. */
  readonly gone: Set<string>;
}

async function rebuild(
  scan: AuditScan,
  { length, removed }: AuditLogHead,
  { onProgress }: ReplayOptions,
): Promise<Told> {
  const live = new Map<string, LiveTexts>();
  const gone = new Set<string>();
  for await (const { steps, last } of scan.steps()) {
    for (const step of steps) {
      const key = keyOf(step);
      gone.delete(key);
      if (step.kind === 'put') live.set(key, textsOf(step));
      else {
        live.delete(key);
        if (removed.event > 0) gone.add(key);
      }
    }
    onProgress?.(last, length);
  }
  return { live, gone };
}

/** Whether a removed event must have written it: no other has said anything of it, and it is as old as they were. */
function isOlder(stored: RelationshipTexts, { live, gone }: Told, { removed, removal }: AuditLogHead): boolean {
  if (removed.event === 0 || removal === undefined || stored.createdAt > removal.at) return false;
  const key = keyOf(stored);
  return !live.has(key) && !gone.has(key);
}

async function compareMissing(scan: AuditScan, { live }: Told, differences: Findings): Promise<void> {
  const now = await scan.now();
  for (const [key, { expiresAt }] of live) {
    if (expiresAt === null || expiresAt > now) differences.add(`${nameOf(key)} is in the log, and not in the store.`);
  }
}

async function compareModels(scan: AuditScan, { length, removed, removal }: AuditLogHead, differences: Findings) {
  const isCut = removed.event > 0 && removal !== undefined;
  const ledger = isCut ? ModelLedger.after(removal) : new ModelLedger();
  const history = await scan.models(isCut ? removal.to : 0);
  for (const step of history.steps) ledger.see(step);
  ledger.compare(length, history);
  for (const { message } of ledger.faults) differences.add(message);
  return { models: history.models.length, unproven: ledger.unproven };
}

/** What no event puts there, and decides or is told all the same. */
async function compareRest(scan: AuditScan, differences: Findings): Promise<void> {
  const { unnamed, mistyped, revision, lastRevision } = await scan.looseEnds();
  if (unnamed > 0) differences.add(`${unnamed} relationships in the store have a name that nothing has.`);
  if (mistyped > 0) differences.add(`${mistyped} relationships in the store are filed under another type of subject.`);
  if (revision !== lastRevision) {
    differences.add(`The store counts ${revision} revisions, and the last in the log is ${lastRevision}.`);
  }
}

function compareOne(stored: RelationshipTexts, live: Map<string, LiveTexts>, differences: Findings): void {
  const key = keyOf(stored);
  const logged = live.get(key);
  const { text } = textsOf(stored);
  if (logged === undefined) differences.add(`${nameOf(key)} is in the store, and not in the log.`);
  else if (logged.text !== text)
    differences.add(`${nameOf(key)} is ${text} in the store, and ${logged.text} in the log.`);
  live.delete(key);
}

function findOverwriting(stored: RelationshipTexts, runtimeParameters: ReadonlySet<string>, found: Findings): void {
  if (stored.context === null) return;
  const context: unknown = JSON.parse(stored.context);
  const names = isRecord(context) ? Object.keys(context).filter((name) => runtimeParameters.has(name)) : [];
  if (names.length > 0) found.add(`${nameOf(keyOf(stored))}: ${names.map(quote).join(', ')}`);
}

function keyOf({ object, relation, subject }: RelationshipTexts): string {
  return JSON.stringify([object, relation, subject]);
}

function textsOf({ condition, context, startsAt, expiresAt, createdAt, createdBy }: RelationshipTexts): LiveTexts {
  return { text: JSON.stringify({ condition, context, startsAt, expiresAt, createdAt, createdBy }), expiresAt };
}

function nameOf(key: string): string {
  const [object, relation, subject] = JSON.parse(key) as readonly string[];
  return `"${object}#${relation}@${subject}"`;
}

class Findings {
  count = 0;
  readonly examples: string[] = [];

  add(sentence: string): void {
    this.count += 1;
    if (this.examples.length < maxExamples) this.examples.push(sentence);
  }
}
