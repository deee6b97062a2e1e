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
  /** An assertion that this version cannot play; it fails, so that nobody takes it for passed. */
  | { readonly kind: 'unsupported'; readonly name: string; readonly reason: string };

/** A decision, or the class of the error that there must be instead (the numbers are those of OpenFGA's API). */
export type Expectation = 'allowed' | 'denied' | { readonly errorCode: number };

export type CheckCase = Extract<TestCase, { readonly kind: 'check' }>;
