import { didYouMean } from '../../base/did-you-mean.ts';
import { quote } from '../../base/text-problem.ts';
import { type Model, permissionsOf } from '../../model/model.ts';
import { type ShadowLine, type ShadowResult, shadowResults } from './read-shadow-lines.ts';

export interface ShadowCriterion {
  readonly model: Model;
  /** How often each permission of each type has to be compared. */
  readonly minimum: number;
  /** `track#can_delete`: what nobody asks for, as somebody knows. */
  readonly neverAsked: readonly string[];
}

/** A permission of a type, and what came of comparing it. */
interface Compared {
  readonly name: string;
  readonly counts: ReadonlyMap<ShadowResult, number>;
  /** When the last one was that was denied by the old system only. */
  readonly lastDenied: Date | undefined;
}

export interface ShadowReport {
  readonly lines: readonly string[];
  /** Why the old system has to stay; nothing, when the exit criterion is met. */
  readonly problems: readonly string[];
}

/** A name in `neverAsked` that the model does not have, in a sentence. */
export function strangerAmong({ model, neverAsked }: ShadowCriterion): string | undefined {
  const names = namesIn(model);
  const stranger = neverAsked.find((name) => !names.includes(name));
  if (stranger === undefined) return undefined;
  return `The model has no ${quote(stranger)}, which --never-asked names.${didYouMean(stranger, names)}`;
}

/**
 * Whether Postern can decide alone: nothing that the old system denies is allowed for good, and each permission was compared often
 * enough to say so, or is named as one that nobody asks for.
 */
export function reportShadow(comparisons: readonly ShadowLine[], criterion: ShadowCriterion): ShadowReport {
  const groups = Map.groupBy(comparisons, ({ type, permission }) => `${type}#${permission}`);
  const names = new Set([...namesIn(criterion.model), ...[...groups.keys()].sort()]);
  const compared = [...names].map((name) => summary(name, groups.get(name) ?? []));
  return {
    lines: compared.filter(({ counts }) => counts.size > 0).map(lineOf),
    problems: compared.flatMap((one) => problemsOf(one, criterion)),
  };
}

function namesIn(model: Model): readonly string[] {
  return [...model.types.values()].flatMap((type) => permissionsOf(type).map(({ name }) => `${type.name}#${name}`));
}

function summary(name: string, lines: readonly ShadowLine[]): Compared {
  const counts = new Map<ShadowResult, number>();
  let lastDenied: Date | undefined;
  for (const { result, at } of lines) {
    counts.set(result, (counts.get(result) ?? 0) + 1);
    if (result === 'old_deny' && (lastDenied === undefined || at > lastDenied)) lastDenied = at;
  }
  return { name, counts, lastDenied };
}

function lineOf({ name, counts }: Compared): string {
  return `${name}  ${shadowResults.map((result) => `${result} ${counts.get(result) ?? 0}`).join(', ')}`;
}

/** What was dropped, failed or was undecided compared nothing. */
function timesCompared({ counts }: Compared): number {
  return (counts.get('same') ?? 0) + (counts.get('old_allow') ?? 0) + (counts.get('old_deny') ?? 0);
}

function problemsOf(compared: Compared, { model, minimum, neverAsked }: ShadowCriterion): readonly string[] {
  const { name, counts, lastDenied } = compared;
  const times = timesCompared(compared);
  const denied = counts.get('old_deny') ?? 0;
  const problems: string[] = [];
  if (!namesIn(model).includes(name)) problems.push(`${quote(name)} was asked for, and the model does not have it.`);
  if (denied > 0) {
    problems.push(
      `${quote(name)}: ${denied} times Postern allowed for good what the old system denied, last at ${lastDenied?.toISOString()}.`,
    );
  }
  if (counts.size > 0 && neverAsked.includes(name)) {
    problems.push(`${quote(name)} is named as never asked, and was asked; take it out of --never-asked.`);
  } else if (times < minimum && !neverAsked.includes(name)) {
    const what = counts.size === 0 ? 'was never asked' : `was compared ${times} times, of ${minimum} at least`;
    const fix = counts.size === 0 ? `; if nobody asks for it, say so with --never-asked ${name}` : '';
    problems.push(`${quote(name)} ${what}${fix}.`);
  }
  return problems;
}
