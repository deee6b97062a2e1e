import { expect, test } from 'vitest';
import { csvText } from '../../console/src/ask/csv.ts';
import { reviewCsv } from '../../console/src/ask/review-file.ts';
import { csvRow } from '../../src/base/csv-row.ts';

test.each<readonly [string, string]>([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['＝1', "'＝1"],
  ["=cmd|'/c calc'!A1,\"", '"\'=cmd|\'/c calc\'!A1,"""'],
  ['a=b', 'a=b'],
  [' =1', "' =1"],
  ['|1', "'|1"],
  ['!1', "'!1"],
  ['\n=1', '"\'\n\'=1"'],
  ["show:x;=cmd|'/ccalc'!A1;", "show:x;'=cmd|'/ccalc'!A1;"],
  ['x; +1;@a;b', "x; '+1;'@a;b"],
  ['x\t-1', "x\t'-1"],
  ['x;"=1', '"x;""\'=1"'],
  ['x;＝1', "x;'＝1"],
  ['two\r\n=1', '"two\r\n\'=1"'],
  ["x;'=1", "x;'=1"],
  ['a;b\tc', 'a;b\tc'],
  ['user:=x', 'user:=x'],
])('%j is written as %j, by the console and by the access report', (cell, written) => {
  expect(csvText([[cell, 'x']])).toBe(`${written},x\r\n`);
  expect(csvRow([cell, 'x'])).toBe(`${written},x\r\n`);
});

test.each([true, false])('a review says in its first line whether it is complete: %s', (isComplete) => {
  const entry = {
    ...{ object: 'show:1', role: 'editor', subject: 'user:=x', via: [], grantedAt: 't', grantedBy: null },
    ...{ startsAt: null, expiresAt: null, conditions: [], isEffective: true, ineffectiveReason: null, error: null },
  };
  const file = { object: 'show:1', isContained: true, filter: '', caller: 'user:a', at: 'now' };
  const text = reviewCsv({ ...file, entries: [entry], isComplete, decisionOf: () => 'keep' });
  const [about = '', header = '', row = ''] = text.split('\r\n');
  expect(about).toContain(isComplete ? ',complete,' : ',NOT COMPLETE,');
  expect(row).toBe('show:1,editor,user:=x,yes,t,console,,,,,keep');
  expect(new Set([about, header, row].map((line) => line.split(',').length)).size).toBe(1);
});
