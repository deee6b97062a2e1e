import { presetWords } from './write-words.ts';

export const reviewWords = {
  title: 'Review',
  start:
    'Who has which role on an object and on what belongs to it: decide row by row, see what it would mean, then apply it.',
  object: 'Object',
  open: 'Review it',
  role: 'Role',
  ends: 'Which ends',
  anyEnd: 'all',
  withoutEnd: 'without an end',
  before: 'before a day',
  day: 'Before',
  outsiders: 'Only who is not',
  outsidersHint: 'member',
  contained: 'What belongs to it, too',
  show: 'Show',
  decision: 'Decision',
  undecided: 'not yet',
  keep: 'keep',
  revoke: 'take away',
  chosenEnd: 'end on another day …',
  together: 'All of it together',
  otherEnd: 'end',
  notHere: 'where it is given:',
  notMine: 'not yours to change',
  done: 'done',
  refused: 'refused',
  unknown: 'not known',
  see: 'See what it would mean',
  apply: 'Apply',
  goOn: 'Go on',
  close: 'Close',
  each: 'And each as if it were the only one; what the first ones change is noticed when they are applied.',
  wouldBeRefused: 'It would be refused, and is not applied:',
  forget: 'Forget all decisions',
  stopped:
    'It stopped, and of one of them nobody knows whether it was done. “Go on” sends the same request: it is done once.',
  csv: 'Export as CSV',
  cancel: 'Stop',
  save: 'Keep the file',
  notEverything: 'This is not everything; the file says so.',
};

/** An end as a decision says it. */
export function endWords(preset: string, end: Date): string {
  return `end: ${presetWords(preset, end)}`;
}

export function decidedWords(decided: number, shown: number): string {
  return `${decided} of ${shown} shown are decided`;
}

export function pendingWords(count: number): string {
  return count === 1 ? '1 decision changes something' : `${count} decisions change something`;
}

export function progressWords(done: number, all: number): string {
  return `${done} of ${all} applied`;
}

export function readWords(count: number): string {
  return `${count} read`;
}

export function applyWords(count: number): string {
  return count === 1 ? 'Apply 1 change' : `Apply ${count} changes`;
}

export function decisionLabel(role: string, subject: string, object: string): string {
  return `Decision about ${role} of ${subject} on ${object}`;
}
