/** What was answered instead of data. Only `FORBIDDEN` is a no, and it is one to the question, not to what was asked about. */
export class AskError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'AskError';
    this.code = code;
  }
}

export function codeOf(error: unknown): string {
  return error instanceof AskError ? error.code : 'UNKNOWN';
}
