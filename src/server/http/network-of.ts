import { parseIpAddress } from '../../model/ip-address.ts';

/**
 * The network that an address belongs to, as far as one client has it for itself: of IPv6 everybody has 2^64 addresses or more,
 * so all of those are one. An IPv4 address stands for itself, however it is written.
 */
export function networkOf(address: string): string {
  const parsed = parseIpAddress(address);
  if (parsed === undefined) return address;
  const { family, bits } = parsed;
  return family === 4 ? `IPv4 ${bits.toString(16)}` : `IPv6 ${(bits >> 64n).toString(16)}`;
}
