export const simulationWords = {
  title: 'What it would mean now',
  asking: 'Asking the server …',
  nobody: 'Nobody gains or loses a permission.',
  nobodyFound: 'No difference was found, but not everything was examined.',
  nothingChanges: 'It is so already: nothing would be changed.',
  gained: 'Gained',
  lost: 'Lost',
  becameUndecided: 'Cannot be decided any more',
  escalations: 'Could give roles that they cannot give now',
  toxicPairs: 'Would have two permissions that nobody should have together',
  problems: 'It would be refused',
  notExamined: 'Not everything was examined, so there may be more:',
  hidden: 'What it would mean is for those who review what it is about; you can go on without.',
};

/** `11 permissions: user:fay`, with as many names as one reads at a glance. */
export function permissionsCount(count: number, isComplete: boolean, subjects: readonly string[]): string {
  const least = isComplete ? '' : 'at least ';
  const named = subjects.length > 3 ? [...subjects.slice(0, 3), 'others'] : subjects;
  const who = new Intl.ListFormat('en').format(named);
  return `${least}${count} ${count === 1 ? 'permission' : 'permissions'}: ${who}`;
}

export function rightWords(subject: string, object: string, relations: readonly string[]): string {
  return `${subject} could give ${new Intl.ListFormat('en').format(relations)} on ${object}`;
}

export function pairWords(pair: {
  readonly subject: string;
  readonly firstPermission: string;
  readonly firstObject: string;
  readonly secondPermission: string;
  readonly secondObject: string;
}): string {
  const { subject, firstPermission, firstObject, secondPermission, secondObject } = pair;
  return `${subject} would have ${firstPermission} on ${firstObject} and ${secondPermission} on ${secondObject}`;
}

export function moreOfWords(count: number): string {
  return `and ${count} more`;
}
