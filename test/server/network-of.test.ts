import { expect, test } from 'vitest';
import { networkOf } from '../../src/server/http/network-of.ts';

test.each([
  ['all addresses of one IPv6 network', '2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', true],
  ['addresses of two IPv6 networks', '2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['an IPv4 address, also where IPv6 carries it', '192.0.2.1', '::ffff:192.0.2.1', true],
  ['two IPv4 addresses', '192.0.2.1', '192.0.2.2', false],
  ['an IPv4 address and an IPv6 network of the same number', '0.0.0.1', '0:0:0:1::', false],
  ['an address with a zone and one without', 'fe80::1%eth0', 'fe80::2', true],
])('%s: %s and %s, one caller: %s', (_what, one, other, isOne) => {
  expect(networkOf(one) === networkOf(other)).toBe(isOne);
});
