import type { FastifyReply, FastifyRequest, onRequestHookHandler, RouteHandlerMethod } from 'fastify';
import { isRecord } from '../../base/canonical-json.ts';
import { invariant } from '../../base/invariant.ts';
import { toldOf } from '../../graphql/errors.ts';
import { clientOf } from '../../mcp/client-of.ts';
import type { Serving } from '../../mcp/create-mcp-server.ts';
import { grantedNeeds, needsOf } from '../../mcp/mcp-access.ts';
import { planRequest, type RequestPlan } from '../../mcp/plan-request.ts';
import type { ToolNeed } from '../../mcp/tool.ts';
import type { AgedPosition } from '../../model/consistency-token.ts';
import type { Viewer } from '../../operations/actor.ts';
import type { Pass } from '../../operations/gate.ts';
import { type Postern, workingFor } from '../../operations/postern.ts';
import type { Console } from '../console/console.ts';
import { type AdmissionParts, type Admitted, admittedOf, takePass } from '../http/admit-request.ts';
import { answerError } from '../http/answer-error.ts';
import { chargeWork } from '../http/charge-work.ts';
import { markOf } from '../http/mark-requests.ts';
import { consistencyHeader, readConsistencyHeader } from '../http/read-consistency-header.ts';
import { tellState } from '../http/state-headers.ts';
import { unknownCaller } from '../http/unknown-caller.ts';
import { viewerOf } from '../identity/viewer-of.ts';
import { readVersion } from '../read-version.ts';
import { isTooLong, tooLong, withoutArguments } from './envelope.ts';
import type { McpConfig } from './mcp-config.ts';
import { challenge } from './mcp-metadata.ts';
import { answerRpcError, rpcCodes } from './rpc-error.ts';
import type { Speaker } from './speak.ts';

export interface McpRouteParts extends AdmissionParts {
  readonly postern: Postern;
  /** Where people decide on proposals. */
  readonly console?: Pick<Console, 'origin'> | undefined;
}

/** A hook: whoever is not known is told where to get a token, and no byte of their body is read. */
export function refuseStrangers(config: McpConfig): onRequestHookHandler {
  return (request, reply, done) => {
    const { authentication } = whoAsks(request);
    if (authentication.kind === 'authenticated') return done();
    const error = authentication.kind === 'rejected' ? 'invalid_token' : undefined;
    if (authentication.kind !== 'unavailable')
      void reply.header('www-authenticate', challenge(config, needsOf(config.mode), error));
    answerError(reply, unknownCaller(authentication));
  };
}

/** A hook: a token that is good for nothing here opens nothing. */
export function refuseUnscoped(config: McpConfig): onRequestHookHandler {
  return (request, reply, done) => {
    if (grantedTo(request, config).size > 0) done();
    else refuseScope(reply, config, needsOf(config.mode));
  };
}

function grantedTo(request: FastifyRequest, { mode }: McpConfig): ReadonlySet<ToolNeed> {
  const { authentication } = whoAsks(request);
  invariant(authentication.kind === 'authenticated', 'a stranger was refused');
  return grantedNeeds(mode, authentication.scopes);
}

function refuseScope(reply: FastifyReply, config: McpConfig, needed: Iterable<ToolNeed>): FastifyReply {
  const message = 'The token has not the scope that this needs.';
  void reply.header('www-authenticate', challenge(config, needed, 'insufficient_scope'));
  return answerError(reply, { message, extensions: { code: 'FORBIDDEN' } });
}

function whoAsks(request: FastifyRequest): Admitted {
  const admitted = admittedOf(request);
  invariant(admitted !== undefined, 'whoever asks was admitted');
  return admitted;
}

/** Answers one message, to whoever was let in; each leaves a line in the decision log, whatever becomes of it. */
export function answerMessage(config: McpConfig, speaker: Speaker, parts: McpRouteParts): RouteHandlerMethod {
  const { postern } = parts;
  const version = readVersion();
  const consoleUrl = consoleUrlOf(config, parts);
  return async (request, reply) => {
    const startedAt = performance.now();
    const plan = planRequest(request.body);
    const mark = markOf(request);
    if (mark !== undefined) mark.operation = mark.field = plan.name;
    const { authentication } = whoAsks(request);
    invariant(authentication.kind === 'authenticated', 'a stranger was refused');
    const actor = viewerOf(authentication, request.id);
    // Last of all: what throws before leaves it to the end of the connection, which gives it back.
    const pass = takePass(request);
    try {
      return await answer({ request, reply, pass, plan, actor, config, speaker, postern, version, consoleUrl });
    } finally {
      pass?.giveBack();
      const outcome = String(mark?.codes[0] ?? (reply.statusCode < 400 ? 'ok' : 'BAD_REQUEST'));
      const call = { actor, door: postern.door, tool: plan.name, client: clientOf(request.body), outcome, startedAt };
      postern.onCalled?.(call);
    }
  };
}

