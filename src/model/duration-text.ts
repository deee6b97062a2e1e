const nanosPerUnit: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);

/** Nanoseconds of a duration in Go's syntax (`1h30m`, `-1.5s`), or undefined when it is malformed. */
export function parseDurationText(text: string): bigint | undefined {
  const match = /^([+-]?)((?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+)$/.exec(text);
  if (match === null) return text === '0' ? 0n : undefined;
  let total = 0n;
  for (const [, whole = '', fraction = '', unit = ''] of (match[2] ?? '').matchAll(/(\d+)(?:\.(\d+))?([a-zµ]+)/g)) {
    const nanos = nanosPerUnit.get(unit);
    if (nanos === undefined) return undefined;
    total += BigInt(whole) * nanos + fractionOf(fraction, nanos);
  }
  return match[1] === '-' ? -total : total;
}

function fractionOf(digits: string, nanos: bigint): bigint {
  if (digits === '') return 0n;
  const used = digits.slice(0, 18);
  return (BigInt(used) * nanos) / 10n ** BigInt(used.length);
}
