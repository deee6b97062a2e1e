import { isRecord } from '../../base/canonical-json.ts';

/** Most characters of a message besides the arguments of a call: what a client says of itself and of what it sends. */
const most = 64 * 1024;

export const tooLong = `A message has at most ${most / 1024} KiB besides the arguments of a call.`;

/** A message as whoever speaks the protocol needs it. The arguments of a call were read before, and to look at them once more takes time. */
export function withoutArguments(message: unknown): unknown {
  if (!isRecord(message) || !isRecord(message.params) || !isRecord(message.params.arguments)) return message;
  return { ...message, params: { ...message.params, arguments: {} } };
}

/** Whether it would take long to understand, or be sent back as a long answer: the id is. */
export function isTooLong(envelope: unknown): boolean {
  return envelope !== undefined && JSON.stringify(envelope).length > most;
}
