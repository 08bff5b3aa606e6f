/**
 * The key under which an address is counted. Whoever has one IPv6 address has all of its /64, so that
 * is what is counted; an IPv4 address in IPv6 form is the IPv4 address.
 */
import { isIPv6 } from 'node:net'

const networkGroups = 4

const groupsOf = (half: string): readonly string[] => (half === '' ? [] : half.split(':'))

export const addressKey = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  const [bare = ''] = address.split('%', 1)
  if (!isIPv6(bare)) return address
  const [head = '', tail] = bare.split('::')
  const first = groupsOf(head)
  const last = tail === undefined ? [] : groupsOf(tail)
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length
  const groups = [...first, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...last]
  return `${groups
    .slice(0, networkGroups)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`
}
