import type { Decision, PosternClient } from '../../src/index.ts';

export interface RecordedCall {
  readonly authorization: string | undefined;
  readonly checks: readonly string[];
  readonly consistency?: string;
}

export interface RecordingClient extends PosternClient {
  readonly calls: readonly RecordedCall[];
}

/** A client whose answers depend on who asks, and can change between two calls. */
export function recordingClient(
  decide: (check: string, authorization: string | undefined) => Decision['kind'] | boolean,
): RecordingClient {
  const calls: RecordedCall[] = [];
  return {
    calls,
    decide: async (checks, authorization, consistency) => {
      const texts = checks.map(({ permission, object }) => `${object}#${permission}`);
      calls.push({ authorization, checks: texts, ...(consistency !== undefined && { consistency }) });
      return texts.map((text) => decisionOf(decide(text, authorization)));
    },
  };
}

function decisionOf(answer: Decision['kind'] | boolean): Decision {
  if (answer === true) return { kind: 'allowed' };
  if (answer === false) return { kind: 'denied' };
  return answer === 'undecided' ? { kind: answer, reason: 'was told to' } : { kind: answer };
}
