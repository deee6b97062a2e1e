import { expect, test } from 'vitest';
import { readValue } from '../../console/src/ask/parameter-value.ts';

const value = (one: unknown) => ({ kind: 'value', value: one });
const wrong = { kind: 'wrong' };

test.each<readonly [string, string, unknown]>([
  ['string', 'DE', value('DE')],
  ['string', ' a ', value(' a ')],
  ['string', '', { kind: 'none' }],
  ['bool', 'true', value(true)],
  ['bool', 'false', value(false)],
  ['bool', 'yes', wrong],
  ['int', '-7', value(-7)],
  ['int', '9007199254740993', value('9007199254740993')],
  ['int', '1.5', wrong],
  ['uint', '7', value(7)],
  ['double', '1.5', value(1.5)],
  ['double', '-1e3', value(-1000)],
  ['double', '.', wrong],
  ['double', 'Infinity', wrong],
  ['timestamp', '2027-01-01T00:00:00.000Z', value('2027-01-01T00:00:00.000Z')],
  ['timestamp', 'soon', wrong],
  ['duration', ' 1h30m ', value('1h30m')],
  ['ipaddress', '192.0.2.1', value('192.0.2.1')],
  ['list<string>', 'DE\n\n AT \r\n', value(['DE', 'AT'])],
  ['list<int>', '1\n2', value([1, 2])],
  ['list<int>', '1\nx', wrong],
  ['list<any>', '["a", 1]', value(['a', 1])],
  ['map<int>', '{"a": 1}', value({ a: 1 })],
  ['map<int>', '{a: 1}', wrong],
  ['any', 'x', wrong],
])('of the type %s, %j is %j', (type, text, read) => {
  expect(readValue(type, text)).toEqual(read);
});
