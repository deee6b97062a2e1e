import type { Check } from '../src/engine/check/check.ts';
import type { ObjectRef } from '../src/model/object-ref.ts';
import type { PageType } from './creators-data.ts';
import type { Page } from './make-pages.ts';

/** What is asked over and over. */
export type BenchRequest =
  /** All permissions that a page of one viewer shows. */
  | { readonly kind: 'page'; readonly page: Page }
  /** Checks of any subjects, which no page can ask. */
  | { readonly kind: 'checks'; readonly checks: readonly Check[] }
  | ObjectsRequest
  | SubjectsRequest
  | GrantRequest;

/** A page of the objects that somebody has a permission on. */
export interface ObjectsRequest {
  readonly kind: 'objects';
  /** Over HTTP, a viewer asks for itself, and a service for somebody else. */
  readonly asker: 'viewer' | 'service';
  readonly subject: ObjectRef;
  readonly type: PageType;
  readonly permission: string;
  /** How many objects of the list come before the page. */
  readonly skip: number;
}

/** The first page of those who have a permission on an object; only services ask that. */
export interface SubjectsRequest {
  readonly kind: 'subjects';
  readonly object: ObjectRef;
  readonly permission: string;
  readonly subjectType: string;
  readonly subjectRelation: string | undefined;
}

/** A role on an object for somebody who was never heard of; another one each time. */
export interface GrantRequest {
  readonly kind: 'grant';
  /** May grant it by the model. */
  readonly admin: ObjectRef;
  readonly object: ObjectRef;
  readonly role: string;
}

/** As many as a list has on a page. */
export const entriesPerPage = 20;
