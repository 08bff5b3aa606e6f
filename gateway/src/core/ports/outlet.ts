/**
 * Where signed checkpoints go, so that somebody outside can hold the gateway to them. It rejects where the
 * checkpoint may not have arrived; then the newest is sent again. Sealing waits for none of it.
 */
export interface SentCheckpoint {
  /** Unique, rising. */
  readonly id: number
  readonly size: number
  /** The signed note (c2sp.org/tlog-checkpoint). */
  readonly note: string
  readonly atMs: number
}

export interface CheckpointOutlet {
  /** `file`, `syslog`, `webhook`. */
  readonly name: string
  send(checkpoint: SentCheckpoint): Promise<void>
  close(): Promise<void>
}
