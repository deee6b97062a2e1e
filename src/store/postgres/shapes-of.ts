import type { SpokenDialect } from '../dialect.ts';
import { distributedShapes, playedShapes } from './distributed/distributed-shapes.ts';
import { usualHeldMs } from './distributed/held-state.ts';
import { plainShapes } from './plain-shapes.ts';
import type { Shapes } from './shapes.ts';

/** How a server is asked that speaks this. */
export function shapesOf({ dialect = 'postgres', playsCitus = false, heldMs = usualHeldMs }: SpokenDialect): Shapes {
  if (playsCitus) return playedShapes(heldMs);
  return dialect === 'citus' ? distributedShapes(heldMs) : plainShapes;
}
