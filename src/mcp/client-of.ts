import { CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server';
import { isRecord } from '../base/canonical-json.ts';
import { untrustedText } from './untrusted-text.ts';

const mostCharacters = 80;

/** What the program that sent a message calls itself, and its version: its own word, and nothing that anything is decided by. */
export function clientOf(message: unknown): string | undefined {
  const { params } = isRecord(message) ? message : {};
  const { _meta: meta } = isRecord(params) ? params : {};
  const info = isRecord(meta) ? meta[CLIENT_INFO_META_KEY] : undefined;
  const { name, version } = isRecord(info) ? info : {};
  const said = [name, version].filter((part) => typeof part === 'string').join(' ');
  return said === '' ? undefined : untrustedText(said).slice(0, mostCharacters).toWellFormed();
}
