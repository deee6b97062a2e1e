import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  getNamedType,
  isInputObjectType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { isRecord } from '../../src/base/canonical-json.ts';
import { useDatabase } from '../support/database.ts';
import { usePosternServer } from '../support/postern-server.ts';
import { problemsOf } from './support/problems.ts';

const school = `
model: |
  model
    schema 1.1
  type user
  type service
  type platform
    relations
      define operator: [service]
      define can_check_any_subject: operator
      define can_read_relationships: operator
      define can_write_relationships: operator
      define can_publish_model: operator
      define can_read_model: operator
      define can_read_audit_log: operator
      define can_manage_access: operator
  type team
    relations
      define member: [user]
      define can_manage_access: member
  type course
    relations
      define teacher: [user, user with in_term, team#member]
      define student: [user]
      define can_read: teacher or student
      define can_manage_access: [service] or teacher
  condition in_term(term: string) {
    term == "spring"
  }
tuples:
  - { user: service:ops, relation: operator, object: platform:main }
  - { user: service:ops, relation: can_manage_access, object: course:algebra }
  - { user: user:olivia, relation: teacher, object: course:algebra }
  - { user: user:ben, relation: student, object: course:algebra }
  - { user: user:olivia, relation: member, object: team:maths }
`;

const server = usePosternServer(useDatabase(), { store: school });

/** Everything that an answer says besides its data: problems with their codes, and notices. */
async function saidOf(query: string, as = 'service:ops'): Promise<readonly string[]> {
  const answer = await server().ask(query, { as });
  const body: unknown = JSON.parse(answer.text);
  const extensions = isRecord(body) && isRecord(body.extensions) ? body.extensions : {};
  const notices = Array.isArray(extensions.notices) ? (extensions.notices as readonly { message: string }[]) : [];
  return [
    ...problemsOf({ ...answer, text: JSON.stringify({ ...(isRecord(body) ? body : {}), extensions: {} }) }),
    ...notices.map(({ message }) => `notice: ${message}`),
  ];
}

const type = (name: string, near: string) => `UNKNOWN_TYPE: Unknown type "${name}". Did you mean "${near}"?`;
const unnamed = (name: string, near: string) => `notice: No relationship names "${name}". Did you mean "${near}"?`;
const asInput = (text: string) => text.replace(/^UNKNOWN_\w+/, 'BAD_USER_INPUT');

const check = (input: string, more = '') =>
  `{ checkPermissions(input: { checks: [{ ${input} }]${more} }) { decisions { allowed error { code message } } } }`;
const mutate = (field: string, input: string) =>
  `mutation { ${field}(input: { ${input} }) { userErrors { code message } } }`;
const objects = (args: string) => `{ accessibleObjects(${args}) { edges { node } } }`;
const subjects = (args: string) => `{ subjectsWithAccess(${args}) { edges { node } } }`;
const explain = (args: string) => `{ explainPermission(${args}) { decision { error { code message } } } }`;
const relationships = (filter: string) => `{ accessRelationships(filter: { ${filter} }) { edges { cursor } } }`;
const review = (args: string) => `{ accessReview(${args}) { edges { cursor } } }`;
const known = (args: string) => `{ knownObjects(${args}) { edges { cursor } } }`;
const holdings = (args: string) => `{ subjectHoldings(${args}) { edges { cursor } } }`;
const findings = (args: string) => `{ findings(${args}) { edges { cursor } } }`;
const simulate = (input: string) => `{ simulateChange(input: { ${input} }) { changed } }`;
const propose = (input: string) => mutate('proposeChange', `${input}, reason: "x"`);
const roles = (object: string) => `{ objectRoles(object: "${object}") { role } }`;
const events = (filter: string) => `{ accessAuditEvents(filter: { ${filter} }) { edges { cursor } } }`;
const contextual = (input: string) => `contextualRelationships: [{ ${input} }]`;

const relation = (word: string, name: string, on: string, near: string) =>
  `UNKNOWN_RELATION: Unknown ${word} "${name}" on type "${on}". Did you mean "${near}"?`;

type Row = readonly [query: string, ...said: readonly unknown[]];

const askOlivia = 'subject: "user:olivia", permission: "can_read", object: "course:algebra"';

