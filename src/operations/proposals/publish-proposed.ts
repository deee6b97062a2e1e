import { invariant } from '../../base/invariant.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { ParsedModel } from '../../model/parse-model.ts';
import type { WriteTransaction } from '../../store/write-transaction.ts';
import { actorSubject, type Viewer } from '../actor.ts';
import type { Postern } from '../postern.ts';
import { auditRecordOf } from '../record-denied.ts';
import { type Refusal, refusedModel } from '../refusal.ts';
import type { ProposedModel } from './proposal-content.ts';

/** The model of a proposal, read before its write has its turn. */
export class ProposedPublishing {
  readonly #postern: Postern;
  readonly #model: ProposedModel;
  #parsed: ParsedModel | undefined;

  constructor(postern: Postern, model: ProposedModel) {
    this.#postern = postern;
    this.#model = model;
  }

  /** Whether it can still be used: settings, and the rules for models, may have changed since it was proposed. */
  async prepare(): Promise<Result<undefined, Refusal>> {
    const parsed = await this.#postern.store.parser.parse(this.#model.source, 'publish');
    if (!parsed.ok) return failed(refusedModel(parsed.problem, ['input', 'id']));
    this.#parsed = parsed.value;
    return ok(undefined);
  }

  /** Publishes it, and lets it decide where it is to, with an event of its own, as if whoever approves had done it alone. */
  async publish({ models, audit }: WriteTransaction, viewer: Viewer, reason: string | undefined): Promise<void> {
    invariant(this.#parsed !== undefined, 'a model is read before it is written');
    const { model, dsl } = this.#parsed;
    const { source, activate } = this.#model;
    const modules = source.kind === 'modules' ? source.modules : undefined;
    const { id } = await models.add({ model, dsl, modules }, actorSubject(viewer));
    if (activate) await models.activate(id);
    const action = activate ? 'publishAndActivateModel' : 'publishModel';
    const after = [await models.recordOf(id)];
    await audit.record({ ...auditRecordOf(viewer, { action, reason }), outcome: 'done', before: [], after });
  }
}
