export const paletteWords = {
  open: 'Go to …',
  key: 'Ctrl K',
  label: 'A page, or an object as type:id',
  nothing: 'Nothing is called so.',
};

export function openWords(object: string): string {
  return `Open ${object}`;
}

export function whyOnWords(object: string): string {
  return `Why, on ${object}`;
}

export function whatWords(subject: string): string {
  return `What can ${subject} reach`;
}

export function everythingOfWords(subject: string): string {
  return `Everything that ${subject} has`;
}

export function findingsOfWords(object: string): string {
  return `Findings on ${object}`;
}
