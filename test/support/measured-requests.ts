/** A request that stopped everybody else once, or that a page needs; and whether it is answered or refused. */
export interface MeasuredRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly isStream: false;
  readonly isAnswered: boolean;
  /** Who asks it, where it needs somebody with rights. */
  readonly as?: string;
}

const range = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, n) => make(n));
const fields = (count: number, field: string) => range(count, (n) => `a${n}: ${field}`).join(' ');

const largeContext = Object.fromEntries(range(45_000, (n) => [`k${n}`, 1]));
const shown = '{ isCutShort edges { node { id } } }';
const listOf = (type: string, first: number) => `${type}(permission: CAN_EDIT, first: ${first}) ${shown}`;
const allPermissions = ['canEdit', 'canDelete', 'canManageAccess', ...range(9, (n) => `canUse${n}`)].join(' ');
const tracks = (from: number) => range(100, (n) => ({ __typename: 'Track', id: String(from + n) }));
const entities = (name: string) =>
  `_entities(representations: $${name}) { ... on Track { permissions { ${allPermissions} } } }`;

function request(query: string, isAnswered: boolean, variables = {}): MeasuredRequest {
  return { query, variables, isStream: false, isAnswered };
}

/** Asked by somebody who may do everything, so that it is not refused but worked on. */
const entitled = (query: string, variables = {}): MeasuredRequest => ({
  ...request(query, true, variables),
  as: 'service:ops',
});

const checksOf = (from: number) =>
  range(1000, (n) => ({ permission: n % 2 === 0 ? 'can_edit' : 'can_delete', object: `track:${from + n}` }));
const declared = (times: number, type: string) => range(times, (n) => `$c${n}: ${type}`).join(', ');
const inParts = (times: number, of: (from: number) => unknown) =>
  Object.fromEntries(range(times, (n): [string, unknown] => [`c${n}`, of(n * 500)]));

/** A model of 150 types that the store has nothing of. */
const wideModel = `model\n  schema 1.1\ntype user\n${range(150, (n) => `type t${n}\n  relations\n    define r: [user]\n    define can_r: r\n`).join('')}`;

/** `own` is whoever asks. */
export const measuredRequests: ReadonlyMap<string, (own: string) => MeasuredRequest> = new Map([
  [
    '25 explanations over a context of 45,000 keys',
    (own: string) =>
      request(
        `query ($c: JSONObject) { ${fields(25, `explainPermission(subject: "${own}", permission: "can_edit", object: "track:7", context: $c) { text }`)} }`,
        false,
        { c: largeContext },
      ),
  ],
  ['25 lists in a small request', () => request(`{ viewer { ${fields(25, listOf('tracks', 20))} } }`, false)],
  ['25 lists of 100', () => request(`{ viewer { ${fields(25, listOf('tracks', 100))} } }`, false)],
  [
    '25 dry runs in one mutation',
    () =>
      request(
        `mutation { ${fields(25, 'activateAuthorizationModel(input: { id: "1", dryRun: true }) { userErrors { code } }')} }`,
        false,
      ),
  ],
  [
    'a check over 16,002 nested teams',
    () => request('{ viewer { can(permission: "can_edit", object: "track:deep") } }', true),
  ],
  [
    'a page of five lists of 20 and 100 entities with 12 permissions each',
    () => {
      const lists = `${fields(3, listOf('tracks', 20))} b0: ${listOf('folders', 20)} b1: ${listOf('folders', 20)}`;
      return request(`query ($r: [_Any!]!) { viewer { ${lists} } ${entities('r')} }`, true, { r: tracks(0) });
    },
  ],
  [
    'three lists of 100 entities with 12 permissions each, as a gateway asks for them',
    () =>
      request(`query ($r: [_Any!]!) { ${entities('r')} }`, true, {
        r: [...tracks(0), ...tracks(100), ...tracks(200)],
      }),
  ],
  [
    'five times a thousand checks of a guard',
    () =>
      request(
        `query (${declared(5, '[ViewerCheckInput!]!')}) { viewer { ${range(5, (n) => `a${n}: decisions(checks: $c${n}) { allowed error { code } }`).join(' ')} } }`,
        true,
        inParts(5, checksOf),
      ),
  ],
  [
    'three times a thousand checks of a service',
    (own: string) =>
      entitled(
        `query (${declared(3, 'CheckPermissionsInput!')}) { ${range(3, (n) => `a${n}: checkPermissions(input: $c${n}) { decisions { allowed } }`).join(' ')} }`,
        inParts(3, (from) => ({ checks: checksOf(from).map((check) => ({ ...check, subject: own })) })),
      ),
  ],
  [
    'a write of 1,000 relationships',
    () =>
      entitled(
        'mutation ($w: [AccessRelationshipInput!]!) { writeRelationships(input: { writes: $w }) { userErrors { code } } }',
        { w: range(1000, (n) => ({ object: `track:${n}`, relation: 'owner', subject: `user:new-${n}` })) },
      ),
  ],
  [
    'a page of the audit log',
    () =>
      entitled(
        '{ accessAuditEvents(first: 100) { isCutShort edges { node { action actor after { relationships { object relation subject } } } } } }',
      ),
  ],
  [
    'a review of a tree of folders',
    () => entitled('{ accessReview(object: "folder:0", includeContained: true, first: 100) { isCutShort } }'),
  ],
  [
    'the impact of a model with 150 other types',
    () =>
      entitled(
        'mutation ($d: String!) { publishAuthorizationModel(input: { dsl: $d, dryRun: true }) { userErrors { code } } }',
        { d: wideModel },
      ),
  ],
]);
