/** A number that somebody meets who asks for too much, and why there is one. */
export interface Limit {
  readonly most: number;
  /** What is counted, as in "512 KiB: …". */
  readonly of: string;
  readonly why: string;
}

/**
 * Everything that a caller may send, ask and use up. There are no others; the table in `docs/running.md` is this one, and a
 * test holds it so.
 */
export const limits = {
  bodyBytes: {
    most: 512 * 1024,
    of: 'bytes of a request',
    why: 'it is read into memory before anything is known of it',
  },
  bodyValues: {
    most: 16_000,
    of: 'values in the JSON of a request, lists and objects included',
    why: 'they are parsed in one go',
  },
  documentTokens: {
    most: 4000,
    of: 'tokens of a document',
    why: "a planner's query for a whole page has a few hundred",
  },
  documentNesting: { most: 24, of: 'levels of brackets in a document', why: 'parsing and validating recurse' },
  contextValues: {
    most: 500,
    of: 'keys and items of a context',
    why: 'a condition has a few parameters, and a context is compared with others',
  },
  contextBytes: { most: 16 * 1024, of: 'characters of a context', why: 'as above' },
  contextNesting: { most: 16, of: 'levels of a context', why: 'reading it recurses' },
  storedContextBytes: {
    most: 4096,
    of: "characters of the context of a relationship's condition",
    why: 'it is read again with every check that meets the relationship',
  },
  writtenContextBytes: {
    most: 32 * 1024,
    of: 'bytes of the same, also where a file or another store brings it',
    why: 'as above; OpenFGA takes as much',
  },
  checksPerField: { most: 1000, of: 'checks in one field', why: 'one batch of a page' },
  fewChecks: {
    most: 100,
    of: 'checks at once that go before larger batches',
    why: 'a page must not keep a single check waiting',
  },
  objectsPerField: { most: 100, of: 'objects in one field', why: 'each has about ten permissions' },
  contextualRelationships: { most: 100, of: 'contextual relationships', why: 'they are held against every edge' },
  pageSize: { most: 100, of: 'items of a page', why: 'a page is made in one go' },
  cursorCharacters: { most: 2000, of: 'characters of a cursor', why: 'none that was given out is longer' },
  reasonCharacters: { most: 1000, of: 'characters of a reason', why: 'it stays in the audit log' },
  searchedCharacters: {
    most: 600,
    of: 'characters of an actor or an action that is looked for in the audit log',
    why: 'no name is longer',
  },
  relationshipsPerWrite: {
    most: 1000,
    of: 'relationships in one write',
    why: 'all other writes wait for it',
  },
  simulatedChanges: {
    most: 100,
    of: 'relationships that a simulation writes and deletes',
    why: 'each is looked at, and everything that it reaches',
  },
  preconditions: { most: 100, of: 'preconditions of a write', why: 'all other writes wait for it' },
  proposedChanges: {
    most: 100,
    of: 'changes in a proposal',
    why: 'somebody reads all of them, and all other writes wait for it',
  },
  proposedOn: {
    most: 10_000,
    of: 'relationships on the objects of a proposal',
    why: 'they are looked at again when it is approved, while all other writes wait',
  },
  openProposals: { most: 50, of: 'open proposals of one subject', why: 'somebody has to decide on each' },
  evidence: {
    most: 20,
    of: 'lines of evidence in a proposal, of at most 1,000 characters',
    why: 'it is read by people',
  },
  modelBytes: {
    most: 256 * 1024,
    of: 'bytes of a model',
    why: 'every server compiles it; OpenFGA takes as much',
  },
  modules: { most: 100, of: 'modules of a model', why: 'as many files as people keep apart' },
  mutations: { most: 25, of: 'mutations in a request', why: 'each that is refused stays in the audit log' },
  dryRuns: {
    most: 1,
    of: 'dry runs, simulations and searches for findings in a request',
    why: 'each looks at relationships for seconds',
  },
  answerFields: {
    most: 25_000,
    of: 'fields of an answer, as far as the document tells',
    why: 'they are made in one go; a page of 100 entities with ten permissions has 1,200',
  },
  representations: {
    most: 5000,
    of: 'representations of entities in a request',
    why: 'as many as a page has, many times',
  },
  checks: {
    most: 5000,
    of: 'checks in a request',
    why: 'a page with several lists of 100 items, each with a dozen permissions',
  },
  questions: {
    most: 25,
    of: 'lists, explanations, reviews and other questions of their own in a request',
    why: 'they are answered one after the other',
  },
  selections: {
    most: 1000,
    of: 'selections of a document, each fragment counted wherever it is spread',
    why: 'all of them are looked at several times before anything is answered',
  },
  eventFields: {
    most: 500,
    of: 'fields of a subscription, each fragment counted wherever it is spread',
    why: 'they are made again for every event',
  },
  requestPoints: {
    most: 10_000,
    of: 'points in a request',
    why: 'a check is a point and its steps; a list, an explanation or a review is some hundred of them',
  },
  rememberedCallers: {
    most: 20_000,
    of: 'callers whose use is remembered, and as many networks that callers without a token come from',
    why: 'memory; the one who has asked nothing for the longest time is forgotten first',
  },
  idempotencyKeyBytes: {
    most: 200,
    of: 'bytes of an idempotency key',
    why: 'it is kept with the outcome of the write',
  },
  tokenBytes: { most: 8 * 1024, of: 'bytes of a token', why: 'it is read before anything is known of its sender' },
  coprocessorBytes: {
    most: 8 * 1024 * 1024,
    of: 'bytes of a message of a router to the coprocessor',
    why: 'it may send the whole supergraph with it',
  },
  coprocessorTokens: {
    most: 20_000,
    of: "tokens of a client's document that the coprocessor looks at",
    why: 'what is longer goes to the subgraphs, which guard themselves; a fetch of a [foreign](gateways.md#subgraphs-that-run-no-guards) one is refused',
  },
  coprocessorNesting: { most: 100, of: 'levels of brackets in the same', why: 'as above' },
  liveConnections: {
    most: 1000,
    of: 'open connections of subscribers to a process, of both transports together',
    why: 'each takes memory for as long as it is open',
  },
  liveStrangers: {
    most: 200,
    of: 'WebSockets whose clients have not said who they are',
    why: 'anybody can open one',
  },
  liveConnectionsOfSubject: { most: 25, of: 'open connections of one subject', why: 'windows of one person' },
  subscriptionsOfSubject: { most: 50, of: 'subscriptions of one subject', why: 'they are evaluated after writes' },
  subscriptionsOfConnection: { most: 20, of: 'subscriptions of one connection', why: 'as above' },
  messagesAtOnce: {
    most: 100,
    of: 'messages of one WebSocket that are not dealt with; those that subscribe are as long as they run',
    why: 'they are kept in memory',
  },
  waitingOfCaller: {
    most: 50,
    of: 'pieces of work of one caller that wait for their turn',
    why: 'two requests can have so many',
  },
  waitingOfService: { most: 500, of: 'the same of a service', why: 'it asks for many people' },
} as const satisfies Readonly<Record<string, Limit>>;

/** Items of a page whose question does not say how many. */
export const usualPageSize = 20;
