import type { ModelSource } from '../../model/model-source.ts';
import type { RawRelationship } from './raw-relationship.ts';

/** A model, relationships, and questions about them: what every format of test file comes down to. */
export interface TestWorld {
  /** Where it stands: `store.fga.yaml`, a test's name, a stage. */
  readonly name: string;
  /** Whether the store is used as the world before left it, or emptied first. */
  readonly continues: boolean;
  readonly model: ModelSource;
  readonly relationships: readonly RawRelationship[];
  readonly cases: readonly TestCase[];
}

export type TestCase =
  | {
      readonly kind: 'check';
      readonly name: string;
      readonly user: string;
      readonly relation: string;
      readonly object: string;
      readonly context: Readonly<Record<string, unknown>>;
      readonly contextual: readonly RawRelationship[];
      readonly expected: Expectation;
    }
  | {
      readonly kind: 'objects';
      readonly name: string;
      readonly user: string;
      readonly relation: string;
      readonly type: string;
      readonly context: Readonly<Record<string, unknown>>;
      readonly contextual: readonly RawRelationship[];
      readonly expected: ExpectedList;
    }
  | {
      readonly kind: 'subjects';
      readonly name: string;
      readonly object: string;
      readonly relation: string;
      /** `user`, or `group#member`. */
      readonly filter: string;
      readonly context: Readonly<Record<string, unknown>>;
      readonly contextual: readonly RawRelationship[];
      readonly expected: ExpectedList;
    };

/** A decision, or the class of the error that there must be instead (the numbers are those of OpenFGA's API). */
export type Expectation = 'allowed' | 'denied' | { readonly errorCode: number };

/** Everything that is to be listed, in any order. */
export type ExpectedList = readonly string[] | { readonly errorCode: number };

export type CheckCase = Extract<TestCase, { readonly kind: 'check' }>;
export type ListCase = Exclude<TestCase, CheckCase>;
