import { z } from 'zod';
import { didYouMean } from '../../base/did-you-mean.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import { textProblem } from '../../base/text-problem.ts';
import { currentTimeParameter } from '../../model/runtime-parameters.ts';
import { type Environment, quoteSetting, variable } from '../config/environment.ts';
import { parseJsonSetting, readShape } from '../config/json-setting.ts';
import type { Mode } from '../config/mode.ts';
import { actorSettingOf, actorShape } from './actor-setting.ts';
import { checkedText, typeNameProblem } from './checked-text.ts';
import { doorNames, usualDoors } from './door.ts';
import {
  approvalRules,
  defaultSignatureAlgorithms,
  signatureAlgorithms,
  subjectEncodings,
  type TokenClass,
  tokenClassKey,
} from './token-class.ts';

const name = 'POSTERN_TOKEN_CLASSES';

/** Reads whose tokens are accepted; undefined means development tokens, which production does not have. */
export function readTokenClasses(
  environment: Environment,
  mode: Mode,
): Result<readonly TokenClass[] | undefined, readonly string[]> {
  const text = variable(environment, name);
  if (text === undefined) {
    return mode === 'development' ? ok(undefined) : failed([`${name} is missing; in production it is required.`]);
  }
  const parsed = parseJsonSetting(name, text);
  if (!parsed.ok) return parsed;
  if (!Array.isArray(parsed.value)) return failed([`${name} ${quoteSetting(text)} is not a list.`]);
  if (parsed.value.length === 0) return failed([`${name} "[]" lists no token class.`]);
  return readEntries(parsed.value, mode);
}

function readEntries(entries: readonly unknown[], mode: Mode): Result<readonly TokenClass[], readonly string[]> {
  const classes: TokenClass[] = [];
  const problems: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const read = readShape(tokenClassShape(mode), `${name}[${index}]`, entry);
    if (!read.ok) problems.push(...read.problem);
    else {
      const { jwksUrl, context, vouchesFor, doors, actor, ...rest } = read.value;
      classes.push({
        ...rest,
        keys: { kind: 'remote', url: new URL(jwksUrl).href },
        context: new Map(Object.entries(context)),
        doors: new Set(doors),
        ...(vouchesFor.length > 0 && { vouchesFor: new Set(vouchesFor) }),
        ...(actor && { actor: actorSettingOf(actor, rest.subjectEncoding) }),
      });
    }
  }
  problems.push(...repeatedPairProblems(classes), ...mixedEncodingProblems(classes));
  return problems.length > 0 ? failed(problems) : ok(classes);
}

function tokenClassShape(mode: Mode) {
  return z.strictObject({
    subjectType: checkedText(typeNameProblem),
    issuer: checkedText((text) => textProblem(text, 1024)),
    audience: checkedText((text) => textProblem(text, 1024)),
    jwksUrl: checkedText((text) => keyAddressProblem(text, mode)),
    subjectClaim: checkedText((text) => textProblem(text, 256)).default('sub'),
    subjectEncoding: z
      .enum(subjectEncodings, { error: ({ input }) => notOneOf(String(input), subjectEncodings) })
      .default('none'),
    algorithms: z
      .array(z.enum(signatureAlgorithms, { error: ({ input }) => algorithmProblem(String(input)) }))
      .nonempty({ error: 'lists no algorithm' })
      .default([...defaultSignatureAlgorithms]),
    context: z
      .record(
        checkedText(claimedProblem),
        checkedText((text) => textProblem(text, 256)),
      )
      .default({}),
    vouchesFor: z.array(checkedText(claimedProblem)).default([]),
    mayApprove: z.enum(approvalRules, { error: ({ input }) => notOneOf(String(input), approvalRules) }).default('no'),
    doors: z
      .array(z.enum(doorNames, { error: ({ input }) => notOneOf(String(input), doorNames) }))
      .nonempty({ error: 'lists no door' })
      .default([...usualDoors]),
    actor: actorShape.optional(),
  });
}

function keyAddressProblem(text: string, mode: Mode): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return 'is not an https:// address';
  if (url.protocol === 'http:' && mode === 'production') return 'is not an https:// address, as production requires';
  return url.username + url.password === '' ? undefined : 'carries a user or password, which is not supported';
}

function algorithmProblem(text: string): string {
  if (/^HS\d/i.test(text)) return 'is symmetric: whoever could check a token could also make one';
  if (/^none$/i.test(text)) return 'would accept tokens without a signature';
  return notOneOf(text, signatureAlgorithms);
}

function notOneOf(text: string, known: readonly string[]): string {
  return `is not one of ${known.join(', ')}.${didYouMean(text, known)}`;
}

function parameterNameProblem(text: string): string | undefined {
  return /^[A-Za-z]\w*$/.test(text) ? undefined : 'is not the name of a condition parameter';
}

/** What a token or its class says for a condition. */
function claimedProblem(text: string): string | undefined {
  if (text === currentTimeParameter) return "is always the database's clock";
  return parameterNameProblem(text);
}

/** Of two classes with one issuer and one audience, nobody could say which a token belongs to. */
function repeatedPairProblems(classes: readonly TokenClass[]): readonly string[] {
  return [...Map.groupBy(classes, tokenClassKey).values()].flatMap(([first, second]) =>
    first === undefined || second === undefined
      ? []
      : [
          `${name} lists the issuer ${quoteSetting(first.issuer)} with the audience ${quoteSetting(first.audience)} twice.`,
        ],
  );
}

/** `a%3Ab` as it is and `a:b` encoded would be one subject, and two callers with different names must never be one. */
function mixedEncodingProblems(classes: readonly TokenClass[]): readonly string[] {
  const encodings = classes.flatMap(({ subjectType, subjectEncoding, actor }) => [
    { subjectType, subjectEncoding },
    ...(actor ? [actor] : []),
  ]);
  return [...Map.groupBy(encodings, ({ subjectType }) => subjectType)].flatMap(([type, ofType]) =>
    new Set(ofType.map(({ subjectEncoding }) => subjectEncoding)).size < 2
      ? []
      : [
          `${name} lists classes of the subject type ${quoteSetting(type)} with different settings of "subjectEncoding": ` +
            'use the same for all of them, or give them types of their own.',
        ],
  );
}
