export const askWords = {
  why: 'Why does somebody have access, or why not?',
  who: 'Who has access?',
  what: 'What can somebody reach?',
  side: 'Side of the question',
  whySide: 'Why',
  whoSide: 'Who',
  whatSide: 'What',
  subject: 'Who',
  permission: 'May',
  object: 'On what',
  subjectType: 'Which kind of subjects',
  objectType: 'Which kind of objects',
  context: 'Facts for conditions, as JSON',
  ask: 'Ask',
  asking: 'Asking …',
  emptyWhy:
    'Fill in who, a permission, and an object. Everybody may ask about themselves, reviewers of an object about others on it, and staff about anybody.',
  emptyWho:
    'Fill in a permission, an object, and a kind of subjects. It is answered to those who review the object, and to staff.',
  emptyWhat: 'Fill in who, a permission, and a kind of objects. It is answered to those who may ask about anybody.',
  notJson: 'The facts are not a JSON object.',
  nobody: 'Nobody of this kind has it.',
  nothing: 'Nothing of this kind.',
  more: 'Show more',
  goOn: 'Nothing was found for too long. Go on searching',
  excluded: 'Everybody but',
  undecidedOnes: 'Cannot be decided',
  whyLink: 'why',
  steps: 'What it rests on',
  inTheWay: 'What stands in its way',
  picture: 'As a picture',
  enough: 'Any one of these roles would be enough',
  asText: 'As text',
};

export function shownCount(count: number, hasMore: boolean): string {
  return hasMore ? `${count} shown, there are more` : `${count} in all`;
}

export function hiddenSteps(count: number): string {
  return count === 1 ? 'One step of it is not yours to see.' : `${count} steps of it are not yours to see.`;
}

/** The relationships from the subject to the object, as one sentence says them. */
export function chainSentence(facts: readonly string[]): string {
  return `For ${new Intl.ListFormat('en').format(facts)}.`;
}

export function factSentence(subject: string, relation: string, object: string): string {
  return `${subject} is ${relation} of ${object}`;
}
