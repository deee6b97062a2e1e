import { ok, type Result } from '../../base/result.ts';
import { ImpactBudget } from '../../engine/impact/impact-budget.ts';
import { TooComplex } from '../../engine/meter.ts';
import { type ConsistencyToken, tokenOf } from '../../model/consistency-token.ts';
import { formatObjectRef, type ObjectRef } from '../../model/object-ref.ts';
import type { StoreSnapshot } from '../../store/store-snapshot.ts';
import { type Actor, formatAsker } from '../actor.ts';
import type { AuditedActor } from '../audited-actor.ts';
import { objectsToAuthorize } from '../authorize.ts';
import { cursorsOf, type PlaceFormat } from '../cursors.ts';
import { noticeUnnamed } from '../notice-unnamed.ts';
import type { Postern } from '../postern.ts';
import { readAs } from '../read-as.ts';
import type { Refusal } from '../refusal.ts';
import { authorizeReview } from '../reviews/authorize-review.ts';
import { withFreshSnapshot } from '../with-fresh-snapshot.ts';
import {
  type AccessFinding,
  compareFindings,
  type FindingKind,
  type FoundFindings,
  findingKinds,
} from './access-finding.ts';
import { distinct } from './authorize-simulation.ts';
import { findBlastRadius } from './find-blast-radius.ts';
import { findDormantSubjects } from './find-dormant-subjects.ts';
import { findEscalations } from './find-escalations.ts';
import { findOutsiders } from './find-outsiders.ts';
import { findPeerOutliers } from './find-peer-outliers.ts';
import { findRedundantGrants } from './find-redundant-grants.ts';
import { findRoleSets } from './find-role-sets.ts';
import { findToxicPairs } from './find-toxic-pairs.ts';
import { findUnusedGrants } from './find-unused-grants.ts';
import { findWithoutEnd } from './find-without-end.ts';
import { type FindingScope, readFindingScope } from './finding-scope.ts';
import type { FindingsQuestion } from './findings-question.ts';
import { judgeFindingsQuestion } from './judge-findings-question.ts';
import { openUseWindow } from './use-window.ts';

/** A page of findings, the heaviest first, and what was not looked at for all of them. */
export interface FindingsPage extends FoundFindings {
  readonly hasMore: boolean;
  readonly cursorOf: (finding: AccessFinding) => string;
  readonly token: ConsistencyToken;
}

/**
 * What somebody should look at of the access to an object, for those who may review it: facts and counts of one state, each with what is
 * stored that says so, and the change that would end it. Nothing is judged, and nothing is kept: what is no longer so is no longer found.
 */
export async function listFindings(
  postern: Postern,
  actor: Actor,
  question: FindingsQuestion,
): Promise<Result<FindingsPage, Refusal>> {
  const { object } = question;
  const reviewed = distinct([object, ...(question.insiders ? [question.insiders.object] : [])]);
  const wanted = reviewed.map((one) => ({ object: formatObjectRef(one) }));
  const request = { what: 'Looking for findings', attempt: { action: 'reviewAccess' as const, wanted } };
  return readAs(postern, actor, request, async (audited) => {
    const cursors = await cursorsOf(postern, boundOf(actor, question), findingPlace);
    const start = cursors.read(question);
    if (!start.ok) return start;
    const { place, consistency } = start.value;
    const named = [...objectsToAuthorize(actor, postern.platform), ...reviewed];
    const options = { consistency, history: true };
    return withFreshSnapshot<FindingsPage>(postern, postern.store.reader, named, options, async (snapshot) => {
      const entitled = await authorizeAll(postern, audited, snapshot, reviewed);
      if (!entitled.ok) return entitled;
      const judged = judgeFindingsQuestion(snapshot.prepared.model, question);
      if (!judged.ok) return judged;
      await noticeUnnamed(postern, snapshot, audited, reviewed);
      const { findings, notExamined } = await search(postern, snapshot, { ...question, insiders: judged.value });
      const rest = findings.filter((one) => place === undefined || compareFindings(place, one) < 0);
      const page = rest.slice(0, question.first);
      const hasMore = rest.length > page.length;
      const cursorOf = cursors.in(snapshot);
      return ok({ findings: page, notExamined, hasMore, cursorOf, token: tokenOf(snapshot) });
    });
  });
}