/** Wrong names in one relationship, wherever one is an input. */
const wrongRelationships = (
  place: string,
  queryOf: (relationship: string) => string,
  say: (text: string) => string,
): readonly (readonly [string, readonly Row[]])[] => [
  [
    `${place}.object`,
    [[queryOf('object: "cuorse:algebra", relation: "teacher", subject: "user:ben"'), say(type('cuorse', 'course'))]],
  ],
  [
    `${place}.relation`,
    [
      [
        queryOf('object: "course:algebra", relation: "techer", subject: "user:ben"'),
        say(relation('relation', 'techer', 'course', 'teacher')),
      ],
    ],
  ],
  [
    `${place}.subject`,
    [
      [queryOf('object: "course:algebra", relation: "teacher", subject: "usr:ben"'), say(type('usr', 'user'))],
      [
        queryOf('object: "course:algebra", relation: "teacher", subject: "team:maths#membr"'),
        say(relation('relation', 'membr', 'team', 'member')),
      ],
    ],
  ],
];

const wrongCondition = (place: string, queryOf: (relationship: string) => string, say: (text: string) => string) =>
  [
    `${place}.condition.name`,
    [
      [
        queryOf('object: "course:algebra", relation: "teacher", subject: "user:ben", condition: { name: "in_tern" }'),
        say('UNKNOWN_CONDITION: Unknown condition "in_tern". Did you mean "in_term"?'),
      ],
    ],
  ] as const satisfies readonly [string, readonly Row[]];

const same = (text: string) => text;

