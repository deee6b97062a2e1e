import { close, open, write } from 'node:fs';
import { promisify } from 'node:util';

/** Where lines go. */
export interface LineWriter {
  /** False where the line was dropped; returns at once. */
  write(line: string): boolean;
  /** Returns when what was taken is written, or has failed, or after `patienceMs`. */
  end(patienceMs: number): Promise<void>;
}

export interface LineFileOptions {
  /** `stdout` for the standard output of the process. */
  readonly to: string;
  /** Told how many lines were written. */
  readonly onWritten: (lines: number) => void;
  /** Told how many could not be, and why. */
  readonly onFailed: (lines: number, error: unknown) => void;
}

/** Most characters that wait to be written: some seconds of a busy server. */
const mostCharacters = 4 * 2 ** 20;
/** What a pipe takes in one piece, so that lines of others do not come between. */
const pieceCharacters = { stdout: 4096, file: 65_536 };

/** Each write is a call of the system and a visit to another thread: a line waits so long for others, or until there is a piece of them. */
const gatherMs = 100;

const openFile = promisify(open);
const writeFile = promisify(write);
const closeFile = promisify(close);

/**
 * Adds lines to a file, several at a time, and one write after the other. A file that takes none, or takes long, costs the lines that
 * there is no more room for.
 */
export class LineFile implements LineWriter {
  readonly #options: LineFileOptions;
  readonly #pieceCharacters: number;
  #lines: string[] = [];
  #characters = 0;
  #work: Promise<void> | undefined;
  #isEnded = false;
  /** Ends the waiting for more lines. */
  #beginNow: () => void = () => {};
  #descriptor: number | undefined;

  constructor(options: LineFileOptions) {
    this.#options = options;
    this.#pieceCharacters = options.to === 'stdout' ? pieceCharacters.stdout : pieceCharacters.file;
  }

  write(line: string): boolean {
    if (this.#isEnded || this.#characters + line.length > mostCharacters) return false;
    this.#lines.push(line);
    this.#characters += line.length;
    this.#work ??= this.#writeAll();
    if (this.#characters >= this.#pieceCharacters) this.#beginNow();
    return true;
  }

  async end(patienceMs: number): Promise<void> {
    this.#isEnded = true;
    this.#beginNow();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patienceMs);
    await Promise.race([this.#work, promise]);
    clearTimeout(timer);
    if (this.#work === undefined && this.#descriptor !== undefined && this.#options.to !== 'stdout') {
      await closeFile(this.#descriptor).catch(() => undefined);
    }
  }

  async #writeAll(): Promise<void> {
    while (this.#lines.length > 0) {
      await this.#gather();
      await this.#writeSome(this.#take());
    }
    this.#work = undefined;
  }

  async #gather(): Promise<void> {
    if (this.#isEnded || this.#characters >= this.#pieceCharacters) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, gatherMs);
    this.#beginNow = resolve;
    await promise;
    clearTimeout(timer);
  }

  #take(): readonly string[] {
    let characters = 0;
    const fits = (line: string) => {
      characters += line.length + 1;
      return characters <= this.#pieceCharacters;
    };
    const end = this.#lines.findIndex((line, index) => !fits(line) && index > 0);
    const taken = end === -1 ? this.#lines : this.#lines.slice(0, end);
    this.#lines = end === -1 ? [] : this.#lines.slice(end);
    this.#characters -= taken.reduce((sum, { length }) => sum + length, 0);
    return taken;
  }

  async #writeSome(lines: readonly string[]): Promise<void> {
    const { to, onWritten, onFailed } = this.#options;
    try {
      // Readable by whoever runs the server, and nobody else.
      this.#descriptor ??= to === 'stdout' ? 1 : await openFile(to, 'a', 0o600);
      const bytes = Buffer.from(`${lines.join('\n')}\n`);
      for (let from = 0; from < bytes.length; ) {
        from += (await writeFile(this.#descriptor, bytes, from, bytes.length - from)).bytesWritten;
      }
      onWritten(lines.length);
    } catch (error) {
      onFailed(lines.length, error);
    }
  }
}
