import type { Tool, ToolNeed } from './tool.ts';
import { tools } from './tools.ts';

/** `POSTERN_MCP`: what agents may do at most, whoever they are. */
export type McpMode = (typeof mcpModes)[number];

export const mcpModes = ['off', 'read', 'propose'] as const;

const needsOfMode: Readonly<Record<McpMode, readonly ToolNeed[]>> = {
  off: [],
  read: ['read'],
  propose: ['read', 'propose'],
};

/** What the setting allows. */
export function needsOf(mode: McpMode): ReadonlySet<ToolNeed> {
  return new Set(needsOfMode[mode]);
}

/** The scope that a token must have for it; none is in another. */
export function scopeOf(need: ToolNeed): string {
  return `postern:${need}`;
}

/** What the setting and the token both allow: each of them only takes away. */
export function grantedNeeds(mode: McpMode, scopes: ReadonlySet<string>): ReadonlySet<ToolNeed> {
  return new Set(needsOfMode[mode].filter((need) => scopes.has(scopeOf(need))));
}

/** The tools that somebody sees, in the order of all. */
export function toolsFor(granted: ReadonlySet<ToolNeed>): readonly Tool[] {
  return tools.filter(({ needs }) => granted.has(needs));
}
