export const keyWords = {
  title: 'Keys',
  note: 'None of them writes anything, and none is heard while you type. Single keys can be switched off in the settings.',
  close: 'Close',
};

export const keyLines: readonly (readonly [keys: string, what: string])[] = [
  ['Ctrl K', 'go to a page or an object'],
  ['?', 'this list'],
  ['/', 'the first field of the page'],
  ['g, then h a p r f d', 'home, ask, people, review, findings, proposals (to decide)'],
  ['g, then b l m', 'break-glass, audit log, models'],
  ['j, k', 'the next row, the one before'],
  ['.', 'what to do about the row'],
  ['w', 'why, for the row'],
  ['n', 'give a role, on an object'],
  ['Ctrl Enter', 'send a dialog, once its preview is there'],
  ['Esc', 'close'],
];
