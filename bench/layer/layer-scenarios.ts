/** One kind of request that is sent again and again. */
export interface LayerScenario {
  readonly name: string;
  readonly path: string;
  readonly as: string;
  /** Nothing for a GET. */
  readonly body: string | undefined;
  /** How many requests of it are a round. */
  readonly perRound: number;
}

const types = ['Track', 'Album', 'Artist', 'Show', 'Episode'];

/** The fields of a type's permissions, as the served schema has them. */
export type FieldsOf = (type: string) => readonly string[];

export function layerScenarios(fieldsOf: FieldsOf): readonly LayerScenario[] {
  const one = (name: string, query: string, variables: object, as = 'user:ann', perRound = 400): LayerScenario => {
    const body = JSON.stringify({ query, variables, operationName: /^query (\w+)/.exec(query)?.[1] });
    return { name, path: '/graphql', as, body, perRound };
  };
  const service = 'service:playlist-api';
  return [
    { name: 'nothing (/health/live)', path: '/health/live', as: 'user:ann', body: undefined, perRound: 400 },
    one('{ __typename }', '{ __typename }', {}),
    one('entities 1x1', entitiesQuery(['Track'], 1, fieldsOf), { representations: representations(['Track'], 1) }),
    one(
      'entities 50x10',
      entitiesQuery(types, 10, fieldsOf),
      { representations: representations(types, 10) },
      'user:ann',
      100,
    ),
    one('can', 'query One($p: String!, $o: ObjectRef!) { viewer { can(permission: $p, object: $o) } }', {
      p: 'can_edit',
      o: 'track:t1',
    }),
    one('decisions 1', decisions, { checks: checks(1) }),
    one('decisions 500', decisions, { checks: checks(500) }, 'user:ann', 100),
    one(
      'permissions 50',
      'query P($o: [ObjectRef!]!) { viewer { permissions(objects: $o) { object granted undecided { permission } } } }',
      { o: Array.from({ length: 50 }, (_, index) => `track:t${index}`) },
      'user:ann',
      100,
    ),
    one('checkPermissions 1', checkPermissions, { input: { checks: aboutOthers(1) } }, service),
    one('checkPermissions 500', checkPermissions, { input: { checks: aboutOthers(500) } }, service, 100),
  ];
}

/** As the guard package asks it. */
const decisions = `query PosternGuard($checks: [ViewerCheckInput!]!) {
  viewer { decisions(checks: $checks) { allowed error { code } } }
}`;

const checkPermissions = `query Check($input: CheckPermissionsInput!) {
  checkPermissions(input: $input) { consistencyToken decisions { allowed error { code message } } }
}`;

function entitiesQuery(asked: readonly string[], most: number, fieldsOf: FieldsOf): string {
  const fragments = asked.map((type) => {
    const fields = fieldsOf(type).slice(0, most);
    return `... on ${type} { permissions { ${fields.join(' ')} } }`;
  });
  return `query Page($representations: [_Any!]!) {
    _entities(representations: $representations) { ${fragments.join(' ')} }
  }`;
}

function representations(asked: readonly string[], each: number) {
  return asked.flatMap((__typename) =>
    Array.from({ length: each }, (_, index) => ({ __typename, id: `${__typename.toLowerCase()}-${index}` })),
  );
}

function checks(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    permission: index % 2 === 0 ? 'can_edit' : 'can_view',
    object: `track:track-${index}`,
  }));
}

function aboutOthers(count: number) {
  return checks(count).map((check, index) => ({ ...check, subject: `user:person-${index % 7}` }));
}
