import { didYouMean, nearestName } from '../../base/did-you-mean.ts';
import { quote } from '../../base/text-problem.ts';
import type { ModelSource } from '../../model/model-source.ts';
import { parseModel } from '../../model/parse-model.ts';
import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import type { TestCase, TestWorld } from './test-world.ts';

/** More of them would be an author's who asks about strangers on purpose. */
const mostDoubts = 20;

/**
 * Names in tests that are legal, and probably misspelt: nobody who holds nothing is wrong when a denial is expected, so that
 * the test passes and asks about nobody. A sentence for each.
 */
export function findDoubtfulNames(worlds: readonly TestWorld[]): readonly string[] {
  const doubts = new Set<string>();
  let named: ReadonlySet<string> = new Set();
  const parametersOf = parameterReader();
  for (const world of worlds) {
    named = new Set([...(world.continues ? named : []), ...world.relationships.flatMap(namesIn)]);
    for (const one of world.cases) {
      for (const doubt of [...unnamedIn(one, named), ...unknownKeys(one, () => parametersOf(world.model))]) {
        doubts.add(`${world.name}: ${doubt}`);
      }
      if (doubts.size >= mostDoubts) return [...doubts];
    }
  }
  return [...doubts];
}

function namesIn({ user, object }: { readonly user: string; readonly object: string }): readonly string[] {
  return [bare(user), object];
}

/** Without the relation of a set. */
function bare(user: string): string {
  return user.split('#')[0] ?? user;
}

function unnamedIn(one: TestCase, everywhere: ReadonlySet<string>): readonly string[] {
  const named = new Set([...everywhere, ...one.contextual.flatMap(namesIn)]);
  const asked = [...('user' in one ? [bare(one.user)] : []), ...('object' in one ? [one.object] : [])];
  return asked.flatMap((name) => {
    const near = named.has(name) ? undefined : nearestOf(name, named);
    return near === undefined ? [] : [`no relationship names ${quote(name)}. Did you mean ${quote(near)}?`];
  });
}

/** Short ids, and those that only count, are near each other without being mistaken for each other. */
function nearestOf(name: string, named: ReadonlySet<string>): string | undefined {
  const [type, id] = partsOf(name);
  if (id.length < 4) return undefined;
  const ids = [...named].map(partsOf).filter(([other]) => other === type);
  const near = nearestName(
    id,
    ids.map(([, other]) => other),
  );
  const uncounted = (text: string) => text.replaceAll(/\d+/g, '0');
  return near === undefined || uncounted(near) === uncounted(id) ? undefined : `${type}:${near}`;
}

function partsOf(name: string): readonly [type: string, id: string] {
  const colon = name.indexOf(':');
  return [name.slice(0, colon), name.slice(colon + 1)];
}

/** A value for a parameter that no condition has is never looked at. */
function unknownKeys(one: TestCase, parameters: () => ReadonlySet<string>): readonly string[] {
  return Object.keys(one.context).flatMap((key) => {
    if (key === currentTimeParameter || parameters().has(key)) return [];
    return [`no condition has a parameter ${quote(key)}.${didYouMean(key, parameters())}`];
  });
}

/** Tests of one file have one model. */
function parameterReader(): (source: ModelSource) => ReadonlySet<string> {
  const known = new Map<ModelSource, ReadonlySet<string>>();
  return (source) => {
    const parameters = known.get(source) ?? parametersIn(source);
    known.set(source, parameters);
    return parameters;
  };
}

function parametersIn(source: ModelSource): ReadonlySet<string> {
  const parsed = parseModel(source);
  const conditions = parsed.ok ? [...parsed.value.model.conditions.values()] : [];
  return new Set(conditions.flatMap(({ parameters }) => [...parameters.keys()]));
}
