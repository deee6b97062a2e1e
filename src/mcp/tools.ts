import type { Tool } from './tool.ts';
import { checkAccess } from './tools/check-access.ts';
import { describeModel } from './tools/describe-model.ts';
import { explainAccess } from './tools/explain-access.ts';
import { findFindings } from './tools/find-findings.ts';
import { getProposal } from './tools/get-proposal.ts';
import { listObjects } from './tools/list-objects.ts';
import { listRelationships } from './tools/list-relationships.ts';
import { listSubjects } from './tools/list-subjects.ts';
import { proposeChange } from './tools/propose-change.ts';
import { readAudit } from './tools/read-audit.ts';
import { reviewAccess } from './tools/review-access.ts';
import { simulateChange } from './tools/simulate-change.ts';
import { withdrawProposal } from './tools/withdraw-proposal.ts';

/** All tools, in the order in which everybody sees those that they see. */
export const tools: readonly Tool[] = [
  checkAccess,
  explainAccess,
  listObjects,
  listSubjects,
  reviewAccess,
  listRelationships,
  readAudit,
  describeModel,
  findFindings,
  simulateChange,
  getProposal,
  proposeChange,
  withdrawProposal,
];
