export const impactWords = {
  changes: 'What the model says otherwise',
  noChanges: 'Both models say the same.',
  nothingBefore: 'No model was active before.',
  impact: 'For whom it would change something',
  caption: 'Permissions that somebody would lose or gain, by the relationships of this moment',
  permission: 'Permission',
  lost: 'Lost',
  gained: 'Gained',
  becameUndecided: 'Cannot be decided any more',
  wasUndecided: 'May change, depending on facts',
  nobody: 'Nobody loses or gains a permission.',
  nobodyFound: 'No difference was found, but not everything was compared.',
  notCompared: 'Not compared, or only in part; there may be more than is said here:',
  ignored: 'Relationships that would be ignored while it is active, and be back after a roll-back',
  examples: 'Examples',
  noExamples: 'Whom it concerns is for those with can_read_relationships on the platform.',
  added: 'new',
  removed: 'gone',
  changed: 'changed',
  before: 'before',
  after: 'after',
  none: '–',
  isActive: 'This model decides now.',
  activate: 'Activate',
  lockOut: 'Among them is the permission to publish and activate models: whoever loses it cannot roll back.',
  replaced: 'Before, another model decided:',
  rollBack: 'Roll back',
};

export function activateWords(id: string, active: string | undefined): string {
  return Number(id) < Number(active) ? `Roll back to model ${id}` : `Activate model ${id}`;
}

export function activatedWords(id: string): string {
  return `Model ${id} decides now.`;
}

export function confirmWords(losses: number): string {
  return losses === 1
    ? 'Somebody would lose 1 permission. Write 1 to confirm'
    : `${losses} permissions would be lost by somebody. Write ${losses} to confirm`;
}

/** `412 on 97 objects`, with everybody of a type where it concerns them. */
export function countWords(
  { subjects, objects, everybodyOf }: { subjects: number; objects: number; everybodyOf: readonly string[] },
  isComplete: boolean,
): string {
  const everybody = everybodyOf.map((type) => `everybody of ${type}`);
  const who = [...(subjects === 0 && everybody.length > 0 ? [] : [String(subjects)]), ...everybody];
  const least = isComplete ? '' : 'at least ';
  return `${least}${new Intl.ListFormat('en').format(who)} on ${objects} ${objects === 1 ? 'object' : 'objects'}`;
}

export function ignoredWords(name: string, count: number, isComplete: boolean): string {
  return `${name}: ${isComplete ? '' : 'at least '}${count}`;
}

export function exampleWords(subject: string, object: string): string {
  return `${subject} on ${object}`;
}
