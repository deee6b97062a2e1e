import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatObjectRef, makeObjectRef, parseObjectRef } from '../../src/model/object-ref.ts';
import { formatSubjectRef, parseSubjectRef, subjectOf } from '../../src/model/subject-ref.ts';
import { object, subject } from '../support/parse.ts';

const id256 = 'x'.repeat(256);
const type254 = 't'.repeat(254);
const relation64 = 'r'.repeat(64);

describe('objects', () => {
  test.each<[text: string, type: string, id: string]>([
    ['track:42', 'track', '42'],
    ['track:a*', 'track', 'a*'],
    ['track:**', 'track', '**'],
    ['user:ann@example.com', 'user', 'ann@example.com'],
    ['doc:/a/b?c=d|e', 'doc', '/a/b?c=d|e'],
    ['__proto__:constructor', '__proto__', 'constructor'],
    ['café:naïve', 'café', 'naïve'],
    [`track:${id256}`, 'track', id256],
    [`${type254}:1`, type254, '1'],
  ])('%s', (text, type, id) => {
    expect(parseObjectRef(text)).toEqual({ ok: true, value: { type, id } });
    expect(formatObjectRef(object(text))).toBe(text);
  });

  test.each<[text: string, problem: string]>([
    ['', 'The object "" is not of the form "type:id".'],
    ['track', 'The object "track" is not of the form "type:id".'],
    [':', 'The type of the object ":" is empty.'],
    [':42', 'The type of the object ":42" is empty.'],
    ['track:', 'The id of the object "track:" is empty.'],
    ['track:a:b', 'The id of the object "track:a:b" contains "#" or ":".'],
    ['track:a#b', 'The id of the object "track:a#b" contains "#" or ":".'],
    ['tr#ck:a', 'The type of the object "tr#ck:a" contains "#" or ":".'],
    ['track:*', 'The object "track:*" is a wildcard, which only a subject can be.'],
    ['track: 1', 'The id of the object "track: 1" contains a space, control or invisible character.'],
    [' track:1', 'The type of the object " track:1" contains a space, control or invisible character.'],
    ['track:1\n', 'The id of the object "track:1\\n" contains a space, control or invisible character.'],
    ['track:a\u0000', 'The id of the object "track:a\\u0000" contains a space, control or invisible character.'],
    ['track:a\u202eb', 'The id of the object "track:a\\u202eb" contains a space, control or invisible character.'],
    ['track:a\ud800', 'The id of the object "track:a\ufffd" is not well-formed Unicode.'],
    ['track:cafe\u0301', 'The id of the object "track:cafe\u0301" is not in Unicode normalization form NFC.'],
    [`track:${id256}x`, `The id of the object "track:${'x'.repeat(74)}…" is longer than 256 bytes.`],
    [`${type254}t:1`, `The type of the object "${'t'.repeat(80)}…" is longer than 254 bytes.`],
    [`track:${'é'.repeat(129)}`, `The id of the object "track:${'é'.repeat(74)}…" is longer than 256 bytes.`],
  ])('%j is refused', (text, problem) => {
    expect(parseObjectRef(text)).toEqual({ ok: false, problem });
  });

  test('parts that come from elsewhere go through the same grammar', () => {
    expect(makeObjectRef('track', 'a:b')).toMatchObject({ ok: false });
    expect(makeObjectRef('track', '*')).toMatchObject({ ok: false });
    expect(makeObjectRef('track', '42')).toEqual({ ok: true, value: object('track:42') });
  });
});

describe('subjects', () => {
  test.each<[text: string, parts: object]>([
    ['user:ann', { kind: 'object', object: { type: 'user', id: 'ann' } }],
    ['team:eng#member', { kind: 'set', object: { type: 'team', id: 'eng' }, relation: 'member' }],
    [`team:eng#${relation64}`, { kind: 'set', object: { type: 'team', id: 'eng' }, relation: relation64 }],
    ['user:*', { kind: 'wildcard', type: 'user' }],
    ['user:**', { kind: 'object', object: { type: 'user', id: '**' } }],
    ['__proto__:*', { kind: 'wildcard', type: '__proto__' }],
    ['team:eng#*', { kind: 'set', object: { type: 'team', id: 'eng' }, relation: '*' }],
  ])('%s', (text, parts) => {
    expect(parseSubjectRef(text)).toEqual({ ok: true, value: parts });
    expect(formatSubjectRef(subject(text))).toBe(text);
  });

  const form = 'is not of the form "type:id".';
  test.each<[text: string, problem: string]>([
    ['', `The subject "" ${form}`],
    ['ann', `The subject "ann" ${form}`],
    ['*', `The subject "*" ${form}`],
    ['#member', `The subject "#member" ${form}`],
    [':*', 'The type of the subject ":*" is empty.'],
    ['user:a:*', 'The type of the subject "user:a:*" contains "#" or ":".'],
    ['team:eng#member:*', 'The type of the subject "team:eng#member:*" contains "#" or ":".'],
    ['us er:*', 'The type of the subject "us er:*" contains a space, control or invisible character.'],
    ['team:eng#', 'The relation of the subject "team:eng#" is empty.'],
    ['team:eng#a#b', 'The relation of the subject "team:eng#a#b" contains "#" or ":".'],
    ['team:eng#a:b', 'The relation of the subject "team:eng#a:b" contains "#" or ":".'],
    [`team:eng#r${relation64}`, `The relation of the subject "team:eng#${'r'.repeat(65)}" is longer than 64 bytes.`],
    ['team:*#member', 'The subject "team:*#member" is a wildcard, which takes no relation.'],
    ['user:', 'The id of the subject "user:" is empty.'],
    ['user:an\u0000n', 'The id of the subject "user:an\\u0000n" contains a space, control or invisible character.'],
  ])('%j is refused', (text, problem) => {
    expect(parseSubjectRef(text)).toEqual({ ok: false, problem });
  });

  test('an object is a subject', () => {
    expect(subjectOf(object('user:ann'))).toEqual(subject('user:ann'));
  });
});

/** Text near the grammar: its special characters are frequent, and so are the troubles of Unicode. */
const nearby = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', 'b', ':', '#', '*', '@', 'é', 'e\u0301', '\ud800', '\u0000', ' ', '\u200b'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 9,
});

test('what is read is written as it was, so two texts never mean the same', () => {
  const runs = { numRuns: 3000 };
  const accepted = new Set<string>();
  fc.assert(
    fc.property(nearby, nearby, nearby, (type, id, relation) => {
      for (const text of [type, `${type}:${id}`, `${type}:${id}#${relation}`, `${type}:*`]) {
        const asObject = parseObjectRef(text);
        const asSubject = parseSubjectRef(text);
        if (asObject.ok) expect(formatObjectRef(asObject.value)).toBe(text);
        if (asSubject.ok) expect(formatSubjectRef(asSubject.value)).toBe(text);
        if (asSubject.ok) accepted.add(asSubject.value.kind);
        if (asObject.ok) expect(asSubject).toEqual({ ok: true, value: subjectOf(asObject.value) });
      }
    }),
    runs,
  );
  expect(accepted).toEqual(new Set(['object', 'set', 'wildcard']));
});
