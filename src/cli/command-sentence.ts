import { didYouMean } from '../base/did-you-mean.ts';
import { quote } from '../base/text-problem.ts';

/** What commander says of a wrong line, as the one sentence that everything else here is. */
export function commandSentence(message: string): string {
  const text = message.trim();
  for (const [pattern, sentence] of patterns) {
    const found = pattern.exec(text);
    if (found !== null) return sentence(...found.slice(1).map((part) => part ?? ''));
  }
  return text.replace(/^error: /, '');
}

type Sentence = (...parts: readonly string[]) => string;

const near = (name = '') => (name === '' ? '' : ` Did you mean ${quote(name)}?`);

const patterns: readonly (readonly [RegExp, Sentence])[] = [
  [
    /^error: unknown (option|command) '(.*?)'(?:\s+\(Did you mean (.*)\?\))?$/s,
    (what = '', name = '', nearest) => `There is no ${what} ${quote(name)}.${near(nearest)}`,
  ],
  [/^error: missing required argument '(.*)'$/s, (name = '') => `The argument ${quote(name)} is missing.`],
  [
    /^error: option '(\S+) (.*)' argument missing$/s,
    (option = '', value) => `The option ${quote(option)} needs its ${value}.`,
  ],
  [
    /^error: option '(\S+).*?' argument '(.*)' is invalid\. Allowed choices are (.*)\.$/s,
    (option = '', value = '', choices = '') =>
      `The option ${quote(option)} takes no ${quote(value)}.${nearChoice(value, choices)}`,
  ],
  // What was found wrong with it names it.
  [
    /^error: (?:option|command-argument value) '.*?' (?:argument '.*?' is invalid|is invalid for argument '.*?')\. (.*)$/s,
    (why = '') => why,
  ],
  [
    /^error: too many arguments for '(.*)'\. Expected (\d+) arguments? but got \d+: (.*)\.$/s,
    (command = '', count, given = '') =>
      `The command ${quote(command)} takes no ${quote(given.split(', ').slice(Number(count)).join(' '))}: leave it out.`,
  ],
];

function nearChoice(value: string, choices: string): string {
  const all = choices.split(', ');
  return didYouMean(value, all) || ` It takes ${all.map(quote).join(' or ')}.`;
}
