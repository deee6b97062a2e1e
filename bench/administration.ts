import { formatObjectRef, type ObjectRef, parseObjectRef } from '../src/model/object-ref.ts';
import { subjectOf } from '../src/model/subject-ref.ts';
import { verifyAuditLog } from '../src/operations/audit/verify-audit-log.ts';
import { findStartOfChanges, watchRelationshipChanges } from '../src/operations/live/watch-relationship-changes.ts';
import { writeRelationships } from '../src/operations/relationships/write-relationships.ts';
import { type AdministrationScenario, administrationScenarios, type Scene } from './administration-scenarios.ts';
import { createStatementCounter } from './count-statements.ts';
import type { CreatorsData } from './creators-data.ts';
import { fillAuditLog } from './fill-audit-log.ts';
import { measure } from './measure.ts';
import { benchActor, openPostern } from './open-postern.ts';
import { prepareDatabase } from './prepare-database.ts';
import { table } from './print-report.ts';
import { readOptions, usage } from './read-options.ts';
import { named, relate } from './relate.ts';

// What admins and auditors wait for: the operations on the database, in this process. Options as for `npm run bench`.

/** Indexes never repeat, also not between measurements: what is new must be new. */
let used = 0;

const options = readOptions(process.argv.slice(2), new Date());
if (options === undefined) console.log(usage);
else await main(options);

async function main(wanted: NonNullable<typeof options>): Promise<void> {
  const say = (sentence: string) => console.error(sentence);
  const { relationships, seed } = wanted;
  const database = await prepareDatabase(process.env.DATABASE_URL, { relationships, seed }, say);
  const counter = createStatementCounter();
  const postern = openPostern(database.url, counter.onStatement);
  try {
    const scene = await setScene(postern, database.data);
    await fillAuditLog(postern, wanted.requests === 2 ? 5000 : 100_000, scene.artist, say);
    const ready = { ...scene, instant: new Date() };
    const rows: (readonly string[])[] = [['scenario/in flight', 'p50 ms', 'p99 ms', '1/s', 'statements']];
    for (const scenario of administrationScenarios) {
      const { only } = wanted;
      if (only.length > 0 && !only.includes(scenario.name)) continue;
      say(`Measuring ${scenario.name} …`);
      for (const inFlight of scenario.inFlights)
        rows.push(await row(ready, scenario, inFlight, wanted.seconds, counter));
    }
    rows.push(await changesRow(ready, wanted.seconds));
    console.log(`\n${relationships} relationships\n\n${table(rows)}\n`);
    for (const { name, meaning } of administrationScenarios) console.log(`${name}: ${meaning}`);
    console.log('changes: from the start of a write until a watcher in this process has its event');
    const verified = await verifyAuditLog(postern.store.audit, { anchor: undefined });
    console.log(
      verified.ok ? `\nThe audit log is sound: ${verified.value.length} events.` : '\nThe audit log is broken.',
    );
  } finally {
    await postern.store.close();
    await database.drop();
  }
}

async function row(
  scene: Scene,
  { name, run }: AdministrationScenario,
  inFlight: number,
  seconds: number,
  counter: ReturnType<typeof createStatementCounter>,
): Promise<readonly string[]> {
  const even = used + (used % 2);
  const ask = (index: number) => {
    used = Math.max(used, even + index + 1);
    return run(scene, even + index);
  };
  // The warm-up of a quarter ends on a whole pair, so that what goes back and forth is where it was.
  await ask(0);
  await ask(1);
  counter.take();
  await ask(2);
  const { statements } = counter.take();
  await ask(3);
  const loop = { load: { inFlight }, warmUpMs: 0, durationMs: seconds * 1000, maxRequests: 100_000 };
  let next = 4;
  const measured = await measure(() => ask(next++), loop);
  if (next % 2 === 1) await ask(next);
  const times = [measured.p50Ms.toFixed(2), measured.p99Ms.toFixed(2), measured.requestsPerSecond.toFixed(0)];
  return [`${name}/${inFlight}`, ...times, String(statements)];
}

/** An artist of the largest company, and the admin of that company. */
async function setScene(postern: Scene['postern'], data: CreatorsData): Promise<Scene> {
  const home = data.organizations.toSorted((left, right) => right.teamMembers.length - left.teamMembers.length)[0];
  const artist = home?.objects.get('artist')?.[0];
  const admin = home?.admins[0];
  const member = home?.teamMembers[0];
  if (artist === undefined || admin === undefined || member === undefined) throw new Error('The data has no artist.');
  const given = ['bench-kept', 'bench-left'].map((id) => relate(artist, 'reader', named('user', id)));
  const writes = { writes: given, deletes: [], preconditions: [], reason: undefined, idempotency: undefined };
  await writeRelationships(postern, benchActor, { ...writes, onDuplicate: 'ERROR', onMissing: 'ERROR' });
  const actor = {
    kind: 'subject',
    subject: subjectOf(admin),
    context: new Map(),
    requestId: undefined,
    delegate: undefined,
  } as const;
  return { postern, admin: actor, artist, organization: organizationOf(data, artist), member, instant: new Date() };
}

function organizationOf({ relationships }: CreatorsData, artist: ObjectRef): ObjectRef {
  const text = formatObjectRef(artist);
  const found = relationships.find(
    ({ object, relation }) => relation === 'organization' && formatObjectRef(object) === text,
  );
  if (found === undefined || found.subject.kind !== 'object') throw new Error('The artist has no organization.');
  const organization = parseObjectRef(formatObjectRef(found.subject.object));
  if (!organization.ok) throw new Error(organization.problem);
  return organization.value;
}

/** One watcher, one writer, one write at a time. */
async function changesRow({ postern, artist }: Scene, seconds: number): Promise<readonly string[]> {
  const start = await findStartOfChanges(postern, benchActor, undefined);
  if (!start.ok) throw new Error('The changes cannot be watched.');
  const stop = new AbortController();
  const events = watchRelationshipChanges(postern, benchActor, start.value, stop.signal);
  const writeOne = (index: number) => {
    const writes = [relate(artist, 'reader', named('user', `watched-${index}`))];
    const rest = { deletes: [], preconditions: [], reason: undefined, idempotency: undefined };
    return writeRelationships(postern, benchActor, { writes, ...rest, onDuplicate: 'ERROR', onMissing: 'ERROR' });
  };
  let index = 0;
  const ask = async () => {
    const [event] = await Promise.all([events.next(), writeOne(index++)]);
    if (event.done || !event.value.ok) throw new Error('The watch ended.');
  };
  const loop = { load: { inFlight: 1 }, warmUpMs: 100, durationMs: seconds * 1000, maxRequests: 100_000 };
  const measured = await measure(ask, loop);
  stop.abort();
  return ['changes/1', measured.p50Ms.toFixed(2), measured.p99Ms.toFixed(2), measured.requestsPerSecond.toFixed(0), ''];
}
