import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Postern's process: it is told nothing and says much. */
export type PosternProcess = ChildProcessByStdio<null, Readable, Readable>;

/** What Postern prints when it has started. */
export interface PosternGreeting {
  readonly url: string;
  /** By subject, `user:eve`; empty where the server gives no development tokens. */
  readonly tokens: ReadonlyMap<string, string>;
}

const readyLine = /Postern is ready at (http\S+)/;
const tokenLine = /^\s+(\S+:\S+)\s+(eyJ\S+)\s*$/;
/** The tokens may follow the ready line; they come at once or not at all. */
const tokensWithinMs = 300;
const lastLineCount = 15;

/** Reads what Postern prints until it is ready; rejects with its last lines when it ends or stays silent. */
export async function waitUntilReady(postern: PosternProcess, readyWithinMs: number): Promise<PosternGreeting> {
  const lines: string[] = [];
  const tokens = new Map<string, string>();
  const ready = new Promise<string>((resolve) => {
    // Both streams are read to the end of the process: a full pipe would stop it.
    for (const stream of [postern.stdout, postern.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        if (lines.length > lastLineCount) lines.shift();
        const [, subject, token] = tokenLine.exec(line) ?? [];
        if (subject !== undefined && token !== undefined) tokens.set(subject, token);
        const url = readyLine.exec(line)?.[1];
        if (url !== undefined) resolve(url);
      });
    }
  });
  const url = await Promise.race([ready, endOf(postern), sleep(readyWithinMs, undefined, { ref: false })]);
  if (url === undefined) throw new Error(notReady(postern, readyWithinMs, lines));
  await sleep(tokensWithinMs);
  return { url, tokens };
}

async function endOf(postern: PosternProcess): Promise<undefined> {
  await once(postern, 'close');
  return undefined;
}

function notReady({ exitCode }: PosternProcess, readyWithinMs: number, lines: readonly string[]): string {
  const what =
    exitCode === null ? `was not ready after ${readyWithinMs / 1000} seconds` : `ended with code ${exitCode}`;
  const said = lines.length > 0 ? ` It said:\n${lines.join('\n')}` : ' It said nothing.';
  return `Postern ${what}.${said}`;
}
