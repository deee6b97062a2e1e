export const objectWords = {
  people: 'People',
  history: 'History',
  tabs: 'About this object',
  mine: 'What you may do with it',
  none: 'Nothing, or there is no such object.',
  notReviewer:
    'Who has which role here is for those with can_review_access on it (or can_manage_access, where its type has no such permission), and for staff who may read all relationships.',
  notAuditor: 'The history is for those with can_read_audit_log on it or on the platform.',
  contained: 'Include what belongs to it',
  caption: 'Who has which role, and how',
  who: 'Who',
  role: 'Role',
  on: 'On',
  way: 'Way',
  since: 'Since',
  by: 'Given by',
  until: 'Until',
  effect: 'Effect',
  direct: 'directly',
  through: 'through',
  noEnd: 'no end',
  atConsole: 'console',
  effective: 'counts',
  nobody: 'Nobody has a role here.',
  notComplete: 'This is not everything: too much belongs to it, or it could not be decided what does.',
  comesFrom: 'Rights here come from elsewhere, too:',
};

const reasons: Readonly<Record<string, string>> = {
  BLOCKED: 'taken away by the model',
  NOT_BEGUN: 'begins later',
  EXPIRED: 'not now',
  CONDITION: 'its condition does not hold',
  IGNORED: 'ignored by the model',
  COVERED: 'has it by another way, too',
  NO_PERMISSION: 'gives no permission',
};

export function ineffectiveWords(reason: string | null): string {
  return (reason === null ? undefined : new Map(Object.entries(reasons)).get(reason)) ?? 'no effect';
}
