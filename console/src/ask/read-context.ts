import { AskError } from './ask-error.ts';

/** Facts for conditions as an address carries them; throws where they are no JSON object. */
export function readContext(text: string | undefined, problem: string): Record<string, unknown> | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // The same is wrong with it.
  }
  throw new AskError('BAD_USER_INPUT', problem);
}
