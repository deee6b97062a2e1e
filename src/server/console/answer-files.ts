import { parseCookie } from 'cookie';
import type { FastifyInstance, FastifyReply, FastifyRequest, onSendHookHandler } from 'fastify';
import type { Console } from './console.ts';
import type { ConsoleAsset } from './console-files.ts';
import { assetHeaders, pageHeaders } from './console-headers.ts';

/** The page at every address below `/console`, and the files that it names. */
export function addFileRoutes(app: FastifyInstance, console: Console): void {
  app.get('/console', (request, reply) => answerPage(console, request, reply));
  app.get('/console/*', (request, reply) => answerPage(console, request, reply));
  app.get('/console/assets/:name', { onSend: keepForGood }, (request, reply) => {
    const asset = console.files?.assets.get(request.url.slice('/console/assets/'.length));
    if (asset === undefined) return reply.callNotFound();
    return answerAsset(asset, request, reply);
  });
}

/** After the app's own hook, which lets nobody keep anything. */
const keepForGood: onSendHookHandler = (_request, reply, payload, done) => {
  if (reply.statusCode === 200) void reply.header('cache-control', 'public, max-age=31536000, immutable');
  done(null, payload);
};

function answerAsset({ type, body, compressed }: ConsoleAsset, request: FastifyRequest, reply: FastifyReply) {
  void reply.headers({ ...assetHeaders, 'content-type': type });
  const takesBrotli = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (compressed === undefined || !takesBrotli) return reply.send(body);
  return reply.header('content-encoding', 'br').send(compressed);
}

function answerPage({ files, origin }: Console, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.headers(pageHeaders(origin?.startsWith('https:') ?? false));
  if (files === undefined) return reply.code(503).send(notBuilt);
  return reply.send(files.page.replace('data-theme="system"', `data-theme="${themeOf(request)}"`));
}

/** The server writes it into the page, so that no page is seen in the other one first. */
function themeOf(request: FastifyRequest): string {
  const chosen = parseCookie(request.headers.cookie ?? '')['postern-theme'];
  return themes.find((theme) => theme === chosen) ?? 'system';
}

const themes = ['light', 'dark'];

const notBuilt = `<!doctype html>
<html lang="en">
<title>Postern</title>
<h1>The console is not built</h1>
<p>What builds it is not installed here. Run <code>npm ci</code> without <code>--omit=dev</code>, then <code>node scripts/bootstrap.mjs</code>, and start the server again.</p>
</html>
`;
