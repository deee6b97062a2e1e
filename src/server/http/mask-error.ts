import { unwrapResolverError } from '@apollo/server/errors';
import type { FastifyBaseLogger } from 'fastify';
import type { GraphQLFormattedError } from 'graphql';
import { isPublicCode } from '../../graphql/errors.ts';
import type { Mode } from '../config/mode.ts';

/** Makes of an error what its client sees; `formatted` is the error without any change. */
export type MaskError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** One for all transports: nothing of the server's inside is in an answer, whatever way it goes. */
export function createMaskError(mode: Mode, log: FastifyBaseLogger): MaskError {
  return (formatted, error) => maskError(mode === 'development' ? formatted : withoutSuggestion(formatted), error, log);
}

/** For variables graphql-js suggests names of the schema, which Apollo Server hides in documents only. */
function withoutSuggestion(formatted: GraphQLFormattedError): GraphQLFormattedError {
  if (!formatted.message.startsWith('Variable "$')) return formatted;
  return { ...formatted, message: formatted.message.replace(/ Did you mean [^?]*\?$/, '') };
}

/** Lets through what was meant for the client; whatever else happened is logged and said to have happened. */
function maskError(formatted: GraphQLFormattedError, error: unknown, log: FastifyBaseLogger): GraphQLFormattedError {
  const { locations, path, extensions } = formatted;
  const message = withoutLongValue(formatted.message);
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const code = extensions?.code;
  if (isPublicCode(code)) return { message, ...place, extensions: { code, ...retryOf(extensions) } };
  log.error({ err: unwrapResolverError(error), path }, 'A field failed.');
  return { message: 'Something went wrong in Postern.', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** graphql-js repeats the whole value that is wrong, which its sender knows. */
function withoutLongValue(message: string): string {
  if (message.length <= longestMessage) return message;
  return message.replace(/^(Variable "\$[^"]*" got invalid value ).*; (?=[^;]*$)/s, '$1…; ');
}

const longestMessage = 500;

/** When it is worth asking again; no other extension leaves the server. */
function retryOf(extensions: GraphQLFormattedError['extensions']): object {
  const { retryAfter, retryAfterMs } = extensions ?? {};
  return typeof retryAfter === 'number' ? { retryAfter, retryAfterMs } : {};
}
