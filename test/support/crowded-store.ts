/** Nested teams, folders in folders, and tracks: where a question has far to go. */
const model = `
model: |
  model
    schema 1.1
  type user
  type service
  type team
    relations
      define member: [user, team#member]
  type platform
    relations
      define checker: [service]
      define can_check_any_subject: checker
      define can_read_relationships: checker
      define can_write_relationships: checker
      define can_publish_model: checker
      define can_read_model: checker
      define can_read_audit_log: checker
  type folder
    relations
      define parent: [folder]
      define editor: [user, team#member]
      define blocked: [user, team#member]
      define can_edit: (editor or can_edit from parent) but not blocked
      define can_manage_access: can_edit
  type track
    relations
      define folder: [folder]
      define owner: [user, team#member]
      define blocked: [team#member]
      define can_edit: (owner or can_edit from folder) but not blocked
      define can_delete: can_edit and owner
      define can_manage_access: owner
${Array.from({ length: 9 }, (_, n) => `      define can_use_${n}: can_edit`).join('\n')}
tuples:
`;

export interface CrowdedStore {
  readonly teams: number;
  readonly tracks: number;
  /** Teams between two others, one of which owns the track "deep". */
  readonly teamsBetween: number;
  /** Users in the innermost team: they hold nothing that they could change, and are close to much. */
  readonly strangers: readonly string[];
}

/** A store as the text of an OpenFGA store file. */
export function crowdedStore({ teams, tracks, teamsBetween, strangers }: CrowdedStore): string {
  const tuples: string[] = [];
  const write = (user: string, relation: string, object: string) =>
    tuples.push(`  - { user: "${user}", relation: ${relation}, object: "${object}" }`);
  for (const stranger of strangers) write(stranger, 'member', 'team:0');
  // Within the 25 hops that a question may take, so that whatever is asked has an answer.
  const step = Math.ceil(teams / 8);
  for (let n = 0; n < teams; n++) {
    const above = [7, 11].map((factor) => Math.min(teams, n + step + ((n * factor) % step)));
    for (const team of new Set(above)) write(`team:${n}#member`, 'member', `team:${team}`);
  }
  for (let n = 1; n < 12; n++) write(`folder:${n - 1}`, 'parent', `folder:${n}`);
  write(`team:${teams}#member`, 'editor', 'folder:0');
  for (let n = 0; n < tracks; n++) {
    write(`folder:${n % 12}`, 'folder', `track:${n}`);
    write(`team:${n % teams}#member`, 'blocked', `track:${n}`);
  }
  write('team:top#member', 'owner', 'track:deep');
  for (let n = 0; n < teamsBetween; n++) {
    write(`team:between-${n}#member`, 'member', 'team:top');
    write('team:bottom#member', 'member', `team:between-${n}`);
  }
  write('user:victim', 'owner', 'track:1');
  write('service:ops', 'checker', 'platform:main');
  return `${model}${tuples.join('\n')}\n`;
}
