import { expect } from 'vitest';
import { replayAuditLog } from '../../../src/operations/audit/replay-audit-log.ts';
import { verifyAuditLog } from '../../../src/operations/audit/verify-audit-log.ts';
import type { PosternServer } from '../../support/postern-server.ts';

/** No event was changed, and together they say what the store holds: whatever failed meanwhile, nothing was half done. */
export async function expectSoundLog({ running }: PosternServer): Promise<void> {
  const { audit } = running.postern.store;
  expect(await verifyAuditLog(audit, { anchor: undefined })).toMatchObject({ ok: true });
  expect(await replayAuditLog(audit)).toMatchObject({ differences: 0, examples: [] });
}
