import { InvalidArgumentError } from 'commander';
import { quote } from '../base/text-problem.ts';

/** An option that is a share. */
export function parsePercent(text: string): number {
  const percent = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (percent <= 100) return percent;
  throw new InvalidArgumentError(`${quote(text)} is not a number from 0 to 100.`);
}
