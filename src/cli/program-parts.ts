import type { Config } from '../server/config.ts';

/** What commands work with. */
export interface ProgramParts {
  /** Reads the configuration when a command needs it; throws a message that lists what is wrong. */
  readonly config: () => Config;
  readonly print: (line: string) => void;
  /** `POSTERN_AGAINST_TOKEN`: a token for a Postern that runs elsewhere, where no file has it. */
  readonly againstToken?: string | undefined;
}
