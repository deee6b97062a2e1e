import { z } from 'zod';
import { ok } from '../../base/result.ts';
import { limits } from '../../model/limits.ts';
import { simulateChange as simulate } from '../../operations/findings/simulate-change.ts';
import { sentRelationship } from '../sent-relationship.ts';
import { sentObject } from '../sent-values.ts';
import { saySimulation, tellSimulation, toldSimulation } from '../told/simulation.ts';
import { defineTool, reading } from '../tool.ts';

const { most } = limits.simulatedChanges;

/** What a change would mean. */
export const simulateChange = defineTool({
  name: 'simulate_change',
  title: 'Simulate a change',
  description:
    'Says what a change of relationships would mean if somebody made it: who would be allowed or denied what, who could give what they cannot, and what would refuse it. It is tried on one state, and nothing is written. For whoever may review each object of the change; to ask without that right is recorded.',
  needs: 'read',
  hints: reading,
  input: z.strictObject({
    writes: z
      .array(sentRelationship)
      .max(most)
      .optional()
      .describe(`What would be there. With the deletes, at most ${most}.`),
    deletes: z
      .array(sentRelationship)
      .max(most)
      .optional()
      .describe('What would not be there. Conditions and times do not matter.'),
    within: sentObject
      .optional()
      .describe(
        'Also look at what belongs to this object: an organization, where the change is about one of its teams.',
      ),
  }),
  output: toldSimulation,
  work: 'previews',
  points: ({ writes = [], deletes = [] }) => 1100 + 2 * (writes.length + deletes.length),
  run: async ({ postern, actor, consistency }, { writes = [], deletes = [], within }) => {
    const simulated = await simulate(postern, actor, { change: { writes, deletes }, within, consistency });
    if (!simulated.ok) return simulated;
    const data = tellSimulation(simulated.value);
    return ok({ says: saySimulation(data), data });
  },
});
