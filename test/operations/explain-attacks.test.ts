import { beforeEach, describe, expect, test } from 'vitest';
import { explainPermission } from '../../src/operations/access/explain-permission.ts';
import type { Actor } from '../../src/operations/actor.ts';
import { context, dsl, object, relationship, subject } from '../support/parse.ts';
import { done, everyStore, operator, publish, signedIn, usePosternOn, write } from '../support/postern.ts';

describe.each(everyStore)('on %s', (store) => {
  const postern = usePosternOn(store);

  const explain = async (
    actor: Actor,
    of: string,
    permission: string,
    on: string,
    contextual: readonly string[] = [],
  ) =>
    done(
      await explainPermission(postern(), actor, {
        subject: subject(of),
        permission,
        object: object(on),
        context: context({}),
        contextual: contextual.map((text) => relationship(text)),
      }),
    );

  const both = '[user] or (member from parent and approved from parent)';

  beforeEach(async () => {
    await publish(
      postern(),
      dsl(
        {
          user: {},
          platform: { can_check_any_subject: '[user]', can_read_relationships: '[user]' },
          folder: { parent: '[folder]', member: both, approved: both },
          doc: { blocked: '[user]', viewer: '[user, user:*] but not blocked', secret: '[user:* with late]' },
        },
        { late: '(hour: int) { hour > 17 }' },
      ),
    );
  });

  test('what several reasons rest on is explained once: the steps do not double with every level', async () => {
    const levels = Array.from({ length: 9 }, (_, n) => `folder:${n + 1}#parent@folder:${n}`);
    await write(postern(), ['folder:0#member@user:ann', 'folder:0#approved@user:ann', ...levels]);
    const { decision, steps } = await explain(operator, 'user:ann', 'member', 'folder:9');
    expect(decision.kind).toBe('allowed');
    expect(steps.length).toBeLessThan(100);
  });

  /** A denial is clear as soon as one side of it is; what stands behind the other was never read for it. */
  test.each<[what: string, permission: string]>([
    ['what gives it and what takes it away are both near', 'near_near'],
    ['what gives it is further away', 'far_near'],
    ['what takes it away is further away', 'near_far'],
    ['both are further away', 'far_far'],
    ['it takes more than that', 'both_near'],
    ['it takes two steps', 'further_near'],
  ])('a denial says what stands in its way where %s', async (_what, permission) => {
    const ward = { doctor: '[user]', blocked: '[user]', house: '[house]', chief: 'chief from house' };
    const record = {
      ward: '[ward]',
      ...{ direct: '[user]', blocked: '[user]', near_near: 'direct but not blocked' },
      ...{ far_near: 'doctor from ward but not blocked', near_far: 'direct but not blocked from ward' },
      ...{ far_far: 'doctor from ward but not blocked from ward' },
      ...{
        both_near: '(doctor from ward and direct) but not blocked',
        further_near: 'chief from ward but not blocked',
      },
    };
    await publish(postern(), dsl({ user: {}, house: { chief: '[user]' }, ward, record }));
    const [on, in_, of] = [`record:${permission}`, `ward:${permission}`, `house:${permission}`];
    await write(postern(), [`${on}#direct@user:dex`, `${on}#blocked@user:dex`, `${on}#ward@${in_}`]);
    await write(postern(), [
      `${in_}#doctor@user:dex`,
      `${in_}#blocked@user:dex`,
      `${in_}#house@${of}`,
      `${of}#chief@user:dex`,
    ]);
    const { decision, text } = await explain(operator, 'user:dex', permission, on);
    expect(decision.kind).toBe('denied');
    expect(text).toMatch(/In its way stands:\n.*takes it away|In its way stands:[\s\S]*user:dex has blocked on/);
    expect(text).not.toContain('Nothing that is written leads to it.');
  });

  test('a denial whose reasons are hidden does not say that there are none, and not that there are some', async () => {
    await write(postern(), ['doc:1#viewer@user:*', 'doc:1#blocked@user:bob']);
    const blocked = await explain(signedIn('user:bob'), 'user:bob', 'viewer', 'doc:1');
    const unknown = await explain(signedIn('user:bob'), 'user:bob', 'viewer', 'doc:2');
    expect(blocked.decision.kind).toBe('denied');
    expect(blocked.text.replace('doc:1', 'doc:2')).toBe(unknown.text);
    expect(blocked.text).not.toContain('Nothing that is written leads to it.');
  });

  test('a relationship of the question is not said to be written by whoever wrote the stored one that it hides', async () => {
    await write(postern(), ['doc:3#viewer@user:cid', 'doc:3#blocked@user:cid']);
    const { steps, text } = await explain(operator, 'user:cid', 'blocked', 'doc:3', ['doc:3#blocked@user:cid']);
    expect(steps.find(({ kind }) => kind === 'relationship')?.createdAt).toBe(null);
    expect(text).not.toContain('since');
  });
});
