import { isRecord } from '../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { quote } from '../../base/text-problem.ts';
import { parseYaml } from '../parse-yaml.ts';
import { readTextFile } from '../read-text-file.ts';
import { type Finding, finding } from './finding.ts';

/** What Apollo Router has to be told so that the coprocessor is asked around subgraphs that run no guards. */
export async function checkRouterFile(
  file: string | undefined,
  foreign: readonly string[],
): Promise<Result<readonly Finding[], string>> {
  if (file === undefined) return ok([]);
  if (foreign.length === 0) return failed('"--router" is about the subgraphs that "--foreign" names; name them, too.');
  try {
    const router = parseYaml(await readTextFile(file));
    const told = [...wanted, ...foreign.map(tokenSent)].flatMap((want) => want(router) ?? []);
    return ok(told.map((problem) => finding('router-not-told', { file, line: 1, column: 1 }, problem)));
  } catch (error) {
    return failed(`${quote(file)} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The sentence for what a configuration lacks. */
type Want = (router: unknown) => string | undefined;

const request = ['coprocessor', 'subgraph', 'all', 'request'];
const response = ['coprocessor', 'subgraph', 'all', 'response'];
const parts = ['headers', 'body', 'service_name', 'subgraph_request_id'];

const wanted: readonly Want[] = [
  ...[request, response].flatMap((stage) => parts.map((part) => isTrue([...stage, part]))),
  (router) => (isSelected(at(router, [...request, 'context'])) ? undefined : lacks(request, selected)),
  (router) => (at(router, [...response, 'context']) === 'all' ? undefined : lacks(response, 'context: all')),
  ...[request, response].map((stage) => withoutCondition(stage)),
];

const contextKey = 'postern::foreign';
const selected = `context: { selective: ["${contextKey}"] }`;

function isTrue(path: readonly string[]): Want {
  return (router) => (at(router, path) === true ? undefined : lacks(path.slice(0, -1), `${path.at(-1) ?? ''}: true`));
}

/** No more of it: the answer would take away what other fetches have put there. */
function isSelected(context: unknown): boolean {
  const keys = at(context, ['selective']);
  return Array.isArray(keys) && keys.length === 1 && keys[0] === contextKey;
}

/** Which fetches a condition leaves out, nobody can say here. */
function withoutCondition(stage: readonly string[]): Want {
  return (router) =>
    at(router, [...stage, 'condition']) === undefined
      ? undefined
      : `${stage.join('.')} has a condition, so some fetches may pass by the coprocessor; leave it out, as subgraphs that are not foreign are let pass there.`;
}

function lacks(stage: readonly string[], text: string): string {
  return `The coprocessor is not told what it needs to guard subgraphs; write "${text}" at ${stage.join('.')}.`;
}

/** Whose fetch it is, the subgraph has to be told: so the router does not take two callers' fetches for one. */
function tokenSent(name: string): Want {
  return (router) => {
    const rules = [
      ['headers', 'all', 'request'],
      ['headers', 'subgraphs', name, 'request'],
    ].flatMap((path) => {
      const found = at(router, path);
      return Array.isArray(found) ? found : [];
    });
    const isSent = rules.some((rule) => String(at(rule, ['propagate', 'named'])).toLowerCase() === 'authorization');
    if (isSent) return undefined;
    return `The caller's token is not sent to ${quote(name)}, so nobody is signed in there; write "- propagate: { named: authorization }" at headers.all.request.`;
  };
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isRecord(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}
