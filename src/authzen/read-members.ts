import { isRecord } from '../base/canonical-json.ts';
import { failed, ok, type Result } from '../base/result.ts';

/** What was sent: an object of JSON, in which no key is there twice. Its members are read by name only where the name is ours. */
export type Sent = Readonly<Record<string, unknown>>;

/** A subject, a resource or an action as it was sent. */
export interface SentEntity {
  readonly properties: Sent | undefined;
}

export interface SentThing extends SentEntity {
  readonly type: string;
  /** Empty where it is what is searched for. */
  readonly id: string;
}

export interface SentAction extends SentEntity {
  readonly name: string;
}

/** Reads a subject or a resource; the problem is a sentence. Members that nobody knows are left alone. */
export function readThing(sent: Sent, member: 'subject' | 'resource', isSearched = false): Result<SentThing, string> {
  const thing = readObject(sent[member], member);
  if (!thing.ok) return thing;
  const { type, id } = thing.value;
  if (typeof type !== 'string') return failed(notText(`${member}.type`, type));
  const properties = readProperties(thing.value, member);
  if (!properties.ok) return properties;
  if (isSearched) return ok({ type, id: '', properties: properties.value });
  if (typeof id !== 'string') return failed(notText(`${member}.id`, id));
  return ok({ type, id, properties: properties.value });
}

export function readAction(sent: Sent): Result<SentAction, string> {
  const action = readObject(sent.action, 'action');
  if (!action.ok) return action;
  const { name } = action.value;
  if (typeof name !== 'string') return failed(notText('action.name', name));
  const properties = readProperties(action.value, 'action');
  return properties.ok ? ok({ name, properties: properties.value }) : properties;
}

/** An object that may be left out. */
export function readOptional(sent: Sent, member: string): Result<Sent | undefined, string> {
  const value = sent[member];
  return value === undefined ? ok(undefined) : readObject(value, member);
}

function readProperties(entity: Sent, member: string): Result<Sent | undefined, string> {
  const { properties } = entity;
  return properties === undefined ? ok(undefined) : readObject(properties, `${member}.properties`);
}

function readObject(value: unknown, member: string): Result<Sent, string> {
  if (value === undefined) return failed(`"${member}" is missing.`);
  return isRecord(value) ? ok(value) : failed(`"${member}" is not an object.`);
}

function notText(member: string, value: unknown): string {
  return value === undefined ? `"${member}" is missing.` : `"${member}" is not text.`;
}
