import { didYouMean } from '../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { type Consistency, type ConsistencyMode, usualConsistency } from '../../model/consistency.ts';
import { type ConsistencyToken, parseConsistencyToken } from '../../model/consistency-token.ts';

/** The header that says how fresh all answers of a request must be; gateways send it on where they are told to. */
export const consistencyHeader = 'postern-consistency';

const modes: ReadonlyMap<string, ConsistencyMode> = new Map([
  ['fully-consistent', 'fullyConsistent'],
  ['minimize-latency', 'minimizeLatency'],
]);

/** Reads the header: tokens, and at most one mode, with commas between them. The problem is a sentence. */
export function readConsistencyHeader(value: string | readonly string[] | undefined): Result<Consistency, string> {
  if (value === undefined) return ok(usualConsistency);
  const found = new Set<ConsistencyMode>();
  const atLeastAsFresh: ConsistencyToken[] = [];
  for (const item of [value].flat().join(',').split(',')) {
    const text = item.trim();
    const mode = modes.get(text);
    const token = parseConsistencyToken(text);
    if (mode !== undefined) found.add(mode);
    else if (token.ok) atLeastAsFresh.push(token.value);
    else return failed(wrongItem(text));
  }
  const [mode = 'usual', other] = found;
  return other === undefined ? ok({ mode, atLeastAsFresh }) : failed(twoModes);
}

function wrongItem(text: string): string {
  const known = [...modes.keys()];
  const names = known.map((name) => `"${name}"`).join(' nor ');
  return `The header "${consistencyHeader}" holds ${quote(text)}, which is neither a consistency token nor ${names}.${didYouMean(text, known)}`;
}

const twoModes = `The header "${consistencyHeader}" holds two modes that contradict each other: send one of them.`;
