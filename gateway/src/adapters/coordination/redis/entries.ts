/**
 * Notices as an inbox's entry holds them: `l12,m13:4`. What this version does not know is passed over,
 * so that nodes of two versions may share a Redis.
 */
import type { Notice } from '../../../core/ports/coordination.js'

const written = (notice: Notice): string =>
  notice.kind === 'lane'
    ? `l${String(notice.terminalId)}`
    : `m${String(notice.terminalId)}:${String(notice.fence)}`

export const entryOf = (notices: readonly Notice[]): string => notices.map(written).join(',')

const noticeIn = (text: string): Notice | undefined => {
  const [, kind, id, fence] = /^([lm])(\d{1,16})(?::(\d{1,16}))?$/.exec(text) ?? []
  if (id === undefined) return undefined
  const terminalId = Number(id)
  if (kind === 'l' && fence === undefined) return { kind: 'lane', terminalId }
  if (kind === 'm' && fence !== undefined)
    return { kind: 'moved', terminalId, fence: Number(fence) }
  return undefined
}

export const noticesIn = (entry: string): readonly Notice[] =>
  entry.split(',').flatMap((text) => noticeIn(text) ?? [])
