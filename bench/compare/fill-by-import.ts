import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import postgres from 'postgres';
import type { Relationship } from '../../src/model/relationship.ts';
import { modelFile } from '../prepare-database.ts';
import { runPostern, type ServerOptions } from '../start-server.ts';

/** A store file in the form that every revision of Postern, and OpenFGA's own tools, can import. */
export interface StoreFolder {
  readonly file: string;
  remove(): Promise<void>;
}

/** The example's model and these relationships; ends of grants are left out, which the form does not know and no answer needs. */
export async function writeStoreFolder(relationships: readonly Relationship[]): Promise<StoreFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-store-'));
  await cp(dirname(modelFile), folder, { recursive: true, filter: (path) => !path.includes('supergraph') });
  await writeFile(join(folder, 'data.csv'), [header, ...relationships.map(row)].join('\n'));
  const file = join(folder, 'bench.fga.yaml');
  await writeFile(file, 'name: bench\nmodel_file: ./fga.mod\ntuple_file: ./data.csv\n');
  return { file, remove: () => rm(folder, { recursive: true, force: true }) };
}

const header = 'user_type,user_id,user_relation,relation,object_type,object_id,condition_name,condition_context';

function row({ object, relation, subject, condition }: Relationship): string {
  const holder =
    subject.kind === 'wildcard'
      ? [subject.type, '*', '']
      : [subject.object.type, subject.object.id, subject.kind === 'set' ? subject.relation : ''];
  const context = condition === undefined ? '' : JSON.stringify(Object.fromEntries(condition.context));
  return [...holder, relation, object.type, object.id, condition?.name ?? '', quoted(context)].join(',');
}

function quoted(text: string): string {
  return text === '' ? '' : `"${text.replaceAll('"', '""')}"`;
}

/** By a revision's own command, so that its tables may be laid out as they like. */
export async function fillByImport(options: ServerOptions, { file }: StoreFolder): Promise<void> {
  const child = runPostern(options, ['import', file], dirname(file));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(-5000);
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The import into ${options.checkout} ended with ${code}:\n${said}`);
  const sql = postgres(options.databaseUrl, { max: 1 });
  await sql`vacuum (analyze)`;
  await sql.end();
}
