export const frameWords = {
  product: 'Postern',
  skip: 'Skip to the page',
  pages: 'Pages',
  switchCaller: 'Somebody else',
  signOut: 'Sign out',
  theme: 'Theme',
  loading: 'Loading …',
  noPage: 'There is no such page',
  noPageNext: 'The address may be misspelt.',
};

export const themeNames = { system: 'As the system', light: 'Light', dark: 'Dark' };

export const pageNames = {
  home: 'Home',
  why: 'Why',
  who: 'Who',
  what: 'What',
  people: 'People',
  review: 'Review',
  findings: 'Findings',
  proposals: 'Proposals',
  breakGlass: 'Break-glass',
  audit: 'Audit log',
  models: 'Models',
  ask: 'Ask',
  look: 'Look',
};
