export const proposalWords = {
  title: 'Proposals',
  about: 'Changes that somebody has proposed and somebody else makes, with their own rights, or does not.',
  tabs: 'Which proposals',
  caption: 'Proposals, the newest first',
  none: 'There are none.',
  noneToDecide: 'Nothing waits for you.',
  noneMine: 'You have proposed nothing.',
  readAgain: 'Read again',
  proposal: 'Proposal',
  change: 'What changes',
  why: 'Why',
  by: 'By',
  until: 'Open until',
  ended: 'Ended',
  state: 'State',
  open: 'Open',
  over: 'Ended',
  onlyAbout: 'Only those about',
  anyObject: 'Show all',
  yours: 'yours',
  toDecide: 'for you to decide',
  takes: 'Take away',
  gives: 'Give',
  publishes: 'A model is published',
  activates: 'A model is published and decides at once',
  isNull:
    'There is no such proposal, or it is not yours to see: it is for whoever made it, and for whoever could make the change themselves.',
  evidence: 'What it rests on',
  unchecked: 'As whoever proposed it said; nobody has checked it.',
  preconditions: 'Has to be so when it is approved',
  exists: 'is there',
  existsNot: 'is not there',
  proposer: 'Proposed by',
  delegate: 'by way of',
  made: 'Proposed',
  digest: 'Digest',
  basedOn: 'Made on the state',
  facts: 'About this proposal',
  decide: 'Decide',
  decideNote:
    'What you approve is this, by its digest, and nothing else. It is made with your rights, at once, all of it or nothing.',
  approve: 'Approve',
  reject: 'Reject',
  withdraw: 'Withdraw',
  withdrawNote: 'You have proposed this, so somebody else decides on it. You can take it back.',
  sending: 'Sending …',
  again: 'Try again',
  notYou: 'Not you',
  signInAgain: 'Sign in again',
  waiting: 'First see what it would mean.',
  proposeAgain: 'Propose it again',
  proposeAgainNote: 'As it was, on the state as it is now.',
  logOf: 'The entry in the audit log',
  historyOf: 'The entry in the history of',
  model: 'The model',
  modelPreviewHidden: 'What the model would change is for those who may publish models.',
  tests: 'What it must pass, as its proposer said; nobody has run it here',
  close: 'Close',
  newTitle: 'Propose a role',
  newNote: 'Somebody who may give it decides on it within seven days. It gives nothing before.',
  whatFor: 'On what',
  role: 'Which role',
  who: 'For whom',
  ask: 'Propose',
  cannotPropose:
    'To propose a change for somebody, one has to see who has access there; for oneself, a permission on the object is enough. You have none on',
  askForSome: 'Ask for a role here',
  askForIt: 'Ask for it',
  proposeIt: 'Propose it',
};

export const showNames = { all: 'All', decide: 'For you to decide', mine: 'Made by you' };

export const stateNames = {
  OPEN: 'Open',
  APPLIED: 'Applied',
  REJECTED: 'Rejected',
  WITHDRAWN: 'Withdrawn',
  EXPIRED: 'Expired',
  STALE: 'Stale',
};

/** What has become of it, as a sentence begins. */
export const stateSentences = {
  OPEN: 'Somebody may decide on it until',
  APPLIED: 'It was approved and made by',
  REJECTED: 'It was rejected by',
  WITHDRAWN: 'It was taken back by',
  EXPIRED: 'Nobody decided on it before',
  STALE: 'Something had changed when it was approved by',
};

export const staleWords = 'Nothing was made of it, and nothing will be. What it would mean now stands below.';

export function askForWords(role: string, object: string): string {
  return `${proposalWords.askForIt}: ${role} on ${object}`;
}

export function proposeForWords(role: string, object: string, subject: string): string {
  return `${proposalWords.proposeIt}: ${role} on ${object} for ${subject}`;
}

export function moreChanges(count: number): string {
  return `and ${count} more`;
}
