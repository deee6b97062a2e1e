import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';
import type { Authenticator } from '../identity/authenticate.ts';
import type { Console, ProviderSignIn } from './console.ts';
import { beginSession, endOfToken } from './console-session.ts';
import type { SignInTransaction } from './provider.ts';
import { keepRenewal } from './renewal.ts';
import { holderOf } from './token-holder.ts';

/** What went wrong, as the page tells it; what a provider says of it goes to the log only. */
type SignInFailure = 'unavailable' | 'refused' | 'not-accepted' | 'too-large';

export interface ProviderRouteParts {
  readonly authenticator: Authenticator;
  readonly admit: onRequestHookHandler;
}

const patienceMs = 10 * 60_000;

/** Signing in with a provider: there and back, by links that a browser follows. */
export function addProviderSignIn(app: FastifyInstance, console: Console, parts: ProviderRouteParts): void {
  const { authenticator, admit } = parts;
  app.get('/console/sign-in/with', { onRequest: [withoutToken, admit] }, async (request, reply) => {
    const { name, to } = request.query as Readonly<Record<string, unknown>>;
    const signIn = console.signIns.find((one) => one.config.name === name);
    if (signIn === undefined) return reply.callNotFound();
    return sendAway(console, signIn, placeIn(to), reply);
  });
  app.get('/console/sign-in/back', { onRequest: [withoutToken, admit] }, async (request, reply) => {
    const kept = await console.cookies.read(request, 'sign-in');
    console.cookies.take(reply, 'sign-in');
    const signIn = console.signIns.find((one) => one.config.name === kept?.name);
    const transaction = transactionIn(kept);
    if (signIn === undefined || transaction === undefined) return failedWith(reply, 'refused');
    const failure = await receive(request, reply, { console, authenticator, signIn, transaction });
    return failure === undefined ? reply.redirect(placeIn(kept?.to), 303) : failedWith(reply, failure);
  });
}

/** Nobody is anybody yet: what is asked here is charged to where it comes from. */
const withoutToken: onRequestHookHandler = (request, _reply, done) => {
  delete request.headers.authorization;
  done();
};

async function sendAway(
  console: Console,
  signIn: ProviderSignIn,
  to: string,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { config, provider } = signIn;
  const begun = await provider.begin(backAddress(console)).catch((error: unknown) => {
    reply.log.warn({ err: error }, `The provider of the sign-in "${config.name}" cannot be asked.`);
  });
  if (begun === undefined) return failedWith(reply, 'unavailable');
  const content = { ...begun.transaction, name: config.name, to };
  const isGiven = await console.cookies.give(reply, 'sign-in', content, new Date(Date.now() + patienceMs));
  return isGiven ? reply.redirect(begun.address, 303) : failedWith(reply, 'too-large');
}

interface Returning {
  readonly console: Console;
  readonly authenticator: Authenticator;
  readonly signIn: ProviderSignIn;
  readonly transaction: SignInTransaction;
}

/** Begins the session of whoever comes back; returns what keeps it from beginning. */
async function receive(
  request: FastifyRequest,
  reply: FastifyReply,
  { console, authenticator, signIn: { config, provider }, transaction }: Returning,
): Promise<SignInFailure | undefined> {
  const address = new URL(request.url, backAddress(console));
  const tokens = await provider.finish(address, transaction).catch((error: unknown) => {
    request.log.warn({ err: error }, `A sign-in with "${config.name}" failed.`);
  });
  if (tokens === undefined) return 'refused';
  const who = await holderOf(authenticator, config, tokens.token);
  if (typeof who === 'string') return who;
  if (!(await beginSession(console, reply, tokens.token))) return 'too-large';
  const kept = { refreshToken: tokens.refreshToken, endsAt: endOfToken(tokens.token) };
  await keepRenewal(console, reply, kept, { name: config.name, subject: who.subject, signedInAtMs: Date.now() });
  return undefined;
}

function backAddress({ origin }: Console): string {
  return new URL('/console/sign-in/back', origin).href;
}

function failedWith(reply: FastifyReply, failure: SignInFailure): FastifyReply {
  return reply.redirect(`/console/sign-in?failed=${failure}`, 303);
}

/** Somewhere in the console, and nowhere else: browsers take some other letters for slashes, or for none. */
function placeIn(to: unknown): string {
  return typeof to === 'string' && /^\/console\/(?!\/)[!-[\]-~]*$/.test(to) ? to : '/console/';
}

function transactionIn(kept: Readonly<Record<string, unknown>> | undefined): SignInTransaction | undefined {
  const { verifier, state, nonce } = kept ?? {};
  if (typeof verifier !== 'string' || typeof state !== 'string' || typeof nonce !== 'string') return undefined;
  return { verifier, state, nonce };
}
