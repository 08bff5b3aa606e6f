// Unlock: the terminal sells again, if it is bound. Done again, it is done.

export interface UnlockPayload {
  readonly type: 'Unlock'
}

export interface UnlockResult {
  readonly type: 'Unlock'
}

export const readUnlock = (): UnlockPayload => ({ type: 'Unlock' })
