const nanosPerUnit: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

const part = String.raw`(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)`;
const whole = new RegExp(`^([+-]?)((?:${part})+)$`);
const parts = new RegExp(part, 'g');

/** Nanoseconds of a duration in Go's syntax (`1h30m`, `-1.5s`), or undefined when it is malformed or needs more than 64 bits. */
export function parseDurationText(text: string): bigint | undefined {
  if (/^[+-]?0$/.test(text)) return 0n;
  const match = whole.exec(text);
  if (match === null) return undefined;
  let total = 0n;
  for (const [, integer = '', fraction = '', unit = ''] of (match[2] ?? '').matchAll(parts)) {
    const nanos = nanosPerUnit.get(unit);
    if (nanos === undefined || integer + fraction === '') return undefined;
    total += BigInt(integer) * nanos + fractionOf(fraction, nanos);
  }
  const signed = match[1] === '-' ? -total : total;
  return BigInt.asIntN(64, signed) === signed ? signed : undefined;
}

/** Go computes it with doubles, from as many digits as 63 bits hold. */
function fractionOf(digits: string, nanos: bigint): bigint {
  let count = 0;
  let value = 0n;
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit);
    if (value > maxInt / 10n || next > maxInt + 1n) break;
    value = next;
    count += 1;
  }
  return BigInt(Math.trunc(Number(value) * (Number(nanos) / scaleOf(count))));
}

function scaleOf(count: number): number {
  let scale = 1;
  for (let index = 0; index < count; index += 1) scale *= 10;
  return scale;
}

const maxInt = 2n ** 63n - 1n;