/** For each argument that takes a name: what is said when it is misspelt. */
const rows: ReadonlyMap<string, readonly Row[]> = new Map<string, readonly Row[]>([
  [
    'Query.checkPermissions.input.checks.subject',
    [[check('subject: "usr:olivia", permission: "can_read", object: "course:algebra"'), type('usr', 'user')]],
  ],
  [
    'Query.checkPermissions.input.checks.permission',
    [
      [
        check('subject: "user:olivia", permission: "can_raed", object: "course:algebra"'),
        relation('permission', 'can_raed', 'course', 'can_read'),
      ],
    ],
  ],
  [
    'Query.checkPermissions.input.checks.object',
    [[check('subject: "user:olivia", permission: "can_read", object: "cuorse:algebra"'), type('cuorse', 'course')]],
  ],
  [
    'Query.checkPermissions.input.modelId',
    [
      [
        check(askOlivia, ', modelId: "latest"'),
        'BAD_USER_INPUT: "latest" is not the number of a model; "authorizationModels" lists them.',
      ],
      [check(askOlivia, ', modelId: "99"'), 'BAD_USER_INPUT: There is no model "99"; the newest is "1".'],
    ],
  ],
  ...wrongRelationships(
    'Query.checkPermissions.input.contextualRelationships',
    (one) => check(askOlivia, `, ${contextual(one)}`),
    asInput,
  ),
  wrongCondition(
    'Query.checkPermissions.input.contextualRelationships',
    (one) => check(askOlivia, `, ${contextual(one)}`),
    asInput,
  ),
  [
    'Query.explainPermission.subject',
    [
      [explain('subject: "usr:olivia", permission: "can_read", object: "course:algebra"'), type('usr', 'user')],
      [
        explain('subject: "user:olvia", permission: "can_read", object: "course:algebra"'),
        unnamed('user:olvia', 'user:olivia'),
      ],
    ],
  ],
  [
    'Query.explainPermission.permission',
    [
      [
        explain('subject: "user:olivia", permission: "can_raed", object: "course:algebra"'),
        relation('permission', 'can_raed', 'course', 'can_read'),
      ],
    ],
  ],
  [
    'Query.explainPermission.object',
    [
      [explain('subject: "user:olivia", permission: "can_read", object: "cuorse:algebra"'), type('cuorse', 'course')],
      [
        explain('subject: "user:olivia", permission: "can_read", object: "course:algbera"'),
        unnamed('course:algbera', 'course:algebra'),
      ],
    ],
  ],
  ...wrongRelationships(
    'Query.explainPermission.contextualRelationships',
    (one) => explain(`${askOlivia}, ${contextual(one)}`),
    asInput,
  ),
  wrongCondition(
    'Query.explainPermission.contextualRelationships',
    (one) => explain(`${askOlivia}, ${contextual(one)}`),
    asInput,
  ),
  [
    'Query.accessibleObjects.subject',
    [
      [objects('subject: "usr:olivia", permission: "can_read", type: "course"'), type('usr', 'user')],
      [objects('subject: "user:olvia", permission: "can_read", type: "course"'), unnamed('user:olvia', 'user:olivia')],
    ],
  ],
  [
    'Query.accessibleObjects.permission',
    [
      [
        objects('subject: "user:olivia", permission: "can_raed", type: "course"'),
        relation('permission', 'can_raed', 'course', 'can_read'),
      ],
    ],
  ],
  [
    'Query.accessibleObjects.type',
    [[objects('subject: "user:olivia", permission: "can_read", type: "cuorse"'), type('cuorse', 'course')]],
  ],
  ...wrongRelationships(
    'Query.accessibleObjects.contextualRelationships',
    (one) => objects(`subject: "user:olivia", permission: "can_read", type: "course", ${contextual(one)}`),
    asInput,
  ),
  wrongCondition(
    'Query.accessibleObjects.contextualRelationships',
    (one) => objects(`subject: "user:olivia", permission: "can_read", type: "course", ${contextual(one)}`),
    asInput,
  ),
  [
    'Query.subjectsWithAccess.object',
    [
      [subjects('object: "cuorse:algebra", permission: "can_read", subjectType: "user"'), type('cuorse', 'course')],
      [
        subjects('object: "course:algbera", permission: "can_read", subjectType: "user"'),
        unnamed('course:algbera', 'course:algebra'),
      ],
    ],
  ],
  [
    'Query.subjectsWithAccess.permission',
    [
      [
        subjects('object: "course:algebra", permission: "can_raed", subjectType: "user"'),
        relation('permission', 'can_raed', 'course', 'can_read'),
      ],
    ],
  ],
  [
    'Query.subjectsWithAccess.subjectType',
    [[subjects('object: "course:algebra", permission: "can_read", subjectType: "usr"'), type('usr', 'user')]],
  ],
  [
    'Query.subjectsWithAccess.subjectRelation',
    [
      [
        subjects('object: "course:algebra", permission: "can_read", subjectType: "team", subjectRelation: "membr"'),
        relation('relation', 'membr', 'team', 'member'),
      ],
    ],
  ],
  ...wrongRelationships(
    'Query.subjectsWithAccess.contextualRelationships',
    (one) => subjects(`object: "course:algebra", permission: "can_read", subjectType: "user", ${contextual(one)}`),
    asInput,
  ),
  wrongCondition(
    'Query.subjectsWithAccess.contextualRelationships',
    (one) => subjects(`object: "course:algebra", permission: "can_read", subjectType: "user", ${contextual(one)}`),
    asInput,
  ),
  [
    'Query.accessRelationships.filter.objectType',
    [[relationships('objectType: "cuorse"'), asInput(type('cuorse', 'course'))]],
  ],
  [
    'Query.accessRelationships.filter.object',
    [
      [relationships('object: "cuorse:algebra"'), asInput(type('cuorse', 'course'))],
      [relationships('object: "course:algbera"'), unnamed('course:algbera', 'course:algebra')],
      [
        relationships('objectType: "team", object: "course:algebra"'),
        'BAD_USER_INPUT: The object "course:algebra" is not of the type "team": leave one of them out.',
      ],
    ],
  ],
  [
    'Query.accessRelationships.filter.relation',
    [
      [relationships('relation: "techer"'), 'BAD_USER_INPUT: Unknown relation "techer". Did you mean "teacher"?'],
      [
        relationships('objectType: "course", relation: "techer"'),
        asInput(relation('relation', 'techer', 'course', 'teacher')),
      ],
      [
        relationships('objectType: "team", relation: "teacher"'),
        'notice: The active model has no relation "teacher" on type "team".',
      ],
    ],
  ],
  [
    'Query.accessRelationships.filter.subject',
    [
      [relationships('subject: "usr:olivia"'), asInput(type('usr', 'user'))],
      [relationships('subject: "team:maths#membr"'), asInput(relation('relation', 'membr', 'team', 'member'))],
      [relationships('subject: "user:olvia"'), unnamed('user:olvia', 'user:olivia')],
    ],
  ],
  [
    'Query.accessRelationships.filter.condition',
    [[relationships('condition: "in_tern"'), 'BAD_USER_INPUT: Unknown condition "in_tern". Did you mean "in_term"?']],
  ],
  [
    'Query.accessRelationships.filter.createdBy',
    [
      [relationships('createdBy: "usr:olivia"'), asInput(type('usr', 'user'))],
      [relationships('createdBy: "user:olvia"'), unnamed('user:olvia', 'user:olivia')],
    ],
  ],
  [
    'Query.accessReview.filter.subjectType',
    [[review('object: "course:algebra", filter: { subjectType: "usr" }'), asInput(type('usr', 'user'))]],
  ],
  [
    'Query.accessReview.object',
    [
      [review('object: "cuorse:algebra"'), type('cuorse', 'course')],
      [review('object: "course:algbera"'), unnamed('course:algbera', 'course:algebra')],
    ],
  ],
  [
    'Query.accessReview.filter.role',
    [
      [
        review('object: "course:algebra", filter: { role: "techer" }'),
        'BAD_USER_INPUT: The role "techer" does not exist here. Did you mean "teacher"?',
      ],
    ],
  ],
  [
    'Query.accessReview.filter.subject',
    [
      [review('object: "course:algebra", filter: { subject: "usr:ben" }'), asInput(type('usr', 'user'))],
      [review('object: "course:algebra", filter: { subject: "user:olvia" }'), unnamed('user:olvia', 'user:olivia')],
    ],
  ],
  [
    'Query.accessReview.filter.notHolding.object',
    [
      [
        review('object: "course:algebra", filter: { notHolding: { object: "taem:maths", relation: "member" } }'),
        asInput(type('taem', 'team')),
      ],
      [
        review('object: "course:algebra", filter: { notHolding: { object: "team:math", relation: "member" } }'),
        unnamed('team:math', 'team:maths'),
      ],
    ],
  ],
  [
    'Query.accessReview.filter.notHolding.relation',
    [
      [
        review('object: "course:algebra", filter: { notHolding: { object: "team:maths", relation: "membr" } }'),
        asInput(relation('relation', 'membr', 'team', 'member')),
      ],
    ],
  ],

  ['Query.knownObjects.type', [[known('type: "cuorse"'), type('cuorse', 'course')]]],
  [
    'Query.knownObjects.startsWith',
    [
      [
        known('type: "course", startsWith: "a b"'),
        'BAD_USER_INPUT: "startsWith" contains a space, control or invisible character: no id begins so.',
      ],
    ],
  ],
  [
    'Query.knownObjects.within',
    [
      [known('type: "user", within: "cuorse:algebra"'), type('cuorse', 'course')],
      [known('type: "user", within: "course:algbera"'), unnamed('course:algbera', 'course:algebra')],
    ],
  ],
  [
    'Query.subjectHoldings.subject',
    [
      [holdings('subject: "usr:ben"'), asInput(type('usr', 'user'))],
      [holdings('subject: "user:olvia"'), unnamed('user:olvia', 'user:olivia')],
      [
        holdings('subject: "team:maths#member"'),
        'BAD_USER_INPUT: "team:maths#member" is not a single subject: "accessRelationships" lists what a set or everybody is given.',
      ],
    ],
  ],
  [
    'Query.subjectHoldings.within',
    [
      [holdings('subject: "user:ben", within: "cuorse:algebra"'), asInput(type('cuorse', 'course'))],
      [holdings('subject: "user:ben", within: "course:algbera"'), unnamed('course:algbera', 'course:algebra')],
    ],
  ],
  [
    'Query.findings.object',
    [
      [findings('object: "cuorse:algebra"'), type('cuorse', 'course')],
      [findings('object: "course:algbera"'), unnamed('course:algbera', 'course:algebra')],
    ],
  ],
  [
    'Query.findings.insiders',
    [
      [
        findings('object: "course:algebra", insiders: "team:maths#membr"'),
        asInput(relation('relation', 'membr', 'team', 'member')),
      ],
      [findings('object: "course:algebra", insiders: "taem:maths#member"'), asInput(type('taem', 'team'))],
      [findings('object: "course:algebra", insiders: "team:mahts#member"'), unnamed('team:mahts', 'team:maths')],
      [
        findings('object: "course:algebra", insiders: "user:olivia"'),
        'BAD_USER_INPUT: "user:olivia" is no subject set: "insiders" is one like "organization:acme#member".',
      ],
    ],
  ],
  ...wrongRelationships('Query.simulateChange.input.writes', (one) => simulate(`writes: [{ ${one} }]`), asInput),
  wrongCondition('Query.simulateChange.input.writes', (one) => simulate(`writes: [{ ${one} }]`), asInput),
  ...wrongRelationships('Query.simulateChange.input.deletes', (one) => simulate(`deletes: [{ ${one} }]`), asInput),
  [
    'Query.simulateChange.input.within',
    [
      [
        simulate(
          `deletes: [{ object: "course:algebra", relation: "teacher", subject: "user:ben" }], within: "cuorse:algebra"`,
        ),
        type('cuorse', 'course'),
      ],
      [
        simulate(
          `deletes: [{ object: "course:algebra", relation: "teacher", subject: "user:ben" }], within: "course:algbera"`,
        ),
        unnamed('course:algbera', 'course:algebra'),
      ],
    ],
  ],
  [
    'Query.objectRoles.object',
    [
      [roles('cuorse:algebra'), type('cuorse', 'course')],
      [roles('course:algbera'), unnamed('course:algbera', 'course:algebra')],
    ],
  ],
  [
    'Query.accessAuditEvent.id',
    [
      [
        '{ accessAuditEvent(id: "latest") { id } }',
        'BAD_USER_INPUT: "latest" is not the number of an event; "accessAuditEvents" lists them.',
      ],
      [
        '{ accessAuditEvent(id: "99999") { id } }',
        expect.stringMatching(/^notice: There is no event "99999"; the newest is "\d+"\.$/),
      ],
    ],
  ],
  [
    'Query.accessAuditEvent.object',
    [
      ['{ accessAuditEvent(id: "1", object: "cuorse:algebra") { id } }', asInput(type('cuorse', 'course'))],
      ['{ accessAuditEvent(id: "1", object: "course:algbera") { id } }', unnamed('course:algbera', 'course:algebra')],
    ],
  ],
  [
    'Query.authorizationModel.id',
    [
      [
        '{ authorizationModel(id: "latest") { id } }',
        'BAD_USER_INPUT: "latest" is not the number of a model; the newest is "1".',
      ],
      ['{ authorizationModel(id: "99") { id } }', 'notice: There is no model "99"; the newest is "1".'],
    ],
  ],
  [
    'Query.accessAuditEvents.filter.object',
    [
      [events('object: "cuorse:algebra"'), asInput(type('cuorse', 'course'))],
      [events('object: "course:algbera"'), unnamed('course:algbera', 'course:algebra')],
    ],
  ],
  [
    'Query.accessAuditEvents.filter.subject',
    [
      [events('subject: "usr:olivia"'), asInput(type('usr', 'user'))],
      [events('subject: "user:olvia"'), unnamed('user:olvia', 'user:olivia')],
    ],
  ],
  [
    'Query.accessAuditEvents.filter.actor',
    [
      [
        events('actor: "olivia"'),
        'BAD_USER_INPUT: The actor "olivia" is neither a subject, as in "user:ann", nor somebody at the console, as in "console postern import".',
      ],
      [events('actor: "usr:olivia"'), asInput(type('usr', 'user'))],
      [events('actor: "user:olvia"'), unnamed('user:olvia', 'user:olivia')],
    ],
  ],
  [
    'Query.accessAuditEvents.filter.action',
    [
      [
        events('action: "grantrole"'),
        'BAD_USER_INPUT: Unknown action "grantrole". Did you mean "grantRole"? The actions are activateModel, applyProposal, breakGlassRead, extendGrant, grantRole, offboardSubject, proposeChange, publishAndActivateModel, publishModel, readAuditLog, readModel, readRelationships, rejectProposal, removeAuditEvents, removeExpiredRelationships, retireObject, reviewAccess, revokeRole, staleProposal, transferRole, withdrawProposal, writeRelationships.',
      ],
    ],
  ],
  [
    'Query.accessAuditEvents.filter.actions',
    [
      [
        events('actions: ["grantRole", "grantrole"]'),
        expect.stringMatching(
          /^BAD_USER_INPUT: Unknown action "grantrole". Did you mean "grantRole"\? The actions are activateModel,/,
        ),
      ],
      [
        events('actions: []'),
        'BAD_USER_INPUT: "actions" names none: no event is of no action. Next: name some, or leave it out.',
      ],
    ],
  ],
  [
    'Query.accessAuditEvents.filter.involving',
    [
      [events('involving: "usr:olivia"'), asInput(type('usr', 'user'))],
      [events('involving: "user:olvia"'), unnamed('user:olvia', 'user:olivia')],
    ],
  ],
  [
    'Viewer.objects.type',
    [['{ viewer { objects(type: "cuorse", permission: "can_read") { isCutShort } } }', type('cuorse', 'course')]],
  ],
  [
    'Viewer.objects.permission',
    [
      [
        '{ viewer { objects(type: "course", permission: "can_raed") { isCutShort } } }',
        relation('permission', 'can_raed', 'course', 'can_read'),
      ],
    ],
  ],
  [
    'Viewer.can.permission',
    [
      [
        '{ viewer { can(permission: "can_raed", object: "course:algebra") } }',
        relation('permission', 'can_raed', 'course', 'can_read'),
      ],
    ],
  ],
  [
    'Viewer.can.object',
    [['{ viewer { can(permission: "can_read", object: "cuorse:algebra") } }', type('cuorse', 'course')]],
  ],
  [
    'Viewer.permissions.objects',
    [['{ viewer { permissions(objects: ["cuorse:algebra"]) { granted } } }', type('cuorse', 'course')]],
  ],
  [
    'Viewer.decisions.checks.permission',
    [
      [
        '{ viewer { decisions(checks: [{ permission: "can_raed", object: "course:algebra" }]) { error { code message } } } }',
        relation('permission', 'can_raed', 'course', 'can_read'),
      ],
    ],
  ],
  [
    'Viewer.decisions.checks.object',
    [
      [
        '{ viewer { decisions(checks: [{ permission: "can_read", object: "cuorse:algebra" }]) { error { code message } } } }',
        type('cuorse', 'course'),
      ],
    ],
  ],
  [
    'Viewer.permissionFingerprint.checks.permission',
    [
      [
        '{ viewer { permissionFingerprint(checks: [{ permission: "can_raed", object: "course:algebra" }]) { value } } }',
        relation('permission', 'can_raed', 'course', 'can_read'),
      ],
    ],
  ],
  [
    'Viewer.permissionFingerprint.checks.object',
    [
      [
        '{ viewer { permissionFingerprint(checks: [{ permission: "can_read", object: "cuorse:algebra" }]) { value } } }',
        type('cuorse', 'course'),
      ],
    ],
  ],
  [
    'Mutation.grantRole.input.object',
    [[mutate('grantRole', 'object: "cuorse:algebra", role: "student", subject: "user:ben"'), type('cuorse', 'course')]],
  ],
  [
    'Mutation.grantRole.input.role',
    [
      [
        mutate('grantRole', 'object: "course:algebra", role: "studnet", subject: "user:ben"'),
        relation('relation', 'studnet', 'course', 'student'),
      ],
    ],
  ],
  [
    'Mutation.grantRole.input.subject',
    [
      [mutate('grantRole', 'object: "course:algebra", role: "student", subject: "usr:ben"'), type('usr', 'user')],
      [
        mutate('grantRole', 'object: "course:algebra", role: "student", subject: "user:olvia"'),
        unnamed('user:olvia', 'user:olivia'),
      ],
    ],
  ],
  wrongCondition('Mutation.grantRole.input', (one) => mutate('grantRole', one.replace('relation:', 'role:')), same),
  ...(['revokeRole', 'extendGrant'] as const).flatMap((field): readonly (readonly [string, readonly Row[]])[] => {
    const more = field === 'extendGrant' ? ', expiresAt: null' : '';
    const absent = (subject: string) => `NOT_FOUND: There is no relationship "course:algebra#student@${subject}".`;
    return [
      [
        `Mutation.${field}.input.object`,
        [
          [
            mutate(field, `object: "cuorse:algebra", role: "student", subject: "user:ben"${more}`),
            type('cuorse', 'course'),
          ],
        ],
      ],
      [
        `Mutation.${field}.input.role`,
        [
          [
            mutate(field, `object: "course:algebra", role: "studnet", subject: "user:ben"${more}`),
            relation('relation', 'studnet', 'course', 'student'),
          ],
        ],
      ],
      [
        `Mutation.${field}.input.subject`,
        [
          [
            mutate(field, `object: "course:algebra", role: "student", subject: "user:bne"${more}`),
            absent('user:bne'),
            unnamed('user:bne', 'user:ben'),
          ],
          [mutate(field, `object: "course:algebra", role: "student", subject: "usr:ben"${more}`), type('usr', 'user')],
        ],
      ],
    ];
  }),
  [
    'Mutation.extendGrant.input.condition.name',
    [
      [
        mutate(
          'extendGrant',
          'object: "course:algebra", role: "teacher", subject: "user:olivia", condition: { name: "in_tern" }',
        ),
        'UNKNOWN_CONDITION: Unknown condition "in_tern". Did you mean "in_term"?',
      ],
    ],
  ],
  [
    'Mutation.transferRole.input.object',
    [
      [
        mutate('transferRole', 'object: "cuorse:algebra", role: "student", from: "user:ben", to: "user:olivia"'),
        type('cuorse', 'course'),
      ],
    ],
  ],
  [
    'Mutation.transferRole.input.role',
    [
      [
        mutate('transferRole', 'object: "course:algebra", role: "studnet", from: "user:ben", to: "user:olivia"'),
        relation('relation', 'studnet', 'course', 'student'),
      ],
    ],
  ],
  [
    'Mutation.transferRole.input.from',
    [
      [
        mutate('transferRole', 'object: "course:algebra", role: "student", from: "user:bne", to: "user:olivia"'),
        'NOT_FOUND: There is no relationship "course:algebra#student@user:bne".',
        unnamed('user:bne', 'user:ben'),
      ],
      [
        mutate('transferRole', 'object: "course:algebra", role: "student", from: "usr:ben", to: "user:olivia"'),
        type('usr', 'user'),
      ],
    ],
  ],
  [
    'Mutation.transferRole.input.to',
    [
      [
        mutate('transferRole', 'object: "course:algebra", role: "student", from: "user:ben", to: "usr:olivia"'),
        type('usr', 'user'),
      ],
    ],
  ],
  [
    'Mutation.offboardSubject.input.subject',
    [
      [mutate('offboardSubject', 'subject: "usr:olivia"'), type('usr', 'user')],
      [
        mutate('offboardSubject', 'subject: "user:olivi"'),
        'NOT_FOUND: No relationship names "user:olivi". Did you mean "user:olivia"? Nothing was done.',
      ],
      [
        mutate('offboardSubject', 'subject: "user:olivi", dryRun: true'),
        'NOT_FOUND: No relationship names "user:olivi". Did you mean "user:olivia"? Nothing was done.',
      ],
    ],
  ],
  [
    'Mutation.retireObject.input.object',
    [
      [mutate('retireObject', 'object: "corse:algebra"'), type('corse', 'course')],
      [
        mutate('retireObject', 'object: "course:algebr"'),
        'NOT_FOUND: No relationship names "course:algebr". Did you mean "course:algebra"? Nothing was done.',
      ],
      [
        mutate('retireObject', 'object: "course:algebr", dryRun: true'),
        'NOT_FOUND: No relationship names "course:algebr". Did you mean "course:algebra"? Nothing was done.',
      ],
    ],
  ],
  ...wrongRelationships(
    'Mutation.writeRelationships.input.writes',
    (one) => mutate('writeRelationships', `writes: [{ ${one} }]`),
    same,
  ),
  wrongCondition(
    'Mutation.writeRelationships.input.writes',
    (one) => mutate('writeRelationships', `writes: [{ ${one} }]`),
    same,
  ),
  ...wrongRelationships(
    'Mutation.writeRelationships.input.deletes',
    (one) => mutate('writeRelationships', `deletes: [{ ${one} }]`),
    same,
  ),
  ...wrongRelationships(
    'Mutation.writeRelationships.input.preconditions',
    (one) =>
      mutate(
        'writeRelationships',
        `writes: [{ object: "course:algebra", relation: "student", subject: "user:olivia" }], preconditions: [{ ${one}, exists: false }]`,
      ),
    same,
  ),
  ...wrongRelationships('Mutation.proposeChange.input.writes', (one) => propose(`writes: [{ ${one} }]`), same),
  wrongCondition('Mutation.proposeChange.input.writes', (one) => propose(`writes: [{ ${one} }]`), same),
  ...wrongRelationships('Mutation.proposeChange.input.deletes', (one) => propose(`deletes: [{ ${one} }]`), same),
  ...wrongRelationships(
    'Mutation.proposeChange.input.preconditions',
    (one) =>
      propose(
        `writes: [{ object: "course:algebra", relation: "student", subject: "user:olivia" }], preconditions: [{ ${one}, exists: false }]`,
      ),
    same,
  ),
  ...['Mutation.rejectProposal', 'Mutation.withdrawProposal', 'Mutation.approveProposal'].map(
    (path): readonly [string, readonly Row[]] => [
      `${path}.input.id`,
      [
        [
          mutate(path.slice('Mutation.'.length), `id: "first"${path.includes('approve') ? ', digest: "x"' : ''}`),
          'BAD_USER_INPUT: "first" is not the number of a proposal; "proposals" lists them.',
        ],
        [
          mutate(path.slice('Mutation.'.length), `id: "99"${path.includes('approve') ? ', digest: "x"' : ''}`),
          'FORBIDDEN: There is no proposal "99" for you to decide on.',
        ],
      ],
    ],
  ),
  [
    'Query.proposal.id',
    [
      [
        '{ proposal(id: "first") { id } }',
        'BAD_USER_INPUT: "first" is not the number of a proposal; "proposals" lists them.',
      ],
    ],
  ],
  [
    'Query.proposals.object',
    [
      ['{ proposals(object: "cuorse:algebra") { edges { cursor } } }', asInput(type('cuorse', 'course'))],
      ['{ proposals(object: "course:algbera") { edges { cursor } } }', unnamed('course:algbera', 'course:algebra')],
    ],
  ],
  [
    'Mutation.activateAuthorizationModel.input.id',
    [
      [
        mutate('activateAuthorizationModel', 'id: "latest"'),
        'UNKNOWN_MODEL: "latest" is not the number of a model; the newest is "1".',
      ],
      [
        mutate('activateAuthorizationModel', 'id: "99", dryRun: true'),
        'UNKNOWN_MODEL: There is no model "99"; the newest is "1".',
      ],
    ],
  ],
]);

