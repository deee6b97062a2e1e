import { beforeAll, expect, test } from 'vitest';
import { readModelFile } from '../../src/cli/read-model-file.ts';
import { type Check, check } from '../../src/engine/check/check.ts';
import { type Model, permissionsOf } from '../../src/model/model.ts';
import { formatObjectRef } from '../../src/model/object-ref.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { formatRelationship } from '../../src/model/relationship.ts';
import { publishModel } from '../../src/operations/models/publish-model.ts';
import { recordOf } from '../../src/operations/relationship-record.ts';
import { useDatabase } from '../support/database.ts';
import { outcomeOf } from '../support/decide.ts';
import { context, subject, unwrap } from '../support/parse.ts';
import { done, operator, usePostern } from '../support/postern.ts';
import { type Cast, RandomAdministration } from '../support/random-administration.ts';

/** The same number gives the same acts; `TEST_ADMIN_OPERATIONS=10000` makes more of them. */
const seed = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const operations = Number(process.env.TEST_ADMIN_OPERATIONS ?? 1200);
const perRound = 100;
const perMatrix = 100;
const casts: readonly Cast[] = ['everybody', 'one organization', 'those who are no owners'];

const postern = usePostern(useDatabase());
let model: Model;

beforeAll(async () => {
  const source = await readModelFile('examples/creators/fga.mod');
  model = unwrap(parseModel(source)).model;
  done(await publishModel(postern(), operator, { source, activate: true, dryRun: false, reason: undefined }));
});

/** Everything that anybody may do with any object of a round, as one batch. */
async function matrixOf(round: RandomAdministration): Promise<ReadonlyMap<string, string>> {
  const matrix = new Map<string, string>();
  const asked = round.objects.flatMap((object) => {
    const type = model.types.get(object.type);
    const permissions = type === undefined ? [] : permissionsOf(type);
    const values = context({ territory: 'SE', state: 'draft' });
    return round.users.flatMap((user) => {
      const by = subject(user);
      return permissions.map(({ name }): Check => ({ subject: by, relation: name, object, context: values }));
    });
  });
  const { decisions } = await check(postern().store.reader, { checks: asked, contextual: [] });
  for (const [index, { object, relation, subject: by }] of asked.entries()) {
    matrix.set(`${formatObjectRef(object)}#${relation}@${JSON.stringify(by)}`, outcomeOf(decisions[index]));
  }
  return matrix;
}

const money = /^(organization:\w+#(owner|finance|payout_\w+|auditor)|label:\w+#finance|artist:\w+#royalty_viewer|show:\w+#monetize_\w+|publisher:\w+#royalties_reader|role_binding:\w+#money_assignee|role:\w+#music_royalty_view)@/; // biome-ignore format: one line
const moneyPermission = /#(can_view_royalties|can_view_revenue|can_view_statements|can_prepare|can_approve|can_edit_bank_details|can_read_audit_log|can_transfer_ownership|can_grant_(finance|owner|auditor|payout_\w+|royalty_viewer|monetize_\w+))@/; // biome-ignore format: one line

const moneyOf = (round: RandomAdministration) => [...round.mirror.keys()].filter((text) => money.test(text)).toSorted();

/** Permissions that are in one matrix and not in the other. */
function gained(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, which: RegExp) {
  return [...after].flatMap(([text, outcome]) =>
    which.test(text) && outcome !== before.get(text) && outcome !== 'denied' ? [text] : [],
  );
}

async function stored(round: RandomAdministration) {
  const pages = round.objects.map((object) => postern().store.readRelationships({ object }, 1000, undefined));
  return (await Promise.all(pages)).flatMap((page) => page.relationships.map((one) => one.relationship));
}

test(`${operations} random acts of administration (seed ${seed})`, { timeout: 600_000 }, async () => {
  const seen = new Map<string, number>();
  const compared = { cells: 0, matrices: 0 };
  for (let index = 0; index * perRound < operations; index++) {
    const cast = casts[index % casts.length] ?? 'everybody';
    const round = new RandomAdministration(postern(), model, seed + index, `r${index}`, cast);
    await round.begin();
    const money0 = moneyOf(round);
    const matrix0 = cast === 'everybody' ? new Map<string, string>() : await matrixOf(round);
    const history: string[] = [];
    for (let step = 1; step <= perRound; step++) {
      const { text, outcome, wrong } = await round.step();
      history.push(text);
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      const about = () =>
        `round ${index}, ${cast}:\n${history.filter((one) => one.endsWith('done')).join('\n')}\n${text}`;
      expect(wrong, about()).toEqual([]);
      if (cast === 'those who are no owners') expect(moneyOf(round), about()).toEqual(money0);
      if (step % perMatrix !== 0 || cast === 'everybody') continue;
      const matrix = await matrixOf(round);
      compared.cells += matrix.size;
      compared.matrices += 1;
      if (cast === 'those who are no owners') expect(gained(matrix0, matrix, moneyPermission), about()).toEqual([]);
      const other = new RegExp(`^\\w+:${round.names[1]}2?#`);
      if (cast === 'one organization') expect(gained(matrix0, matrix, other), about()).toEqual([]);
    }
    const byText = (one: Parameters<typeof formatRelationship>[0]) => [formatRelationship(one), recordOf(one)] as const;
    expect(new Map((await stored(round)).map(byText))).toEqual(new Map([...round.mirror.values()].map(byText)));
  }
  const total = [...seen.values()].reduce((sum, one) => sum + one, 0);
  const successes = [...seen].filter(([outcome]) => outcome.endsWith(' done'));
  process.stdout.write(`${total} acts, ${compared.matrices} matrices of ${compared.cells} permissions: ${JSON.stringify(Object.fromEntries([...seen].toSorted()))}\n`); // biome-ignore format: one line
  // What is always refused teaches nothing.
  expect(successes.map(([outcome]) => outcome).toSorted()).toEqual(['extend', 'grant', 'offboard', 'revoke', 'transfer'].map((one) => `${one} done`)); // biome-ignore format: one line
  expect(successes.reduce((sum, [, count]) => sum + count, 0)).toBeGreaterThan(total * 0.05);
});
