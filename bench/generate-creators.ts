import type { Bundle, CreatorsData, OrganizationData } from './creators-data.ts';
import { generateOrganization } from './generate-organization.ts';
import { createRandom, type Random } from './random.ts';
import { named, relate } from './relate.ts';

export interface GenerateOptions {
  readonly relationships: number;
  readonly seed: number;
}

/** Numbers that no two objects share, and the persons who work in more than one organization. */
export interface Generator {
  readonly random: Random;
  nextId(): number;
  readonly freelancers: ReturnType<typeof named>[];
}

/**
 * Makes exactly as many relationships as were asked for: more of them means more organizations, not other ones, so
 * every depth and every fan-out stays as it is.
 */
export function generateCreators({ relationships: wanted, seed }: GenerateOptions): CreatorsData {
  const random = createRandom(seed);
  let lastId = 0;
  const generator: Generator = { random, nextId: () => ++lastId, freelancers: [] };
  const bundles: Bundle[] = [platformBundle()];
  const organizations: OrganizationData[] = [];
  for (let count = bundles.flat().length, index = 0; count < wanted; index += 1) {
    const generated = generateOrganization(generator, index);
    bundles.push(...generated.bundles);
    count += generated.bundles.reduce((total, bundle) => total + bundle.length, 0);
    organizations.push(generated.organization);
  }
  cutTo(bundles, wanted);
  // The last one may have lost some of what it had.
  if (organizations.length > 1) organizations.pop();
  const relationships = random.shuffle(bundles).flat();
  const parentEdges = relationships.filter(({ relation }) => parentRelations.has(relation)).length;
  return { relationships, organizations, parentEdges };
}

/** Those by which `from` walks up, and which hand out no right themselves. */
const parentRelations: ReadonlySet<string> = new Set(
  'platform organization label parent artist self_released_by album featured network show binding role'.split(' '),
);

function platformBundle(): Bundle {
  const platform = named('platform', 'main');
  return [
    relate(platform, 'operator', named('employee', 'operator')),
    relate(platform, 'security', named('employee', 'security')),
    relate(platform, 'writer', named('service', 'catalog')),
    relate(platform, 'checker', named('service', 'playlist')),
  ];
}

function cutTo(bundles: Bundle[], wanted: number): void {
  let surplus = bundles.reduce((total, bundle) => total + bundle.length, 0) - wanted;
  for (let last = bundles.at(-1); last !== undefined && surplus > 0; last = bundles.at(-1)) {
    const cut = Math.min(surplus, last.length);
    last.length -= cut;
    surplus -= cut;
    if (last.length === 0) bundles.pop();
  }
}
