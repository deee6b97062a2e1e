/** The directive as data: for tools that read schemas, and for gateways. */
export { modelTypeOf, type TypeNames } from './model-type-of.ts';
export { formatObjectTemplate, type ObjectTemplate, parseObjectTemplate } from './object-template.ts';
export {
  directiveName,
  linkSDL,
  type OnDeny,
  onDenyValues,
  type RequiresPermission,
  readRequiresPermission,
  requiresPermissionSDL,
  specIdentity,
  specUrl,
} from './requires-permission.ts';
export type { Result } from './result.ts';
