import { subjectOf } from '../src/model/subject-ref.ts';
import { checkViewer } from '../src/operations/access/check-viewer.ts';
import type { Viewer } from '../src/operations/actor.ts';
import { watchViewerPermissions } from '../src/operations/live/watch-viewer-permissions.ts';
import type { Postern } from '../src/operations/postern.ts';
import { writeRelationships } from '../src/operations/relationships/write-relationships.ts';
import type { CreatorsData } from './creators-data.ts';
import { measure } from './measure.ts';
import { benchActor, openPostern } from './open-postern.ts';
import { prepareDatabase } from './prepare-database.ts';
import { table } from './print-report.ts';
import { readOptions, usage } from './read-options.ts';
import { named, relate } from './relate.ts';

// What idle live subscribers cost those who ask for one check: alone, beside writes, and beside both, in this process.

const subscribers = 200;
const writesPerSecond = 10;

const options = readOptions(process.argv.slice(2), new Date());
if (options === undefined) console.log(usage);
else await main(options);

async function main({ relationships, seed, seconds }: NonNullable<typeof options>): Promise<void> {
  const database = await prepareDatabase(process.env.DATABASE_URL, { relationships, seed }, console.error);
  const postern = openPostern(database.url);
  const ended = new AbortController();
  try {
    const ask = () => checkOnce(postern, database.data);
    const loop = { load: { inFlight: 1 }, warmUpMs: 1000, durationMs: seconds * 1000, maxRequests: 1e6 };
    const rows: (readonly string[])[] = [['one check beside', 'p50 ms', 'p99 ms', '1/s']];
    const add = async (what: string) => {
      const { p50Ms, p99Ms, requestsPerSecond } = await measure(ask, loop);
      rows.push([what, p50Ms.toFixed(2), p99Ms.toFixed(2), requestsPerSecond.toFixed(0)]);
    };
    await add('nothing');
    const writing = writeOn(postern, ended.signal);
    await add(`${writesPerSecond} writes/s`);
    const watching = await subscribe(postern, database.data, ended.signal);
    await add(`${writesPerSecond} writes/s, ${subscribers} idle subscribers`);
    ended.abort();
    await Promise.all([writing, ...watching]);
    console.log(`\n${table(rows)}\n`);
  } finally {
    await postern.store.close();
    await database.drop();
  }
}

function viewerOf(id: string): Viewer {
  const subject = subjectOf(named('user', id));
  return { kind: 'subject', subject, context: new Map(), requestId: undefined, delegate: undefined };
}

function tracksOf({ organizations }: CreatorsData) {
  return organizations.flatMap((organization) => organization.objects.get('track') ?? []);
}

async function checkOnce(postern: Postern, data: CreatorsData): Promise<void> {
  const [object] = tracksOf(data);
  if (object === undefined) throw new Error('The data has no track.');
  const [decision] = await checkViewer(postern, viewerOf('bench'), [{ permission: 'can_edit', object }]);
  if (decision?.kind !== 'denied') throw new Error('A stranger may not edit.');
}

/** Writes what no subscriber looks at. */
async function writeOn(postern: Postern, signal: AbortSignal): Promise<void> {
  for (let index = 0; !signal.aborted; index += 1) {
    const nextAt = performance.now() + 1000 / writesPerSecond;
    const writes = [relate(named('artist', 'live'), 'reader', named('user', `live-${index}`))];
    const rest = { deletes: [], preconditions: [], reason: undefined, idempotency: undefined };
    await writeRelationships(postern, benchActor, { writes, ...rest, onDuplicate: 'ERROR', onMissing: 'ERROR' });
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextAt - performance.now())));
  }
}

/** Each watches a track of their own; returned when all have had their first event. */
async function subscribe(postern: Postern, data: CreatorsData, signal: AbortSignal) {
  const tracks = tracksOf(data).slice(0, subscribers);
  const events = tracks.map((track, index) =>
    watchViewerPermissions(postern, viewerOf(`subscriber-${index}`), { objects: [track] }, signal),
  );
  await Promise.all(events.map((one) => one.next()));
  return events.map(async (one) => void (await one.next()));
}
