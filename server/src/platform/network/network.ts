import { isIPv6 } from 'node:net'

/** Whom an IP address stands for: itself, or of IPv6 the /64, which is what one household or server is given. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const groups = head.split(':').filter(Boolean)
  const ending = tail?.split(':').filter(Boolean) ?? []
  const width = ending.reduce((sum, group) => sum + (group.includes('.') ? 2 : 1), 0)
  const whole = [...groups, ...Array<string>(Math.max(0, 8 - groups.length - width)).fill('0'), ...ending]
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
