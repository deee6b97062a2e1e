export function proposalName(id: string): string {
  return `Proposal ${id}`;
}
