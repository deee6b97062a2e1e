import { describe, expect, test } from 'vitest';
import { limits } from '../../src/model/limits.ts';
import { Callers } from '../../src/operations/callers.ts';

const allowances = { usual: 2000, service: 20_000 };

/** Callers at a clock that the test turns. */
function callersAt() {
  let now = 0;
  return { callers: new Callers(allowances, () => now), pass: (seconds: number) => (now += seconds * 1000) };
}

describe('a caller', () => {
  test('has ten seconds of its allowance at once, and then what comes back', () => {
    const { callers, pass } = callersAt();
    expect(callers.of('ann').take(20_000)).toBe(0);
    expect(callers.of('ann').take(1000)).toBe(1);
    pass(0.5);
    expect(callers.of('ann').take(1000)).toBe(0);
    expect(callers.of('ann').take(5000)).toBe(3);
    pass(3);
    expect(callers.of('ann').take(5000)).toBe(0);
  });

  test('is nobody else', () => {
    const { callers } = callersAt();
    expect(callers.of('ann').take(20_000)).toBe(0);
    expect(callers.of('bob').take(20_000)).toBe(0);
  });

  test('owes what its questions turn out to take, and is answered again when it has paid', () => {
    const { callers, pass } = callersAt();
    callers.of('ann').payer.charge(2_500_000);
    expect(callers.of('ann').take(100)).toBeGreaterThan(10);
    pass(16);
    expect(callers.of('ann').take(100)).toBe(0);
  });

  test('can always send the largest request after a while, whatever its allowance is', () => {
    const callers = new Callers({ usual: 100, service: 100 });
    expect(callers.of('ann').take(limits.requestPoints.most)).toBe(0);
  });

  test('has the allowance of a service for a minute after it has shown that it is one', () => {
    const { callers, pass } = callersAt();
    callers.of('service').recognise();
    expect(callers.of('service').take(200_000)).toBe(0);
    pass(61);
    expect(callers.of('service').kind).toBe('usual');
    expect(callers.of('service').take(20_000)).toBe(0);
    expect(callers.of('service').take(1)).toBe(1);
  });

  test('has one allowance at all who tell each other what was used up, and is a service for all of them', () => {
    const [here, there] = [callersAt().callers, callersAt().callers];
    let told = 0;
    here.keepUse(() => told++);
    here.of('ann').take(15_000);
    here.of('ann').payer.charge(250_000);
    here.from('here').take(20_000);
    here.of('service').recognise();
    expect(told).toBe(1);
    there.hearOf(here.takeUse());
    expect(there.of('ann').take(1)).toBe(1);
    expect(there.from('here').take(1)).toBe(1);
    expect(there.of('service').kind).toBe('service');
    expect(there.of('bob').take(20_000)).toBe(0);
    expect(here.takeUse()).toEqual([]);
    here.of('bob').take(1);
    expect(told).toBe(2);
  });

  test('is not forgotten because of many strangers, who are forgotten because of each other', () => {
    const { callers } = callersAt();
    callers.of('ann').take(20_000);
    callers.from('here').take(20_000);
    for (let n = 1; n <= limits.rememberedCallers.most; n++) callers.from(`${n}`);
    expect([callers.of('ann').take(1), callers.from('here').take(1)]).toEqual([1, 0]);
  });

  test('is forgotten only when very many others have come since', () => {
    const { callers } = callersAt();
    callers.of('ann').take(20_000);
    for (let n = 1; n < limits.rememberedCallers.most; n++) callers.of(`user:${n}`);
    expect(callers.of('ann').take(1)).toBe(1);
    for (let n = 1; n <= limits.rememberedCallers.most; n++) callers.of(`user:${n}`);
    expect(callers.of('ann').take(1)).toBe(0);
  });
});
