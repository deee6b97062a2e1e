import type { Tool } from './tool.ts';
import { checkAccess } from './tools/check-access.ts';

/** All tools, in the order in which everybody sees those that they see. */
export const tools: readonly Tool[] = [checkAccess];