async function authorizeAll(
  { platform }: Postern,
  audited: AuditedActor,
  snapshot: StoreSnapshot,
  objects: readonly ObjectRef[],
): Promise<Result<undefined, Refusal>> {
  for (const object of objects) {
    const entitled = await authorizeReview(snapshot, audited, object, platform);
    if (!entitled.ok) return entitled;
  }
  return ok(undefined);
}

/** Most checks that are made for one kind. */
const maxChecks = 100_000;
/** Most time that is spent on all of them, and the part of a request's time that may go into it. */
const maxMs = 30_000;
const shareOfRequest = 0.5;

/** Everything that is looked for, in the order of the ranks; what takes longest is looked for last. */
async function search(
  postern: Postern,
  snapshot: StoreSnapshot,
  { object, includeContained, kinds, insiders, steps, days }: FindingsQuestion,
): Promise<FoundFindings> {
  const deadline = performance.now() + Math.min(maxMs, postern.store.reader.timeoutMs * shareOfRequest);
  const budget = () => new ImpactBudget(maxChecks, () => performance.now() > deadline);
  const scope = await readFindingScope(snapshot, object, includeContained, budget());
  const searches: Readonly<Record<FindingKind, () => FoundFindings | Promise<FoundFindings>>> = {
    withoutEnd: () => findWithoutEnd(scope),
    peerOutlier: () => findPeerOutliers(scope),
    unusedGrant: async () => findUnusedGrants(scope, await openUseWindow(postern.store.uses, days)),
    dormantSubject: async () => findDormantSubjects(scope, await openUseWindow(postern.store.uses, days)),
    roleSet: () => findRoleSets(scope, budget()),
    outsider: () => findOutsiders(scope, insiders, budget()),
    toxicPair: () => findToxicPairs(scope, postern.toxicPairs ?? [], budget()),
    redundantGrant: () => findRedundantGrants(scope, budget()),
    escalation: () => findEscalations(scope, steps, budget()),
    blastRadius: () => findBlastRadius(scope, budget()),
  };
  const found: FoundFindings[] = [];
  for (const kind of quickestFirst) if (kinds.includes(kind)) found.push(await orTooMuch(kind, scope, searches[kind]));
  return {
    findings: found.flatMap(({ findings }) => findings).toSorted(compareFindings),
    notExamined: [...scope.notExamined, ...found.flatMap(({ notExamined }) => notExamined)],
  };
}

const quickestFirst: readonly FindingKind[] = [
  'withoutEnd',
  'peerOutlier',
  'unusedGrant',
  'dormantSubject',
  'outsider',
  'toxicPair',
  'redundantGrant',
  'roleSet',
  'escalation',
  'blastRadius',
];

/** A question that takes too many steps has no answer, and that is not an empty one. */
async function orTooMuch(
  kind: FindingKind,
  { container }: FindingScope,
  run: () => FoundFindings | Promise<FoundFindings>,
): Promise<FoundFindings> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof TooComplex)) throw error;
    const where = `"${formatObjectRef(container)}"`;
    return {
      findings: [],
      notExamined: [`Findings of the kind "${kind}" were not examined: too much has to be looked at for ${where}.`],
    };
  }
}

/** What a cursor is good for: one asker and one question. */
function boundOf(actor: Actor, { object, includeContained, kinds, insiders, steps, days }: FindingsQuestion): unknown {
  const inside = insiders ? [formatObjectRef(insiders.object), insiders.relation] : null;
  const asked = findingKinds.filter((kind) => kinds.includes(kind));
  return ['findings', formatAsker(actor), formatObjectRef(object), includeContained, asked, inside, steps, days];
}

/** A place in the order of findings. */
const findingPlace: PlaceFormat<Pick<AccessFinding, 'rank' | 'id'>> = {
  write: ({ rank, id }) => `${rank} ${id}`,
  read: (text) => {
    const [, rank, id] = /^(\d{1,9}) ([\w-]+)$/.exec(text) ?? [];
    return rank === undefined || id === undefined ? undefined : { rank: Number(rank), id };
  },
};
