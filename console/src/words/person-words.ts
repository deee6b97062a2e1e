export const personWords = {
  start: 'What somebody holds and through what, their teams, what happened to them, and how they are off-boarded.',
  tabs: 'About this person',
  access: 'Access',
  teams: 'Teams',
  timeline: 'Timeline',
  offboard: 'Off-board',
  noTeams: 'Nothing that you may see is held through a team or another set.',
  as: 'as',
  coming: 'To come',
  nothingComing: 'Nothing that they hold begins or ends at a time that is written.',
  onlyShown: 'It is about the first of what they hold; there is more on the page of their access.',
  past: 'So far',
  notAuditor:
    'What happened is for those with can_read_audit_log, on the platform or on what “within” names: then it is what happened there.',
  within: 'Within',
  show: 'Show',
  caption: 'What they hold, and how',
  nothing: 'Nothing that you may see.',
  sayWithin: 'Say within what: an object that you review, and what belongs to it. Staff may leave it out.',
  notComplete: 'This is not everything: there is too much, or something could not be decided.',
  nothingToTake: 'They hold nothing here that you may take away.',
  orphaned: 'Somebody must keep these, so nothing is taken before they have somebody else:',
  onlyMine: 'It is about what you may take away, wherever it is; they may hold more.',
  keepFile: 'Keep what was taken as a file',
};

export const comingNames = { begins: 'begins', ends: 'ends' };

export function heldThroughWords(count: number): string {
  return count === 1 ? 'one relationship through it' : `${count} relationships through it`;
}

export function notReviewerOf(object: string): string {
  return `What somebody holds there is for those with can_review_access on ${object} (or can_manage_access, where its type has no such permission).`;
}

export function takeAllWords(subject: string): string {
  return `Off-board ${subject}`;
}

export function takesWords(count: number): string {
  if (count === 0) return 'There is nothing to take.';
  return count === 1 ? 'One relationship is taken away:' : `${count} relationships are taken away:`;
}

export function throughSetsWords(count: number, isCut: boolean): string {
  return `Through teams and other sets they hold ${isCut ? 'at least ' : ''}${count} more, as long as they are in them:`;
}

export function takenWords(count: number): string {
  return count === 1 ? 'One relationship was taken away' : `${count} relationships were taken away`;
}

export function moreWords(count: number): string {
  return `and ${count} more`;
}
