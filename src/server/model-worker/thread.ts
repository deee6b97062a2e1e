import { parentPort, workerData } from 'node:worker_threads';
import { askStart } from '../../graphql/ask-start.ts';
import { parseFor } from '../../model/model-parser.ts';
import type { ParseAnswer, ParseRequest, ThreadData, ThreadMessage } from './parse-message.ts';

// The thread that reads models: it has no connection and no secret, and may be ended at any moment.

const { staticSdl, entities } = workerData as ThreadData;
const ask = askStart(staticSdl, entities);

function answer({ source, purpose }: ParseRequest): ParseAnswer {
  const parsed = parseFor(source, purpose, ask);
  if (!parsed.ok) return { kind: 'refused', problems: parsed.problem };
  const { document, dsl } = parsed.value;
  return { kind: 'read', document, dsl };
}

function send(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (request: ParseRequest) => send(answer(request)));
send({ kind: 'ready' });
