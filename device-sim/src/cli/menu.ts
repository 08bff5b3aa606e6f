/**
 * The terminal's menu, a line at a time: `unbind` without a network, `cancel`, and the frames of an
 * answer in any order. A frame of another set begins anew; the last one missing lets the terminal read.
 */
import { missingFrames, readFrame, type Frame } from '@tillgate/protocol'
import type { RunningTerminal } from '../runner/run-terminal.js'

export type MenuTerminal = Pick<RunningTerminal, 'unbindOffline' | 'cancelOffline' | 'readAnswer'>

/** What came of a line; `missing` counts the frames of the set that are still to come. */
export type MenuAnswer =
  | { readonly ok: true; readonly did: 'unbind' | 'cancel' | 'read' | 'nothing' }
  | { readonly ok: true; readonly did: 'frame'; readonly missing: readonly number[] }
  | { readonly ok: false; readonly rule: string }

const unknown = 'must be unbind, cancel, or a frame that begins with TG1:'

export const createMenu = (terminal: MenuTerminal): ((line: string) => MenuAnswer) => {
  let read: { readonly frame: Frame; readonly text: string }[] = []

  const takeFrame = (text: string): MenuAnswer => {
    const parsed = readFrame(text)
    if (!parsed.ok) return { ok: false, rule: parsed.rule }
    const frame = parsed.value
    const isOther = ({ frame: { set, count } }: { readonly frame: Frame }): boolean =>
      set !== frame.set || count !== frame.count
    if (read.some(isOther)) read = []
    read = [...read.filter((one) => one.frame.index !== frame.index), { frame, text }]
    const missing = missingFrames(read.map((one) => one.frame))
    if (missing.length > 0) return { ok: true, did: 'frame', missing }
    terminal.readAnswer(read.map((one) => one.text))
    read = []
    return { ok: true, did: 'read' }
  }

  return (line) => {
    const text = line.trim()
    switch (text.toLowerCase()) {
      case '':
        return { ok: true, did: 'nothing' }
      case 'unbind':
        terminal.unbindOffline()
        return { ok: true, did: 'unbind' }
      case 'cancel':
        terminal.cancelOffline()
        return { ok: true, did: 'cancel' }
      default:
        return /^tg1:/i.test(text) ? takeFrame(text) : { ok: false, rule: unknown }
    }
  }
}
