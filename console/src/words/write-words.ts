export const writeWords = {
  grant: 'Give a role',
  grantConfirm: 'Give',
  reason: 'Reason',
  reasonNeeded: 'For the audit log; nothing is sent without it.',
  reasonHint: 'For the audit log; may be left out.',
  preview: 'What it would mean',
  previewing: 'Asking the server …',
  notWhole: 'Fill in what is missing; then the server says what it would mean.',
  unknown:
    'Nobody knows whether it was done. "Try again" sends the same request: it is done once, however often it is sent.',
  cancel: 'Cancel',
  again: 'Try again',
  sending: 'Sending …',
  isThere: 'What is there:',
  from: 'From',
  on: 'on',
  condition: 'Condition',
  conditionNone: 'none',
  valueNone: 'is left out',
  valueWrong: 'This is no value of its type.',
  yes: 'true',
  no: 'false',
  remains: 'What remains, and through what',
  restHidden: 'and more that is not yours to see',
  notComplete: 'Not everything was compared: there may be more than is said here.',
  who: 'Who gets it',
  whoNew: 'Who gets it instead',
  whoHint: 'As in user:ann. Type, and choose, or write somebody new.',
  known: 'Known here.',
  notKnown:
    'Not known here yet: nothing that you may see names this one. It can be given all the same; mind the spelling.',
  notSubject: 'Write a kind and an id, as in user:ann.',
  role: 'Which role',
  takesAway: 'takes rights away',
  begins: 'From',
  beginsNow: 'now',
  beginsAt: 'a day and time',
  ends: 'Until',
  chosen: 'a day and time',
  choose: 'choose …',
  nobodyGrants: 'There is no role here that you may give.',
  changeThis: 'Change the one that is there',
  transferFirst: 'Hand it over to somebody else first',
  giveIt: 'Give it',
  takeBack: 'Take it back',
  meant: 'What it meant',
  askWho: 'Who has that',
  keepIt: 'Keep what is there',
  secondPerson: 'It takes a second person: somebody else who may give this role.',
  extend: 'Change the end',
  extendConfirm: 'Change',
  transfer: 'Hand over',
  revoke: 'Take away',
  undo: 'Give it back',
  undoNote: 'It is given anew, with its condition, beginning and end: by you, from now on. It may be refused.',
};

export function giveWords(role: string, object: string, subject: string): string {
  return `Give ${role} on ${object} to ${subject}`;
}

export const doneWords = { grant: 'Given', revoke: 'Taken away', transfer: 'Handed over', extend: 'Changed' };

const presets: Readonly<Record<string, string>> = {
  day: '1 day',
  friday: 'end of Friday',
  month: '30 days',
  quarter: 'end of the quarter',
};

/** An end in words, with the last day that it is still there. */
export function presetWords(preset: string, end: Date): string {
  const last = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }).format(end.getTime() - 1);
  return `${new Map(Object.entries(presets)).get(preset) ?? preset}, ${last}`;
}

export function onWords(what: string, object: string): string {
  return `${what} on ${object}`;
}

export function changeWords(what: string, role: string, subject: string): string {
  return `${what}: ${role} of ${subject}`;
}

export function needsWords(permission: string, object: string): string {
  return `needs ${permission} on ${object}`;
}

export function noSelfWords(): string {
  return 'nobody may give it to themselves';
}

export function fitsWords(kinds: readonly string[]): string {
  return `is for ${new Intl.ListFormat('en', { type: 'disjunction' }).format(kinds)}`;
}

export function givesWords(
  here: readonly string[],
  below: readonly { type: string; permissions: readonly string[] }[],
): string {
  const parts = [
    ...(here.length === 0 ? [] : [here.join(', ')]),
    ...below.map(({ type, permissions }) => `on each ${type}: ${permissions.join(', ')}`),
  ];
  return parts.length === 0 ? 'gives nothing by itself' : `gives ${parts.join('; ')}`;
}

/** How much it gives, where all of it would be too much to read. */
export function givesWordsInShort(
  here: readonly string[],
  below: readonly { type: string; permissions: readonly string[] }[],
): string {
  const parts = [
    ...(here.length === 0 ? [] : [permissionsWords(here.length)]),
    ...below.map(({ type, permissions }) => `${permissionsWords(permissions.length)} on each ${type}`),
  ];
  return `gives ${new Intl.ListFormat('en').format(parts)}`;
}

function permissionsWords(count: number): string {
  return count === 1 ? '1 permission' : `${count} permissions`;
}

export function keptWords(subject: string, permissions: readonly string[], object: string): string {
  return `${subject}: ${permissions.join(', ')} on ${object}`;
}

/** How a value of this type is written; `element` is what a list has one of in each line. */
export function parameterWords(type: string, element: string | undefined): string {
  if (element !== undefined) return `${type}: one in each line.`;
  if (type === 'duration') return 'duration, as in 1h30m.';
  if (type.startsWith('map<') || type.startsWith('list<') || type === 'any') return `${type}, as JSON.`;
  return `${type}.`;
}

export function zoneWords(zone: string): string {
  return `Time of ${zone}.`;
}

const refusals: Readonly<Record<string, string>> = {
  ALREADY_EXISTS: 'It is so already',
  CONFLICT: 'It is there already, otherwise',
  LAST_HOLDER: 'Somebody must keep it',
  SELF_GRANT: 'Not to oneself',
  NOT_FOUND: 'It is not there any more',
};

export function refusalWords(code: string): string {
  return new Map(Object.entries(refusals)).get(code) ?? 'It would be refused';
}
