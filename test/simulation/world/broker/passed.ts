/** One message as a broker sees it: whose topic, which of its three, and bytes that it cannot read. */
export interface Passed {
  readonly sn: string
  readonly channel: 'up' | 'state' | 'down'
  readonly qos: 0 | 1
  readonly payload: Uint8Array
}
