import type { AuditLog } from '../store/audit-log.ts';

const pageSize = 200;

/**
 * `postern audit export`: every event that is kept, oldest first, as a line of JSON with its link of the chain. What is exported before
 * it is removed can be proven afterwards: the last line has the hash that the log goes on from.
 */
export async function exportAudit(log: AuditLog, print: (line: string) => void): Promise<0> {
  const { length } = await log.head();
  for (let after = 0; ; ) {
    const links = await log.links(after, length, pageSize);
    for (const { event, hash } of links) print(JSON.stringify({ ...event, hash }));
    const last = links.at(-1);
    if (last === undefined || links.length < pageSize) return 0;
    after = last.event.id;
  }
}
