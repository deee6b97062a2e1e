import { isIP } from 'node:net';

import { IpAddress } from './expression/values.ts';

/** An address, or undefined where the text is none; IPv4 addresses that are mapped into IPv6 are IPv4 addresses. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const percent = text.indexOf('%');
  const [spelled, zone] = percent < 0 ? [text, ''] : [text.slice(0, percent), text.slice(percent + 1)];
  const family = isIP(spelled);
  if (family === 4) return percent < 0 ? new IpAddress(4, bitsOfIpv4(spelled)) : undefined;
  if (family !== 6 || (percent >= 0 && zone === '')) return undefined;
  const bits = bitsOfIpv6(spelled);
  return bits >> 32n === 0xffffn ? new IpAddress(4, bits & 0xffff_ffffn) : new IpAddress(6, bits, zone);
}

function bitsOfIpv4(text: string): bigint {
  return text.split('.').reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

/** Eight groups, of which `::` stands for as many zeros as are left, and the last two may be written as an IPv4 address. */
function bitsOfIpv6(text: string): bigint {
  const plain = text.replace(/\d+\.\d+\.\d+\.\d+$/, (ipv4) => {
    const bits = bitsOfIpv4(ipv4);
    return `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
  });
  const [head = [], tail] = plain.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const groups = tail === undefined ? head : [...head, ...Array(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
}

/** Whether an address lies in `10.0.0.0/8` or `2001:db8::/32`; undefined when the range is malformed. */
export function isInCidr(address: IpAddress, range: string): boolean | undefined {
  const [, text = '', length = ''] = /^([^/%]+)\/(0|[1-9]\d{0,2})$/.exec(range) ?? [];
  const base = parseIpAddress(text);
  if (base === undefined) return undefined;
  // A range of IPv4-mapped addresses is one of IPv4 addresses, as the addresses themselves are.
  const prefixLength = Number(length) - (isIP(text) === base.family ? 0 : 96);
  const width = base.family === 4 ? 32 : 128;
  if (prefixLength < 0 || prefixLength > width) return undefined;
  if (address.family !== base.family || address.zone !== '') return false;
  const rest = BigInt(width - prefixLength);
  return address.bits >> rest === base.bits >> rest;
}
