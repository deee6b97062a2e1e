import { formatModelChange } from '../model/diff-models.ts';
import type { Model } from '../model/model.ts';
import { formatModelProblem } from '../model/model-source.ts';
import { formatSubjectRef } from '../model/subject-ref.ts';
import type { Actor } from '../operations/actor.ts';
import { activateModel } from '../operations/models/activate-model.ts';
import { describeImpact } from '../operations/models/describe-impact.ts';
import { modelImpact } from '../operations/models/model-impact.ts';
import type { ModelPreview } from '../operations/models/preview-model-write.ts';
import { publishModel } from '../operations/models/publish-model.ts';
import type { Postern } from '../operations/postern.ts';
import { describeRefusal, type Refusal } from '../operations/refusal.ts';
import { commandLine } from './command-line.ts';
import { readModelFile } from './read-model-file.ts';

type Print = (line: string) => void;

const actor = (command: string): Actor => ({ kind: 'console', command: `postern ${command}` });

/** `postern model publish PATH`: a `.fga` file or an `fga.mod`. */
export async function publishModelFile(
  postern: Postern,
  path: string,
  options: { readonly activate: boolean; readonly dryRun: boolean },
  print: Print,
): Promise<void> {
  const source = await readModelFile(path);
  const published = await publishModel(postern, actor('model publish'), { source, ...options, reason: undefined });
  if (!published.ok) throw new Error(`The model "${path}" was refused.\n${describeRefusal(published.problem)}`);
  const { id, preview } = published.value.outcome;
  printPreview(preview, print);
  if (id === undefined) return print(`The model "${path}" is valid; nothing was stored.`);
  print(
    options.activate
      ? `Model ${id} is active.`
      : `Model ${id} is published. Next: ${commandLine(`model activate ${id}`)}`,
  );
  if (options.activate) print('Servers that run show its types and permissions in their schema after a restart.');
}

export async function activatePublishedModel(postern: Postern, id: number, print: Print): Promise<void> {
  const activated = await activateModel(postern, actor('model activate'), { id, reason: undefined });
  if (!activated.ok) throw refused(activated.problem);
  printPreview(activated.value.outcome.preview, print);
  print(`Model ${id} is active.`);
}

/** `postern model diff [FROM] TO`: from the active model, or from a published one, to a published one or a file. */
export async function diffModel(postern: Postern, from: number | undefined, to: string, print: Print): Promise<void> {
  const id = modelNumber(to);
  const target = id ?? (await parseModelFile(postern, to));
  const impact = await modelImpact(postern, actor('model diff'), { from, to: target });
  if (!impact.ok) throw refused(impact.problem);
  if (impact.value === undefined) throw new Error('No model is active.');
  printPreview({ diff: impact.value.diff, impact: impact.value }, print);
}

function refused(problem: Refusal): Error {
  const isUnknown = problem.kind === 'invalid' && problem.errors.some(({ code }) => code === 'UNKNOWN_MODEL');
  return new Error(isUnknown ? `${describeRefusal(problem)} ${listNext()}` : describeRefusal(problem));
}

const listNext = () => `Next: ${commandLine('model list')}`;

/** The number of a published model, or undefined for anything else, such as a path. */
export function modelNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

async function parseModelFile({ store: { parser } }: Postern, path: string): Promise<Model> {
  const parsed = await parser.parse(await readModelFile(path), 'publish');
  if (parsed.ok) return parsed.value.model;
  throw new Error(`The model "${path}" is not valid.\n${parsed.problem.map(formatModelProblem).join('\n')}`);
}

function printPreview({ diff, impact }: ModelPreview, print: Print): void {
  if (diff === undefined) return;
  if (diff.length === 0) print('Nothing changes: the model says the same as the one before.');
  for (const change of diff) print(formatModelChange(change));
  for (const line of impact === undefined ? [] : describeImpact(impact)) print(line);
}

/** `postern model list`: the newest first. */
export async function listPublishedModels(postern: Postern, print: Print): Promise<void> {
  const models = await postern.store.readModels(listLength, undefined);
  if (models.length === 0) return print('No model is published.');
  for (const { id, active, createdAt, createdBy } of models) {
    const who = createdBy === undefined ? 'at the console' : `by ${formatSubjectRef(createdBy)}`;
    print(`${id}  published ${createdAt.toISOString()} ${who}${active ? ', active' : ''}`);
  }
}

const listLength = 100;

export async function showModel(postern: Postern, id: number | undefined, print: Print): Promise<void> {
  const model = await postern.store.readModel(id);
  if (model === undefined)
    throw new Error(id === undefined ? 'No model is active.' : `There is no model "${id}". ${listNext()}`);
  print(`# model ${model.id}, published ${model.createdAt.toISOString()}${model.active ? ', active' : ''}`);
  print(model.dsl);
}
