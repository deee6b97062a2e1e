import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';
import type { Model } from './model.ts';

/** Whoever acts for callers, as a setting names them. */
export interface AgentSetting {
  /** The setting, as messages name it. */
  readonly place: string;
  readonly type: string;
  /** What a caller must hold on one of them. */
  readonly permission: string;
}

/** What a model lacks of what settings say of agents, in sentences: nothing is allowed to those of whom it lacks something. */
export function agentProblems({ types }: Model, agents: readonly AgentSetting[]): readonly string[] {
  return agents.flatMap(({ place, type: name, permission }) => {
    const type = types.get(name);
    const nothing = 'so that nothing is allowed to whoever acts for somebody else.';
    if (type === undefined)
      return [
        `${place}.subjectType ${quote(name)} is no type of the active model, ${nothing}${didYouMean(name, types.keys())}`,
      ];
    if (type.relations.has(permission)) return [];
    const near = didYouMean(permission, type.relations.keys());
    return [
      `${place}.permission ${quote(permission)} is nothing that the type ${quote(name)} of the active model has, ${nothing}${near}`,
    ];
  });
}
