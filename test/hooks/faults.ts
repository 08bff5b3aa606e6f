// How a receiver misbehaves, one delivery each; put in a row with `receiver.next(…)`.

export type Fault =
  /** Answers this and does nothing. */
  | {
      readonly does: 'answer'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }
  /** Takes the connection and says nothing, ever. */
  | { readonly does: 'hang' }
  /** Does what it is told, and is slow to say so. */
  | { readonly does: 'slow'; readonly ms: number }
  /** Does what it is told; the answer is lost on its way. */
  | { readonly does: 'lose-answer' }
  /** The network delivers the same request a second time, byte by byte. */
  | { readonly does: 'deliver-twice' }

export const answersStatus = (status: number, headers: Record<string, string> = {}): Fault => ({
  ...{ does: 'answer', status, headers, body: '{"error":"told to"}' },
})

export const hangs: Fault = { does: 'hang' }
export const losesItsAnswer: Fault = { does: 'lose-answer' }
export const isDeliveredTwice: Fault = { does: 'deliver-twice' }
export const isSlow = (ms: number): Fault => ({ does: 'slow', ms })

export const redirectsTo = (location: string): Fault => answersStatus(307, { location })

/** A yes of somebody else's: a proxy's page, or a service that says OK to everything. */
export const answersBody = (body: string): Fault => ({ does: 'answer', status: 200, body })
export const answersAHugeBody: Fault = answersBody(`{"id":"${'x'.repeat(200_000)}"}`)
