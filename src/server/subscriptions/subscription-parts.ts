import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Mode } from '../config/mode.ts';
import type { AdmissionParts } from '../http/admit-request.ts';
import type { ContextParts } from '../http/create-request-context.ts';
import type { MaskError } from '../http/mask-error.ts';
import type { LiveLimits } from './live-limits.ts';
import type { LiveSessions } from './live-sessions.ts';

/** What both transports work with. */
export interface SubscriptionParts extends ContextParts, AdmissionParts {
  readonly schema: GraphQLSchema;
  readonly mode: Mode;
  readonly log: FastifyBaseLogger;
  readonly mask: MaskError;
  readonly limits: LiveLimits;
  readonly sessions: LiveSessions;
}
