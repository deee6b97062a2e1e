import { expect, test } from 'vitest';
import { csvRow } from '../../src/base/csv-row.ts';

test.each<readonly [readonly string[], string]>([
  [['a', 'b'], 'a,b'],
  [['', ''], ','],
  [['a,b', 'c"d', 'e\nf', 'g\r\nh', ' i '], '"a,b","c""d","e\nf","g\r\nh", i '],
  [['=1+1', '+1', '-1', '@x'], "'=1+1,'+1,'-1,'@x"],
  [['\tx', '\rx'], '\'\tx,"\'\rx"'],
  [['=a,"b"'], '"\'=a,""b"""'],
  [['a=1', 'a-b', "'quoted'"], "a=1,a-b,'quoted'"],
])('%j', (cells, line) => {
  expect(csvRow(cells)).toBe(`${line}\r\n`);
});