/** By the settings, as all addresses that are told: where nothing says where browsers find it, it is where agents find this server. */
function consoleUrlOf({ url }: McpConfig, { console }: McpRouteParts): string | undefined {
  return console && `${console.origin ?? new URL(url).origin}/console`;
}

interface Answering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly pass: Pass | undefined;
  readonly plan: RequestPlan;
  readonly actor: Viewer;
  readonly config: McpConfig;
  readonly speaker: Speaker;
  readonly postern: Postern;
  readonly version: string;
  readonly consoleUrl: string | undefined;
}

async function answer(answering: Answering): Promise<FastifyReply> {
  const { request, reply, pass, plan, config, speaker } = answering;
  const { body } = request;
  if (isRecord(body) && body.method === listenMethod) return refuseListening(reply);
  const envelope = withoutArguments(body);
  if (isTooLong(envelope)) return answerError(reply, { message: tooLong, extensions: { code: 'BAD_REQUEST' } });
  const consistency = readConsistencyHeader(request.headers[consistencyHeader]);
  if (!consistency.ok) return answerError(reply, badRequest(consistency.problem));
  const granted = grantedTo(request, config);
  const { called, work, points } = plan;
  const isOffered = called !== undefined && needsOf(config.mode).has(called.tool.needs);
  if (isOffered && !granted.has(called.tool.needs)) return refuseScope(reply, config, [called.tool.needs]);
  const refused = await chargeWork({ pass, work, points, caller: whoAsks(request).caller });
  if (refused !== undefined) return answerError(reply, toldOf(refused));
  let state: AgedPosition | undefined;
  const call = callOf(answering, (found) => {
    state = found;
  });
  const serving: Serving = {
    call: { ...call, consistency: consistency.value },
    ...{ granted, planned: isOffered ? called : undefined, version: answering.version },
    onProblem: ({ code }) => {
      const mark = markOf(request);
      if (mark !== undefined) mark.codes = [code];
    },
  };
  const sent = { url: config.url, headers: headersOf(request), body: envelope };
  const response = await speaker.answer(sent, serving);
  tellState(reply, state);
  return send(reply, response);
}

/** Streams of changes are not served here, and so none takes room for as long as its client likes. */
const listenMethod = 'subscriptions/listen';

function refuseListening(reply: FastifyReply): FastifyReply {
  const message = `There is no method "${listenMethod}" here.`;
  return answerRpcError(reply, 404, { code: rpcCodes.methodNotFound, message });
}

function callOf({ request, actor, postern, consoleUrl }: Answering, answeredFrom: (state: AgedPosition) => void) {
  const { caller, isGone } = whoAsks(request);
  return {
    // Nobody would read what is noticed, and to look for it takes another read.
    postern: { ...workingFor(postern, caller, isGone), noticesChecks: false, answeredFrom },
    actor,
    requestId: request.id,
    consoleUrl,
  };
}

/** The headers that the protocol repeats the body in, and no other. */
function headersOf({ headers }: FastifyRequest): Headers {
  const sent = new Headers();
  for (const name of ['content-type', 'accept', 'mcp-protocol-version', 'mcp-method', 'mcp-name']) {
    const value = headers[name];
    if (typeof value === 'string') sent.set(name, value);
  }
  return sent;
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  const text = await response.text();
  const mark = markOf(reply.request);
  if (mark !== undefined && mark.codes.length === 0 && isRefused(text)) mark.codes = ['BAD_REQUEST'];
  const type = response.headers.get('content-type');
  if (type !== null) void reply.header('content-type', type);
  return reply.code(response.status).send(text);
}

/** What the protocol refuses has no code of ours, and may have the status of an answer; what nobody is to answer has no text. */
function isRefused(text: string): boolean {
  return text !== '' && !text.startsWith('{"result":');
}

function badRequest(message: string) {
  return { message, extensions: { code: 'BAD_USER_INPUT' } };
}
