import type { SpokenDialect } from '../dialect.ts';
import { distributedShapes, playedShapes } from './distributed/distributed-shapes.ts';
import { plainShapes } from './plain-shapes.ts';
import type { Shapes } from './shapes.ts';

/** How a server is asked that speaks this. */
export function shapesOf({ dialect = 'postgres', playsCitus = false }: SpokenDialect): Shapes {
  if (playsCitus) return playedShapes;
  return dialect === 'citus' ? distributedShapes : plainShapes;
}
