import { describe, expect, test } from 'vitest';
import { checkPermissions } from '../../src/operations/access/check-permissions.ts';
import { check, dsl, relationship } from '../support/parse.ts';
import { done, everyStore, operator, publish, usePosternOn, write } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  const decide = async (values: readonly unknown[]) => {
    const checks = values.map((x) => check('doc:1#viewer@user:ann', { x }));
    const input = { checks, contextual: [], modelId: undefined };
    return done(await checkPermissions(postern(), operator, input)).decisions.map(({ kind }) => kind);
  };

  test.each([['zero and minus zero', 'double', '1.0 / x > 0.0', [0, -0]]])(
    'a batch answers as single checks do: %s',
    async (_name, type, expression, values) => {
      await publish(
        postern(),
        dsl({ user: {}, doc: { viewer: '[user with when]' } }, { when: `(x: ${type}) { ${expression} }` }),
      );
      await write(postern(), [relationship('doc:1#viewer@user:ann', { condition: ['when', {}] })]).catch(
        () => undefined,
      );
      const alone = [];
      for (const value of values) alone.push(...(await decide([value])));
      expect(await decide(values)).toEqual(alone);
    },
  );
});
