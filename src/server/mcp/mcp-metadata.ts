import { needsOf, scopeOf } from '../../mcp/mcp-access.ts';
import type { ToolNeed } from '../../mcp/tool.ts';
import { type McpConfig, mcpPath } from './mcp-config.ts';

export const resourceMetadataPath = `/.well-known/oauth-protected-resource${mcpPath}`;

/** What clients learn of this server and its issuers (RFC 9728): of the settings alone, so that no request has a say in where others ask. */
export function mcpMetadata({ url, mode, issuers = [] }: McpConfig) {
  return {
    resource: url,
    resource_name: 'Postern',
    ...(issuers.length > 0 && { authorization_servers: issuers }),
    scopes_supported: Array.from(needsOf(mode), scopeOf),
    bearer_methods_supported: ['header'],
  };
}

/** Where that is found. */
export function metadataUrl({ url }: Pick<McpConfig, 'url'>): string {
  return url.slice(0, -mcpPath.length) + resourceMetadataPath;
}

/** What a caller is told who needs a token, or another one. */
export function challenge(
  config: Pick<McpConfig, 'url'>,
  needed: Iterable<ToolNeed>,
  error?: 'invalid_token' | 'insufficient_scope',
): string {
  const parts = [
    ...(error === undefined ? [] : [`error="${error}"`]),
    `scope="${Array.from(needed, scopeOf).join(' ')}"`,
    `resource_metadata="${metadataUrl(config)}"`,
  ];
  return `Bearer ${parts.join(', ')}`;
}
