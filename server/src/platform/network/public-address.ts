import { BlockList, isIPv6 } from 'node:net'

/**
 * What of IPv4 is not the public internet (IANA's registry of special addresses, RFC 6890 and its followers): this host,
 * private, shared by carriers, loopback, link-local, protocol assignments, documentation, 6to4 relays, benchmarks,
 * multicast, reserved and broadcast.
 */
const notPublic4 = addressList([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
])

/** Global unicast is all that has been given out of IPv6 (RFC 4291): mapped, NAT64, local and multicast addresses are outside. */
const unicast6 = addressList(['2000::/3'])

/** Of global unicast: protocol assignments with Teredo and ORCHID, documentation, and 6to4, which carries any IPv4 address. */
const notPublic6 = addressList(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** Whether an IP address belongs to the public internet, judged by its number and not by how it is written. */
export function isPublicAddress(address: string): boolean {
  const plain = unmapped(address)
  return isIPv6(plain) ? unicast6(plain) && !notPublic6(plain) : !notPublic4(plain)
}

/** A test for addresses inside any of these CIDRs; an IPv4 address mapped into IPv6 counts as itself. */
export function addressList(cidrs: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    list.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  return (address) => {
    const plain = unmapped(address)
    return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4')
  }
}

/** `::ffff:10.0.0.1` and `0:0:0:0:0:ffff:a00:1` alike are 10.0.0.1. */
function unmapped(address: string): string {
  if (!isIPv6(address)) return address
  const { hostname } = new URL(`http://[${address.replace(/%.*/, '')}]`)
  const [, high, low] = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(hostname) ?? []
  if (high === undefined || low === undefined) return hostname.slice(1, -1)
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return [a >> 8, a & 255, b >> 8, b & 255].join('.')
}