/** Text that is no name, or a name that is the caller's to choose. */
const free = /\.(?:after|reason|evidence|digest|tests|idempotencyKey|dsl|modules\.name)$/;

/** What takes its question from elsewhere: deletions ignore conditions, and subscriptions are asked in tests of their own. */
const elsewhere = new Set([
  'Mutation.writeRelationships.input.deletes.condition.name',
  'Query.simulateChange.input.deletes.condition.name',
  'Mutation.proposeChange.input.deletes.condition.name',
  'Subscription.viewerPermissionsChanged.objects',
  'Subscription.accessChanges.object',
  ...['object', 'subject', 'actor', 'action', 'actions', 'involving'].map(
    (name) => `Subscription.accessAuditEventAdded.filter.${name}`,
  ),
]);

const nameTypes = new Set(['String', 'ID', 'ObjectRef', 'SubjectRef']);

/** Every argument that takes a name, in inputs as well. */
function nameArguments(): readonly string[] {
  const schema = buildSchema(
    `directive @key(fields: String!) on OBJECT\n${readFileSync('schema.graphql', 'utf8')}`.replace(
      /extend schema[\s\S]*?(?=\n"A relation of the authorization model)/,
      '',
    ),
    { assumeValid: true, assumeValidSDL: true },
  );
  const inside = (path: string, one: GraphQLArgument | GraphQLInputField): readonly string[] => {
    const named = getNamedType(one.type);
    if (isInputObjectType(named))
      return Object.values(named.getFields()).flatMap((field) => inside(`${path}.${field.name}`, field));
    return isScalarType(named) && nameTypes.has(named.name) ? [path] : [];
  };
  return ['Query', 'Viewer', 'Mutation', 'Subscription'].flatMap((name) => {
    const root = schema.getType(name);
    if (!isObjectType(root)) return [];
    return Object.values(root.getFields()).flatMap((field) =>
      field.args.flatMap((arg) => inside(`${name}.${field.name}.${arg.name}`, arg)),
    );
  });
}

test('every argument that takes a name has its row', () => {
  const names = nameArguments().filter((path) => !free.test(path) && !elsewhere.has(path));
  expect(names.length).toBeGreaterThan(50);
  expect([...rows.keys()].toSorted()).toEqual(names.toSorted());
});

describe.each([...rows])('%s', (_path, own) => {
  test.each(own.map(([query, ...said]) => [query, said] as const))('%s', async (query, said) => {
    expect(await saidOf(query)).toEqual(said);
  });
});
