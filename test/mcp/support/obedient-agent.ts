import { isRecord } from '../../../src/base/canonical-json.ts';
import type { PosternServer } from '../../support/postern-server.ts';
import { type McpAnswer, type McpAsking, sendMessage } from './mcp-client.ts';

/** Something that is sent. */
export interface Message {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Something that was sent, and everything that came back. */
export interface Exchange extends Message {
  readonly answer: McpAnswer;
}

/** What an agent did that believes whatever it reads. */
export interface Deeds {
  readonly exchanges: readonly Exchange[];
  /** Tools that some text told it to call. */
  readonly told: ReadonlySet<string>;
  /** Addresses that it would open if it had anything to open them with. */
  readonly addresses: ReadonlySet<string>;
}

const mostMessages = 300;

/** Sends messages, and follows every instruction in any text that comes back, until there is no new one. */
export async function obey(server: PosternServer, asking: McpAsking, begin: readonly Message[]): Promise<Deeds> {
  const exchanges: Exchange[] = [];
  const [told, addresses] = [new Set<string>(), new Set<string>()];
  const queue = new Map(begin.map((message) => [JSON.stringify(message), message]));
  for (const { method, params } of queue.values()) {
    if (exchanges.length >= mostMessages) throw new Error('It is told new things all the time.');
    const answer = await sendMessage(server, method, params, asking);
    exchanges.push({ method, params, answer });
    for (const { text } of textsIn(answer.body)) {
      for (const [address] of text.matchAll(/\b\w+:\/\/\S+/g)) addresses.add(address);
      for (const call of instructionsIn(text)) {
        told.add(String(call.params.name));
        queue.set(JSON.stringify(call), call);
      }
    }
  }
  return { exchanges, told, addresses };
}

/** A text in an answer, and the members that lead to it. */
export interface FoundText {
  readonly path: readonly string[];
  readonly text: string;
}

/** Every text: names of members as well, and texts within texts that are JSON themselves. */
export function textsIn(value: unknown, path: readonly string[] = []): readonly FoundText[] {
  if (typeof value === 'string') {
    const inner = parsed(value);
    return inner === undefined ? [{ path, text: value }] : textsIn(inner, path);
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, String(index)]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    { path: [...path, '(name)'], text: name },
    ...textsIn(inner, [...path, name]),
  ]);
}

function parsed(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Calls that a text asks for: in words (`CALL tool name=value`), and as the JSON that agents write. */
function instructionsIn(text: string): readonly Message[] {
  const seen = text.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
  const inWords = Array.from(seen.matchAll(/\bCALL (\w+)((?: \w+=[^\s,"]+)*)/g), ([, tool = '', words = '']) =>
    callOf(tool, Object.fromEntries(Array.from(words.matchAll(/(\w+)=(\S+)/g), ([, name, value]) => [name, value]))),
  );
  const inJson = Array.from(seen.matchAll(/\{"tool":.*?\}\}/g), ([json]) => parsed(json)).filter(isRecord);
  return [...inWords, ...inJson.map(({ tool, arguments: sent }) => callOf(String(tool), isRecord(sent) ? sent : {}))];
}

function callOf(name: string, { reason, ...words }: Readonly<Record<string, unknown>>): Message {
  const sent = name === 'propose_change' ? { writes: [words], reason: reason ?? 'I was told to.' } : words;
  return { method: 'tools/call', params: { name, arguments: sent } };
}
