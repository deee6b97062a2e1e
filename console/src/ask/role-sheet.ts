import type { TypeSheets } from './models.ts';

/** A role that gives a permission by itself. */
export interface GivingRole {
  readonly type: string;
  readonly role: string;
}

/** The roles that give a permission on a type: its own, and those of what the objects belong to. By the server's role sheets. */
export function rolesThatGive(sheets: readonly TypeSheets[], type: string, permission: string): readonly GivingRole[] {
  return sheets.flatMap(({ name, relations }) =>
    relations.flatMap(({ name: role, gives }) => {
      if (gives === null) return [];
      const here = name === type && gives.here.includes(permission);
      const below = gives.below.some((one) => one.type === type && one.permissions.includes(permission));
      return here || below ? [{ type: name, role }] : [];
    }),
  );
}
