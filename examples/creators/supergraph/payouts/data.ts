export interface PayoutAccountRecord {
  readonly id: string;
  readonly balanceCents: number;
  readonly bankAccount: string;
}

export interface PayoutRunRecord {
  readonly id: string;
  readonly accountId: string;
  readonly amountCents: number;
  readonly isApproved: boolean;
}

// The ids are those of the objects in store.fga.yaml: account nw-main here is payout_account:nw-main there.

export const payoutAccounts: readonly PayoutAccountRecord[] = [
  { id: 'nw-main', balanceCents: 4_180_225, bankAccount: '…4711' },
];

export const payoutRuns: readonly PayoutRunRecord[] = [
  { id: '2026-03', accountId: 'nw-main', amountCents: 903_275, isApproved: false },
  { id: '2026-02', accountId: 'nw-main', amountCents: 640_110, isApproved: false },
];
