import { connectAsOwner } from '../../support/owner-sql.ts';
import type { Written } from './confirmed-writes.ts';

/** Confirmed writes that are not there, in words; and those that have not one event each. */
export async function findLoss(databaseUrl: string, { granted, revoked }: Written): Promise<readonly string[]> {
  const owner = connectAsOwner(databaseUrl, 1);
  const there = await owner<{ name: string }[]>`
    select object.name from relationship r join object on object.id = r.subject
    where r.created_by = 'user:olga' and object.name like 'w%'`;
  const events = await owner<{ action: string; name: string; count: number }[]>`
    select action, m.name, count(*)::int4 as count from audit_event e join audit_mention m on m.event = e.id
    where outcome = 'done' and action in ('grantRole', 'revokeRole') and m.kind = 'subject' group by action, m.name`;
  await owner.end();
  const stored = new Set(there.map(({ name }) => `user:${name}`));
  const eventsOf = (action: string) => new Map(events.filter((e) => e.action === action).map((e) => [e.name, e.count]));
  const [grants, revocations] = [eventsOf('grantRole'), eventsOf('revokeRole')];
  return [
    ...[...granted].filter((one) => !stored.has(one)).map((one) => `${one} was granted, and is not there`),
    ...[...revoked].filter((one) => stored.has(one)).map((one) => `${one} was revoked, and is there`),
    ...[...granted, ...revoked]
      .filter((one) => grants.get(one) !== 1)
      .map((one) => `${one} has ${grants.get(one)} events`),
    ...[...revoked]
      .filter((one) => revocations.get(one) !== 1)
      .map((one) => `the end of ${one} has ${revocations.get(one)}`),
    ...[...stored].filter((one) => (grants.get(one) ?? 0) === 0).map((one) => `${one} is there without an event`),
  ];
}
