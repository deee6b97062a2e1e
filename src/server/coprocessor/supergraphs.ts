import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { buildASTSchema, type GraphQLSchema, parse } from 'graphql';
import { directiveName } from '#guard/directive';
import { at, type FaultPort } from '../../base/fault-port.ts';
import { failed, ok, type Result } from '../../base/result.ts';

/** Schemas that are kept; routers of one company agree on one, or on two while they are updated. */
const maxSchemas = 4;

/** The schemas of supergraphs, each built once. */
export class Supergraphs {
  readonly #file: string | undefined;
  readonly #faults: FaultPort | undefined;
  readonly #built = new Map<string, Result<GraphQLSchema, string>>();
  #read: { readonly version: string; readonly sdl: string } | undefined;

  constructor(file: string | undefined, faults?: FaultPort) {
    this.#file = file;
    this.#faults = faults;
  }

  /** The schema of the file. Throws when the file is no supergraph: then the server must not start. */
  async checkFile(): Promise<GraphQLSchema | undefined> {
    if (this.#file === undefined) return undefined;
    const schema = this.#build(await this.#readFile(this.#file));
    if (!schema.ok) throw new Error(`POSTERN_SUPERGRAPH_FILE: ${schema.problem}`);
    return schema.value;
  }

  /** The schema that a router sent, if it tells what is guarded; else the file's. A public schema has no directives. */
  async find(sdl: string | undefined): Promise<Result<GraphQLSchema, string>> {
    const sent = sdl === undefined ? failed(missing) : this.#build(sdl);
    if (sent.ok || this.#file === undefined) return sent;
    return this.#build(await this.#readFile(this.#file));
  }

  #build(sdl: string): Result<GraphQLSchema, string> {
    const hash = createHash('sha256').update(sdl).digest('base64');
    const built = this.#built.get(hash) ?? buildSupergraph(sdl);
    this.#built.delete(hash);
    this.#built.set(hash, built);
    const [oldest] = this.#built.keys();
    if (this.#built.size > maxSchemas && oldest !== undefined) this.#built.delete(oldest);
    return built;
  }

  /** The file's text; it is read again when the file was replaced. */
  #readFile(file: string): Promise<string> {
    return at(this.#faults, 'readSupergraph', () => this.#readIfReplaced(file));
  }

  async #readIfReplaced(file: string): Promise<string> {
    const { mtimeMs, size, ino } = await stat(file);
    const version = JSON.stringify([mtimeMs, size, ino]);
    if (this.#read?.version !== version) this.#read = { version, sdl: await readFile(file, 'utf8') };
    return this.#read.sdl;
  }
}

const missing = 'The message has no sdl; let the router send it, or set POSTERN_SUPERGRAPH_FILE.';

function buildSupergraph(sdl: string): Result<GraphQLSchema, string> {
  try {
    const schema = buildASTSchema(parse(sdl, { noLocation: true }), { assumeValidSDL: true });
    if (schema.getDirective(directiveName)) return ok(schema);
    return failed(
      `The schema does not define @${directiveName}; give the supergraph's SDL in POSTERN_SUPERGRAPH_FILE.`,
    );
  } catch {
    return failed('The schema is not valid SDL.');
  }
}
