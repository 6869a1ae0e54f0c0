/** Which addresses are somebody's on the internet: a stranger's URI must not make a daemon ask what only its own network can reach. */

import { BlockList, isIPv4, isIPv6 } from "node:net";

const V4_RESERVED = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;

/** Within 2000::/3, the only part of IPv6 that is in use. Tunnels could lead to any IPv4 address, and nobody needs them. */
const V6_RESERVED = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const v4Reserved = new BlockList();
for (const [net, prefix] of V4_RESERVED) v4Reserved.addSubnet(net, prefix, "ipv4");
const v6Reserved = new BlockList();
for (const [net, prefix] of V6_RESERVED) v6Reserved.addSubnet(net, prefix, "ipv6");
const v6Used = new BlockList();
v6Used.addSubnet("2000::", 3, "ipv6");

/** Whether an IP address, as text without brackets, is a public one. Text that is no address is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !v4Reserved.check(address, "ipv4");
  // A zone names an interface of this computer.
  if (!isIPv6(address) || address.includes("%")) return false;
  return v6Used.check(address, "ipv6") && !v6Reserved.check(address, "ipv6");
}
