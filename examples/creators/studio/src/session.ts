/** Somebody whom the studio can be tried as. */
export interface StudioCaller {
  readonly subject: string;
  /** One line: who that is. */
  readonly note: string;
  readonly token: string;
}

/** What a server of development tells its own page; with a sign-in of your own this is what that gives you. */
export interface StudioSession {
  readonly callers: readonly StudioCaller[];
  /** Where rights are given and taken away. */
  readonly consoleUrl: string;
}
