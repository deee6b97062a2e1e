import type { ToolAnswer, ToolCall } from '../../../src/mcp/tool.ts';
import { tools } from '../../../src/mcp/tools.ts';
import { usualConsistency } from '../../../src/model/consistency.ts';
import { done } from '../../support/postern.ts';

/** What a tool answers in this process, without the door around it; throws where it refuses. */
export async function runTool(
  name: string,
  sent: Readonly<Record<string, unknown>>,
  asking: Pick<ToolCall, 'postern' | 'actor'>,
): Promise<ToolAnswer<unknown>> {
  const read = tools.find((tool) => tool.name === name)?.read(sent);
  if (read === undefined) throw new Error(`There is no tool ${name}.`);
  if (!read.ok) throw new Error(read.problem);
  return done(await read.value.run({ ...asking, consistency: usualConsistency, requestId: 'request-1' }));
}
