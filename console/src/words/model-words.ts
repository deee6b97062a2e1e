export const modelWords = {
  title: 'Models',
  notReader: 'Models are for those with can_read_model on the platform.',
  none: 'No model is published yet.',
  caption: 'What was published, newest first',
  number: 'Model',
  published: 'Published',
  by: 'By',
  atConsole: 'the server’s console',
  state: 'State',
  active: 'decides now',
  notActive: 'does not decide',
  do: 'What to do with it',
  history: 'What was published and activated, with reasons',
  tabs: 'About the model',
  text: 'Text',
  map: 'Map',
  types: 'Types',
  compare: 'Compare',
  activate: 'Activate',
  rollBack: 'Roll back',
  edit: 'Write a new one from it',
  noModel: 'There is no such model.',
  noType: 'The model has no such type.',
  publishNeeds: 'Publishing and activating needs can_publish_model on',
  all: 'All of it',
  mapOf: 'Show only what flows into or out of',
  mapTitle: 'How rights flow',
  mapLegend: 'Rights flow along the arrows: what one may do with the left one counts for the right one.',
  members: 'members of the left one are given roles on the right one',
  rights: 'roles and permissions count there as well',
  flowsIn: 'Rights come from',
  flowsOut: 'Rights go to',
  nothingFlows: 'Rights here come from no other type.',
  itself: 'itself',
  roles: 'Roles',
  permissions: 'Permissions',
  structure: 'What it belongs to',
  computed: 'Used by the others',
  declarations: 'Declared',
  conditions: 'Conditions',
  noRoles: 'It has no roles of its own.',
  noPermissions: 'It has no permissions.',
  givenBy: 'Given by',
  noRoleGives: 'No role gives it by itself.',
  notComplete: 'and more than is counted here',
  runtime: 'filled by the request only',
  parameters: 'Parameters',
  inModule: 'in',
  compareWith: 'What is otherwise than in',
  choose: 'choose …',
  sameText: 'The texts are the same.',
  wholeText: 'Text',
};

export function modelName(id: string): string {
  return `Model ${id}`;
}

export function typeTitle(type: string, id: string): string {
  return `${type} in model ${id}`;
}

export function toModelWords(what: string, id: string): string {
  return `${what}: model ${id}`;
}

export function forWords(kinds: readonly string[]): string {
  return `for ${new Intl.ListFormat('en', { type: 'disjunction' }).format(kinds)}`;
}

export function withConditionWords(kind: string, condition: string | null): string {
  return condition === null ? kind : `${kind} (while ${condition} holds)`;
}

/** A role that is held on another type, which the objects belong to. */
export function roleThereWords(role: string, type: string, isHere: boolean): string {
  return isHere ? role : `${role} of its ${type}`;
}

export function mapLabel(types: number, arrows: number): string {
  return `${types} types and ${arrows} ways of rights between them; the list below says the same.`;
}

export function throughWords(relations: readonly string[]): string {
  return `through ${new Intl.ListFormat('en').format(relations)}`;
}

export function memberWords(relations: readonly string[]): string {
  return `its ${new Intl.ListFormat('en').format(relations)} can be given roles there`;
}

export function sameLinesWords(count: number): string {
  return count === 1 ? '1 line that is the same' : `${count} lines that are the same`;
}
