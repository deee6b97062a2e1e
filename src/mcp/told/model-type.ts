import { z } from 'zod';
import type { PreparedModel } from '../../engine/prepared-model.ts';
import type { Condition } from '../../model/condition.ts';
import { formatParameterType } from '../../model/condition-parameter.ts';
import type { TypeDefinition } from '../../model/model.ts';
import { relationKinds } from '../../model/relation-kind.ts';
import { commentOf, describeType } from '../described-model.ts';
import { untrustedText } from '../untrusted-text.ts';
import { fitAll } from './fit.ts';

const untrustedDescription = z.string().optional().describe('The comment above it, shortened.');

const toldRelation = z.strictObject({
  name: z.string(),
  kind: z
    .enum(relationKinds)
    .describe(
      '"PERMISSION": what may be asked. "ROLE": what is given to subjects. "STRUCTURE": what leads to other objects. "DECLARATION": a rule about roles. "COMPUTED": what follows from others.',
    ),
  definition: z.string().describe('As the model language has it.'),
  untrustedDescription,
});

/** A type of the model. */
export const toldType = z.strictObject({
  name: z.string(),
  untrustedDescription,
  relations: z.array(toldRelation),
  relationsLeftOut: z.int().describe('How many of them do not fit into an answer.'),
});

/** A condition of the model. */
export const toldModelCondition = z.strictObject({
  name: z.string(),
  parameters: z.array(z.strictObject({ name: z.string(), type: z.string(), comesFromToken: z.boolean() })),
  untrustedExpression: z.string().describe('When it holds, shortened.'),
  untrustedDescription,
});

/** Most that the relations of one type take of an answer. */
const mostRelationBytes = 30 * 1024;

export function tellType(prepared: PreparedModel, type: TypeDefinition): z.input<typeof toldType> {
  const { relations, ...described } = describeType(prepared, type);
  const { shown, leftOut } = fitAll(relations, mostRelationBytes);
  return { ...described, relations: [...shown], relationsLeftOut: leftOut };
}

export function tellModelCondition(
  { model, descriptions }: PreparedModel,
  { name, parameters, expression }: Condition,
): z.input<typeof toldModelCondition> {
  const told = Array.from(parameters, ([parameter, type]) => {
    const comesFromToken = model.runtimeParameters.has(parameter);
    return { name: parameter, type: formatParameterType(type), comesFromToken };
  });
  return {
    ...{ name, parameters: told, untrustedExpression: untrustedText(expression.trim()) },
    ...commentOf({ descriptions }, { kind: 'condition', condition: name }),
  };
}
