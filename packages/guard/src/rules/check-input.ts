import { Kind } from 'graphql';
import { directiveName } from '../requires-permission.ts';
import { type GuardProblem, problem } from './guard-problem.ts';
import { federationDirectives } from './subgraph.ts';
import { directivesTaking, takersOf } from './takers.ts';
import { coordinateOf, type WrittenGuard } from './written-guard.ts';

/** What is particular to guards on arguments, fields of inputs and values of enums. */
export function checkInput(guard: WrittenGuard): readonly GuardProblem[] {
  return [...checkGiver(guard), ...checkDirectives(guard), ...checkLocation(guard), ...checkInputDenial(guard)];
}

/** What the gateway fills in is given by nobody who could be asked about. */
function checkGiver({ subgraph, field, argument, requirement, ...place }: WrittenGuard): readonly GuardProblem[] {
  const { directives = [] } = field?.arguments.get(argument ?? '') ?? {};
  if (federationDirectives(subgraph, { directives }, 'fromContext').length === 0) return [];
  const message = `"${coordinateOf({ ...place, field, argument })}" is given by the gateway (@fromContext) and by no caller; guard the field.`;
  return [problem('misplaced-guard', requirement.node, message)];
}

function checkDirectives(guard: WrittenGuard): readonly GuardProblem[] {
  return directivesTaking(guard).map((name) => {
    const message = `The directive "@${name}" of operations takes "${coordinateOf(guard)}", and no guard sees what directives are given; let an argument of a field take it.`;
    return problem('misplaced-guard', guard.requirement.node, message);
  });
}

/** Definitions of version 1.0 have places for fields and types only. */
function checkLocation(guard: WrittenGuard): readonly GuardProblem[] {
  const { subgraph, requirement } = guard;
  const location = locationOf(guard);
  const definition = subgraph.document.definitions.find(
    (node) => node.kind === Kind.DIRECTIVE_DEFINITION && node.name.value === directiveName,
  );
  if (definition?.kind !== Kind.DIRECTIVE_DEFINITION) return [];
  if (definition.locations.some(({ value }) => value === location)) return [];
  const message = `@${directiveName} is defined without ${location}, where "${coordinateOf(guard)}" has it; define it with requiresPermissionSDL of @postern/guard.`;
  return [problem('different-definition', requirement.node, message)];
}

function locationOf({ type, argument }: WrittenGuard): string {
  if (argument !== undefined) return 'ARGUMENT_DEFINITION';
  return type.kind === 'enum' ? 'ENUM_VALUE' : 'INPUT_FIELD_DEFINITION';
}

/** A denial is one of the field that takes what is guarded. */
function checkInputDenial(guard: WrittenGuard): readonly GuardProblem[] {
  const { requirement } = guard;
  const name = `"${coordinateOf(guard)}"`;
  if (requirement.onDeny === 'FILTER') {
    return [
      problem(
        'filter-on-non-list',
        requirement.node,
        `${name} is given, and is no list of an answer; leave onDeny out.`,
      ),
    ];
  }
  if (requirement.onDeny === 'ERROR') return [];
  const taker = takersOf(guard).find(({ field }) => field.type.kind === Kind.NON_NULL_TYPE);
  if (taker === undefined) return [];
  const message = `"${coordinateOf(taker)}", to which ${name} is given, cannot be null; take the "!" away, or leave onDeny out.`;
  return [problem('null-on-non-null', requirement.node, message)];
}
