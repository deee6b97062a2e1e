import type { Asker, Decision } from './asker.ts';

/** What a writer knows of what it has written. */
export interface Written {
  /** Confirmed, and so to be there at the end. */
  readonly granted: Set<string>;
  /** Confirmed, and so to be gone. */
  readonly revoked: Set<string>;
}

/** Writes until it is confirmed, and looks whether it is so. */
export class ConfirmedWrites {
  readonly written: Written = { granted: new Set(), revoked: new Set() };
  readonly #asker: Asker;
  readonly #isOver: () => boolean;

  constructor(asker: Asker, isOver: () => boolean) {
    this.#asker = asker;
    this.#isOver = isOver;
  }

  /** Grants, looks with the token, revokes, looks with the token; keeps every other one. */
  async write(writer: number): Promise<void> {
    const number = this.#asker.takeNumber();
    const subject = `user:w${writer}-${number}`;
    const granted = await this.#confirm('grantRole', subject);
    if (granted === undefined) return;
    this.written.granted.add(subject);
    await this.#look(subject, granted, true);
    if (number % 2 === 0) return;
    // From here on nobody knows, until it is confirmed.
    this.written.granted.delete(subject);
    const revoked = await this.#confirm('revokeRole', subject);
    if (revoked === undefined) return;
    this.written.revoked.add(subject);
    await this.#look(subject, revoked, false);
  }

  /** Until it is confirmed, or the run is over; the token of it. */
  async #confirm(field: 'grantRole' | 'revokeRole', subject: string): Promise<string | undefined> {
    const input = `object: "folder:shared", role: "viewer", subject: "${subject}", idempotencyKey: "${field}-${subject}"`;
    while (!this.#isOver()) {
      const data = await this.#asker.ask(
        'writes',
        'user:olga',
        `mutation { ${field}(input: { ${input} }) { consistencyToken userErrors { code } } }`,
      );
      const payload = data?.[field] as
        | { consistencyToken: string | null; userErrors: readonly { code: string }[] }
        | undefined;
      if (typeof payload?.consistencyToken === 'string') return payload.consistencyToken;
      const [problem] = payload?.userErrors ?? [];
      if (problem !== undefined) this.#asker.counts.mistake(`${field} of ${subject} said ${problem.code}`);
      if (problem !== undefined) return undefined;
    }
    return undefined;
  }

  async #look(subject: string, token: string, isRight: boolean): Promise<void> {
    const check = `{ subject: "${subject}", permission: "can_view", object: "folder:shared" }`;
    const input = `consistency: { atLeastAsFresh: "${token}" }, checks: [${check}]`;
    const data = await this.#asker.ask(
      'looks',
      'service:ops',
      `{ checkPermissions(input: { ${input} }) { decisions { allowed error { code } } } }`,
    );
    const [decision] = (data?.checkPermissions as { decisions: readonly Decision[] } | undefined)?.decisions ?? [];
    if (decision?.error === null && decision.allowed !== isRight)
      this.#asker.counts.mistake(
        `${subject} may view: ${decision.allowed}, with the token of the write that made it ${isRight}`,
      );
  }
}
