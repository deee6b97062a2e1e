import { ok, type Result, wrong } from './result.ts';

/**
 * What `object:` of the directive says. One expression at most, and nothing joined to it: so no two values of it can make
 * one object.
 *
 *     ObjectTemplate := type ":" ( "{" ("$args" | "$this") ("." Name)+ "}" | id )
 */
export type ObjectTemplate =
  /** Over the arguments of the field; known before its resolver runs. */
  | { readonly kind: 'args'; readonly type: string; readonly path: readonly string[] }
  /** Over the object that the field belongs to. */
  | { readonly kind: 'this'; readonly type: string; readonly path: readonly string[] }
  /** One object for everybody, such as `platform:main`. */
  | { readonly kind: 'literal'; readonly type: string; readonly id: string };

export function parseObjectTemplate(text: string): Result<ObjectTemplate> {
  const [, type, rest] = /^([^:#{}\s$]+):(.+)$/su.exec(text) ?? [];
  if (type === undefined || rest === undefined) return wrong(malformed(text));
  if (!/[{}$]/.test(rest)) {
    return /^[^:#\s]+$/u.test(rest) && rest !== '*' ? ok({ kind: 'literal', type, id: rest }) : wrong(malformed(text));
  }
  const [, variable, path] = /^\{\$(\w+)((?:\.[_A-Za-z]\w*)+)\}$/.exec(rest) ?? [];
  if (variable === undefined || path === undefined) return wrong(malformed(text));
  if (variable !== 'args' && variable !== 'this') {
    return wrong(`The object "${text}" uses "$${variable}"; only "$args" and "$this" can be used.`);
  }
  return ok({ kind: variable, type, path: path.slice(1).split('.') });
}

export function formatObjectTemplate(template: ObjectTemplate): string {
  if (template.kind === 'literal') return `${template.type}:${template.id}`;
  return `${template.type}:{$${template.kind}.${template.path.join('.')}}`;
}

function malformed(text: string): string {
  return `The object "${text}" is not of the form "track:{$args.input.id}", "track:{$this.id}" or "platform:main".`;
}
