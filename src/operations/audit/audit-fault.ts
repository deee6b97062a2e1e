/** The first event that is wrong, and what is wrong with it. */
export interface AuditFault {
  readonly event: number;
  readonly message: string;
}
