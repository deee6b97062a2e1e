import { expect, test } from 'vitest';
import type { Spot } from '../../src/model/find-place.ts';
import { readDescriptions } from '../../src/model/model-descriptions.ts';
import type { ModelSource } from '../../src/model/model-source.ts';

const core = `module core

# Not of a type: a line is between them.

# People.
#
# Each of them.
type user

type doc # not above
  # above the word, and of nothing
  relations
    # who reads
    define viewer: [user] # behind
    define editor: [user]
    # lost, as something stands between

    define owner: [user]
  # late in the day
  condition late(hour: int) {
    # inside
    hour > 17
  }
`;
const more = `module more
# What this module adds.
extend type doc
  relations
    # who prints\r
    define printer: [user]
`;

const modules: ModelSource = {
  kind: 'modules',
  modules: [
    { name: 'core.fga', dsl: core },
    { name: 'more.fga', dsl: more },
  ],
};
const relation = (name: string): Spot => ({ kind: 'relation', type: 'doc', relation: name });

test.each<readonly [Spot, module: string | undefined, description: string | undefined]>([
  [{ kind: 'type', type: 'user' }, 'core.fga', 'People.\n\nEach of them.'],
  [{ kind: 'type', type: 'doc' }, 'core.fga', undefined],
  [relation('viewer'), 'core.fga', 'who reads'],
  [relation('editor'), 'core.fga', undefined],
  [relation('owner'), 'core.fga', undefined],
  [relation('printer'), 'more.fga', 'who prints'],
  [relation('nothing'), undefined, undefined],
  [{ kind: 'condition', condition: 'late' }, 'core.fga', 'late in the day'],
])('%j is of %s and says %s', (spot, module, description) => {
  expect(readDescriptions(modules).of(spot)).toMatchObject({ module, description });
});

test('a model of one text has no modules', () => {
  const source = { kind: 'dsl', dsl: core.replace('module core', 'model\n  schema 1.1') } as const;
  expect(readDescriptions(source).of(relation('viewer'))).toMatchObject({
    module: undefined,
    description: 'who reads',
  });
});
