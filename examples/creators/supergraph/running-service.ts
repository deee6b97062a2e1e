/** Something that listens, and can be stopped. */
export interface RunningService {
  readonly url: string;
  readonly stop: () => Promise<void>;
}
