import type { ObjectRef } from '../../src/model/object-ref.ts';
import type { Relationship } from '../../src/model/relationship.ts';
import type { PagePart } from '../make-pages.ts';
import { named, relate } from '../relate.ts';
import { everyLevel, type Scenario } from './scenario.ts';

const organizations = 10;
const viewers = 8;
const runsOfAccount = 3;

const parts: readonly PagePart[] = [
  {
    type: 'payout_account',
    objects: everywhere((organization) => [account(organization)]),
    permissions: ['can_view_statements', 'can_prepare', 'can_approve', 'can_edit_bank_details'],
  },
  { type: 'payout_run', objects: everywhere(runsOf), permissions: ['can_view', 'can_approve'] },
];
const checks = parts.reduce((total, { objects, permissions }) => total + objects.length * permissions.length, 0);

/** Who prepares a payout may not approve it, who made it neither, and who is blocked nothing. */
export const exclusions: Scenario = {
  name: 'exclusions',
  meaning: '10 payout accounts and 30 runs, where rights depend on those that one must not have',
  levels: everyLevel,
  entries: [checks, checks],
  ownData: () => everywhere((organization) => [...structureOf(organization), ...peopleOf(organization)]),
  makeRequests: (_data, _model, count) =>
    Array.from({ length: Math.min(count, viewers) }, (_, index) => ({
      kind: 'page',
      page: { viewer: viewer(index), parts },
    })),
};

function structureOf(index: number): readonly Relationship[] {
  const runs = runsOf(index).flatMap((run, at) => [
    relate(run, 'account', account(index)),
    relate(run, 'created_by', viewer((index + at) % viewers)),
  ]);
  return [relate(account(index), 'organization', organization(index)), ...runs];
}

/** Each viewer is something else in each organization. */
function peopleOf(index: number): readonly Relationship[] {
  const roles = [
    ['payout_preparer'],
    ['payout_approver'],
    ['payout_preparer', 'payout_approver'],
    ['finance', 'blocked'],
  ];
  return Array.from({ length: viewers }, (_, person) =>
    (roles[(index + person) % roles.length] ?? []).map((role) => relate(organization(index), role, viewer(person))),
  ).flat();
}

function everywhere<Item>(make: (organization: number) => readonly Item[]): readonly Item[] {
  return Array.from({ length: organizations }, (_, index) => make(index)).flat();
}

function runsOf(index: number): readonly ObjectRef[] {
  return Array.from({ length: runsOfAccount }, (_, run) => named('payout_run', `paid-${index}-${run}`));
}

function organization(index: number): ObjectRef {
  return named('organization', `paid-${index}`);
}

function account(index: number): ObjectRef {
  return named('payout_account', `paid-${index}`);
}

function viewer(index: number): ObjectRef {
  return named('user', `paid-${index}`);
}
