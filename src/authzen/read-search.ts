import { ok, type Result } from '../base/result.ts';
import type { Context } from '../model/relationship.ts';
import type { PageRequest } from '../operations/page-request.ts';
import { ContextReader } from './read-context.ts';
import { readAction, readOptional, readThing, type Sent, type SentAction, type SentThing } from './read-members.ts';
import { readPage } from './read-page.ts';

/** A search for things; the id of what is searched for is of no account. */
export interface ThingSearch extends PermissionSearch {
  readonly action: SentAction;
}

/** A search for actions. */
export interface PermissionSearch {
  readonly subject: SentThing;
  readonly resource: SentThing;
  readonly context: Context;
  readonly page: Pick<PageRequest, 'first' | 'after'>;
}

/** Reads a search for subjects or for resources; the problem is a sentence. */
export function readThingSearch(sent: Sent, searched: 'subject' | 'resource'): Result<ThingSearch, string> {
  const action = readAction(sent);
  if (!action.ok) return action;
  const search = readParts(sent, searched, action.value);
  return search.ok ? ok({ ...search.value, action: action.value }) : search;
}

/** Reads a search for actions; one that is named is of no account. */
export function readActionSearch(sent: Sent): Result<PermissionSearch, string> {
  return readParts(sent, undefined, undefined);
}

function readParts(
  sent: Sent,
  searched: 'subject' | 'resource' | undefined,
  action: SentAction | undefined,
): Result<PermissionSearch, string> {
  const subject = readThing(sent, 'subject', searched === 'subject');
  if (!subject.ok) return subject;
  const resource = readThing(sent, 'resource', searched === 'resource');
  if (!resource.ok) return resource;
  const given = readOptional(sent, 'context');
  if (!given.ok) return given;
  const page = readPage(sent);
  if (!page.ok) return page;
  const named = { subject: subject.value, resource: resource.value, ...(action && { action }) };
  const context = new ContextReader().read({ ...named, context: given.value });
  if (!context.ok) return context;
  return ok({ subject: subject.value, resource: resource.value, context: context.value, page: page.value });
}
