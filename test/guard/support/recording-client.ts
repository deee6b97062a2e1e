import type { Decision, PermissionCheck, PosternClient } from '#guard';

export type Answering = (check: PermissionCheck) => Decision;

/** Answers as the test says, and keeps what it was asked. */
export class RecordingClient implements PosternClient {
  readonly calls: { readonly checks: readonly PermissionCheck[]; readonly authorization: string | undefined }[] = [];
  answer: Answering = () => ({ kind: 'allowed' });

  async decide(checks: readonly PermissionCheck[], authorization: string | undefined): Promise<readonly Decision[]> {
    this.calls.push({ checks, authorization });
    return checks.map((check) => this.answer(check));
  }
}
