/** What the viewer may do with an object, as `viewerPermissionsChanged` tells it. */
export interface LiveObject {
  /** `show:nightshift` */
  readonly object: string;
  readonly granted: readonly string[];
  readonly undecided: readonly { readonly permission: string }[];
}

/** Whether an event says what is known already. It is a reason to ask again if not, and no answer itself. */
export function isKnownAlready(known: unknown, live: LiveObject | undefined): boolean {
  if (typeof known !== 'object' || known === null || live === undefined) return false;
  const { granted, undecided } = live;
  const allowed = new Set(granted.map(fieldName));
  const open = new Set(undecided.map(({ permission }) => fieldName(permission)));
  return Object.entries(known).every(
    ([field, value]) => field === '__typename' || (!open.has(field) && value === allowed.has(field)),
  );
}

/** `can_edit_episode` is `canEditEpisode`. */
function fieldName(permission: string): string {
  return permission.replaceAll(/[^A-Za-z0-9]+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
