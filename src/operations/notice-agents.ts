import { agentProblems } from '../model/agent-problems.ts';
import type { Model } from '../model/model.ts';
import type { Postern } from './postern.ts';

/** Tells of a model that has become the one that decides: whoever activated it, and whoever reads the log. */
export function noticeAgents({ agents = [], notice, warn }: Postern, model: Model): void {
  for (const message of agentProblems(model, agents)) {
    notice?.({ code: 'AGENTS_UNDEFINED', message });
    warn?.(message);
  }
}
