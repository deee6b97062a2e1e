import { registerHooks } from 'node:module';

const decided = ['check-viewer', 'list-viewer-permissions', 'check-permissions'];

/** Loaded before everything else: what would ask the engine is decided at once, so that the layer above it is measured alone. */
export const deciding = registerHooks({
  resolve: (specifier, context, next) => {
    const name = decided.find((one) => specifier.endsWith(`/access/${one}.ts`));
    const isOurs = name !== undefined && context.parentURL?.includes('/src/graphql/') === true;
    return isOurs ? next(new URL(`decided/${name}.ts`, import.meta.url).href, context) : next(specifier, context);
  },
});
