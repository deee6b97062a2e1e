import { isRecord } from '../../../base/canonical-json.ts';
import { failed, ok, type Result } from '../../../base/result.ts';
import { readShape } from '../../../server/config/json-setting.ts';
import { type RawRelationship, rawRelationshipShape } from '../../store-file/raw-relationship.ts';
import { withoutWritten } from '../translate/without-written.ts';
import type { SourceTuple } from './openfga-source.ts';

/** The relationship of a tuple, which may be the key of one with a time. */
export function parseTuple({ line, value }: SourceTuple, from: string): Result<RawRelationship, string> {
  const key = isRecord(value) && isRecord(value.key) ? value.key : value;
  const place = line === undefined ? from : `${from}:${line}`;
  const read = readShape(rawRelationshipShape, place, withoutWritten(withoutEmpty(key)));
  return read.ok ? ok(read.value) : failed(read.problem.join('\n'));
}

/** OpenFGA's API says of nothing that it is empty. */
function withoutEmpty(key: unknown): unknown {
  if (!isRecord(key)) return key;
  const { condition, ...rest } = key;
  const isNone = condition === null || condition === undefined || (isRecord(condition) && condition.name === '');
  return isNone ? rest : { ...rest, condition };
}
