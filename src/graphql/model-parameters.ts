import { formatParameterType, type ParameterType } from '../model/condition-parameter.ts';
import type { Model } from '../model/model.ts';
import type { AuthorizationModelParameter } from './__generated__/resolver-types.ts';

/** Parameters of a condition, as the schema has them. */
export function parametersOf(
  { runtimeParameters }: Model,
  parameters: Iterable<readonly [string, ParameterType]>,
): readonly AuthorizationModelParameter[] {
  return Array.from(parameters, ([name, type]) => {
    return { name, type: formatParameterType(type), isRuntime: runtimeParameters.has(name) };
  });
}
