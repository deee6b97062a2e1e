export const draftWords = {
  title: 'Write a model',
  notPublisher: 'Writing models is for those with can_publish_model on the platform.',
  noModel: 'There is no model to begin with.',
  files: 'Modules',
  wholeText: 'Text of the model',
  problems: 'What is wrong with it',
  checking: 'Checked once you pause.',
  first: 'Go to the first one',
  right: 'Nothing is wrong with the text.',
  differs: 'What you have changed',
  nothingChanged: 'Nothing is changed yet.',
  discard: 'Discard all of it',
  discardSure: 'Discard what you have written?',
  discardNote: 'It is kept nowhere else.',
  discardYes: 'Discard',
  publish: 'Publish',
  publishNeeds: 'It can be published once something is changed and nothing is wrong with the text.',
  activateNote: 'To publish changes nothing yet: it can be activated afterwards.',
  activate: 'Go on to activate it',
  kept: 'What you write is kept in this tab until it is published or discarded.',
};

export function beganAsWords(id: string): string {
  return `Began as model ${id}.`;
}

export function placeWords(module: string | null, line: number | null, column: number | null): string {
  const where = line === null ? [] : column === null ? [`line ${line}`] : [`line ${line}, column ${column}`];
  return [...(module === null ? [] : [module]), ...where].join(', ');
}

export function textOfWords(name: string): string {
  return `Text of ${name}`;
}

export function problemCount(count: number): string {
  return count === 1 ? '1 place is wrong' : `${count} places are wrong`;
}

export function publishedWords(id: string): string {
  return `Published as model ${id}. It does not decide yet.`;
}

export function wrongFileWords(name: string, count: number): string {
  return count === 0 ? name : `${name} (${count})`;
}
