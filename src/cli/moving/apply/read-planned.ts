import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { quote } from '../../../base/text-problem.ts';
import { formatRelationship, type Relationship } from '../../../model/relationship.ts';
import { parseRawRelationship, rawRelationshipShape } from '../../store-file/raw-relationship.ts';
import { planFiles } from '../plan/plan-files.ts';

/** The relationships of a plan, by what they are called. */
export async function readPlanned(folder: string): Promise<ReadonlyMap<string, Relationship>> {
  const path = join(folder, planFiles.relationships);
  const planned = new Map<string, Relationship>();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const raw = rawRelationshipShape.parse(JSON.parse(line));
    const relationship = parseRawRelationship(raw);
    if (!relationship.ok) throw new Error(`${quote(path)} holds what is no relationship: ${relationship.problem}`);
    planned.set(formatRelationship(relationship.value), relationship.value);
  }
  return planned;
}
