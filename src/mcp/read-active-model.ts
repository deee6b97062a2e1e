import { failed, ok, type Result } from '../base/result.ts';
import type { PreparedModel } from '../engine/prepared-model.ts';
import { readModelData } from '../operations/models/read-model-data.ts';
import { readPublishedModel } from '../operations/models/read-published-model.ts';
import { invalid, type Refusal } from '../operations/refusal.ts';
import type { ToolCall } from './tool.ts';

/** The active model, for whoever may read models. */
export async function readActiveModel({
  postern,
  actor,
  consistency,
}: Pick<ToolCall, 'postern' | 'actor' | 'consistency'>): Promise<Result<PreparedModel, Refusal>> {
  const published = await readPublishedModel(postern, actor, { consistency });
  if (!published.ok) return published;
  if (published.value === undefined) return failed(invalid('UNKNOWN_MODEL', 'No model is active.', []));
  const prepared = await readModelData(postern, published.value.id);
  return prepared.ok ? ok(prepared.value) : prepared;
}
