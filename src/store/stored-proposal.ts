/** What became of a proposal. Whatever is open when its time is over has expired, by the store's clock; nobody has to say so. */
export type ProposalState = 'open' | 'applied' | 'rejected' | 'withdrawn' | 'expired' | 'stale';

/** A change that somebody wants others to make: never changed itself, as its digest is what is approved. */
export interface NewProposal {
  /** SHA-256 of the content. */
  readonly digest: string;
  /** Everything that is approved, as canonical JSON. */
  readonly content: string;
  /** What there was where it would change something: approved is a change of that. */
  readonly found: string;
  /** The objects that it would write on; none for a model. */
  readonly objects: readonly string[];
  /** Whose right it was to propose it, and who acted for them. */
  readonly proposer: string;
  readonly delegate: string | undefined;
  readonly expiresAt: Date;
}

export interface StoredProposal extends NewProposal {
  /** Counts up. */
  readonly id: number;
  readonly createdAt: Date;
  readonly state: ProposalState;
  /** How it ended; undefined while it is open, and for one that has expired. */
  readonly end: { readonly at: Date; readonly by: string; readonly reason: string | undefined } | undefined;
}

/** How somebody ends an open proposal. */
export interface ProposalEnd {
  readonly state: Exclude<ProposalState, 'open' | 'expired'>;
  readonly by: string;
  readonly reason: string | undefined;
}

/** Which proposals to read; every field that is given must match. */
export interface ProposalFilter {
  readonly object?: string | undefined;
  readonly proposer?: string | undefined;
  /** Only those that somebody may still decide on, and none of this proposer. */
  readonly openNotBy?: string | undefined;
}
