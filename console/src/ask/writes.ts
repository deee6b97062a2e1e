import {
  ExtendGrantDocument,
  type ExtendGrantInput,
  GrantRoleDocument,
  type GrantRoleInput,
  type GrantRoleMutation,
  RevokeRoleDocument,
  type RevokeRoleInput,
  TransferRoleDocument,
  type TransferRoleInput,
} from './__generated__/operations.ts';
import { ask } from './ask.ts';

export type RoleAnswer = GrantRoleMutation['grantRole'];
export type WriteProblem = RoleAnswer['userErrors'][number];
/** A relationship as a write leaves it, or takes it. */
export type Written = NonNullable<RoleAnswer['relationship']>;
export type Preview = NonNullable<RoleAnswer['preview']>;

/** What every write says besides what it is about. */
export interface WriteManner {
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly idempotencyKey?: string;
}

/** What every write answers. */
export interface WriteAnswer {
  readonly consistencyToken: string | null;
  readonly userErrors: readonly WriteProblem[];
}

/** A write by its name, which can be tried as well. */
export interface Write<Input, Answer extends WriteAnswer> {
  readonly name: string;
  readonly send: (input: Input & WriteManner) => Promise<Answer>;
}

type Subject<Input> = Omit<Input, keyof WriteManner>;

export const grantRole: Write<Subject<GrantRoleInput>, RoleAnswer> = {
  name: 'grantRole',
  send: async (input) => (await ask(GrantRoleDocument, { input })).grantRole,
};

export const revokeRole: Write<Subject<RevokeRoleInput>, RoleAnswer> = {
  name: 'revokeRole',
  send: async (input) => (await ask(RevokeRoleDocument, { input })).revokeRole,
};

export const transferRole: Write<Subject<TransferRoleInput>, RoleAnswer> = {
  name: 'transferRole',
  send: async (input) => (await ask(TransferRoleDocument, { input })).transferRole,
};

export const extendGrant: Write<Subject<ExtendGrantInput>, RoleAnswer> = {
  name: 'extendGrant',
  send: async (input) => (await ask(ExtendGrantDocument, { input })).extendGrant,
};
