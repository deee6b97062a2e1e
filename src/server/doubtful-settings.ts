import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import { agentProblems } from '../model/agent-problems.ts';
import { type Model, permissionsOf } from '../model/model.ts';
import { formatObjectRef } from '../model/object-ref.ts';
import { unnamedSentence } from '../operations/notice-unnamed.ts';
import type { Postern } from '../operations/postern.ts';
import type { Store } from '../store/store.ts';
import type { Config } from './config.ts';
import type { Door } from './identity/door.ts';
import { agentSettings, placeOfClass, type TokenClass } from './identity/token-class.ts';

/**
 * Settings that name what the active model does not have: a sentence for each. They are no errors, as the model that has it
 * may be the next one that is activated; until then nobody has the rights that were meant. What keeps them from being looked
 * for is reported: a doubt never ends a start.
 */
export async function findDoubtfulSettings(
  config: DoubtedConfig,
  { store, report }: Pick<Postern, 'store' | 'report'>,
): Promise<readonly string[]> {
  try {
    return await settingProblems(config, store);
  } catch (error) {
    report('The settings could not be held against the active model.', error);
    return [];
  }
}

type DoubtedConfig = Pick<Config, 'platformObject' | 'tokenClasses' | 'entities' | 'authzen' | 'mcp'>;

async function settingProblems(
  { platformObject, tokenClasses, entities, authzen, mcp }: DoubtedConfig,
  store: Store,
): Promise<readonly string[]> {
  const doors = tokenClasses === undefined ? [] : doorProblems(tokenClasses, { authzen, mcp });
  const active = await store.loadActiveModel();
  if (active === undefined) return doors;
  const { model } = active.prepared;
  const classes = (tokenClasses ?? []).flatMap((tokenClass, index) => classProblems(model, tokenClass, index));
  const agents = agentProblems(model, agentSettings(tokenClasses ?? []));
  const ofPlatform = await platformProblems(model, platformObject, store);
  const aliases = aliasProblems(model, authzen);
  return [...doors, ...ofPlatform, ...classes, ...agents, ...aliases, ...entityProblems(model, entities)];
}

/** A door that nobody has a token for, and tokens for a door that there is not. */
function doorProblems(
  classes: readonly TokenClass[],
  { authzen, mcp }: Pick<DoubtedConfig, 'authzen' | 'mcp'>,
): readonly string[] {
  return [
    ...problemsOfDoor(classes, { door: 'authzen', setting: 'POSTERN_AUTHZEN_URL', isOpen: authzen !== undefined }),
    ...problemsOfDoor(classes, { door: 'mcp', setting: 'POSTERN_MCP', isOpen: mcp !== undefined }),
  ];
}

interface DoorSetting {
  readonly door: Door;
  readonly setting: string;
  readonly isOpen: boolean;
}

function problemsOfDoor(classes: readonly TokenClass[], { door, setting, isOpen }: DoorSetting): readonly string[] {
  const isForDoor = classes.map(({ doors }) => doors.has(door));
  if (isOpen) {
    const nobody = `${setting} is set, and nobody can ask there: no class of POSTERN_TOKEN_CLASSES has the door "${door}".`;
    return isForDoor.includes(true) ? [] : [nobody];
  }
  return isForDoor.flatMap((is, index) =>
    is ? [`POSTERN_TOKEN_CLASSES[${index}] has the door "${door}", which is closed without ${setting}.`] : [],
  );
}

/** Aliases of relations that no type has. */
function aliasProblems(model: Model, authzen: Config['authzen']): readonly string[] {
  const known = new Set(model.relations.map(({ name }): string => name));
  return [...(authzen?.settings.aliases ?? [])].flatMap(([action, relation]) =>
    known.has(relation)
      ? []
      : [
          `POSTERN_AUTHZEN_ALIASES: ${quote(action)} stands for ${quote(relation)}, which no type of the active model has.${didYouMean(relation, known)}`,
        ],
  );
}

async function platformProblems(
  model: Model,
  platform: Config['platformObject'],
  store: Store,
): Promise<readonly string[]> {
  const setting = `POSTERN_PLATFORM_OBJECT ${quote(formatObjectRef(platform))}`;
  if (!model.types.has(platform.type)) {
    const near = didYouMean(platform.type, model.types.keys());
    return [`${setting} is of a type that the active model does not have.${near}`];
  }
  const unnamed = await store.reader.withSnapshot([platform], async (snapshot) => {
    const [node] = await snapshot.resolve([platform]);
    return node === undefined ? unnamedSentence(snapshot, platform) : undefined;
  });
  return unnamed === undefined ? [] : [`${setting} gives nobody a right. ${unnamed}`];
}

/** Types that the model does not have end a start, and models that lack them are not published. */
function entityProblems(model: Model, entities: Config['entities']): readonly string[] {
  return [...entities].flatMap(([name, setting]) => {
    const type = model.types.get(name);
    if (setting === false || type === undefined || permissionsOf(type).length > 0) return [];
    return [
      `POSTERN_ENTITIES names the type ${quote(name)}, which has no permissions, and so is no entity. Leave it out.`,
    ];
  });
}

function classProblems(
  model: Model,
  { subjectType, context, vouchesFor }: TokenClass,
  index: number,
): readonly string[] {
  const place = placeOfClass(index);
  const parameters = new Set([...model.conditions.values()].flatMap((condition) => [...condition.parameters.keys()]));
  const names = new Set([...context.keys(), ...(vouchesFor ?? [])]);
  const type = model.types.has(subjectType)
    ? []
    : [
        `${place}.subjectType ${quote(subjectType)} is no type of the active model.${didYouMean(subjectType, model.types.keys())}`,
      ];
  const unused = [...names].filter((name) => !parameters.has(name));
  return [
    ...type,
    ...unused.map(
      (name) =>
        `${place} names ${quote(name)}, which is no parameter of a condition of the active model.${didYouMean(name, parameters)}`,
    ),
  ];
}
