import type { Model } from '../model/model.ts';
import { isPermissionName } from '../model/names.ts';
import type { AuthzenSettings } from './authzen-settings.ts';

const prefix = 'can_';

/** Names of actions, and the relations that they mean. */
export class ActionNames {
  readonly #settings: Pick<AuthzenSettings, 'actions' | 'aliases'>;

  constructor(settings: Pick<AuthzenSettings, 'actions' | 'aliases'>) {
    this.#settings = settings;
  }

  /** What an alias says; else the relation of that very name, else the permission that is named so behind `can_`. */
  readonly relationOf = (model: Model, type: string, name: string): string => {
    const alias = this.#settings.aliases.get(name);
    if (alias !== undefined) return alias;
    const relations = model.types.get(type)?.relations;
    if (relations === undefined || relations.has(name)) return name;
    const permission = prefix + name;
    return relations.has(permission) ? permission : name;
  };

  /** What a permission is called in results: a name that means it when it is asked about; undefined where an alias has taken that name. */
  actionOf(model: Model, type: string, permission: string): string | undefined {
    if (this.#settings.actions === 'plain' && isPermissionName(permission)) {
      const plain = permission.slice(prefix.length);
      if (plain !== '' && this.relationOf(model, type, plain) === permission) return plain;
    }
    return this.relationOf(model, type, permission) === permission ? permission : undefined;
  }
}
