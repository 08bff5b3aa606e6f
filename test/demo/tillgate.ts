/** The Tillgate of a demo, whatever it consists of: one process, or several nodes with what they share. */
import type { Progress } from './progress.js'

export interface Ports {
  readonly api: number
  readonly mqtts: number
  readonly wss: number
}

export interface HostAccess {
  readonly url: string
  readonly token: string
  readonly caFile: string
}

export interface Tillgate {
  /** Where terminals and people reach it. */
  readonly ports: Ports
  readonly adminToken: string
  /** SIGKILLs of a gateway. */
  readonly kills: number
  /** What goes wrong in the middle. Resolves when all of it runs again. */
  misfortune(progress: Progress): Promise<void>
  stop(): Promise<void>
}

/** Started on an empty folder; `environment` is for what has one. */
export type StartTillgate = (
  folder: string,
  host: HostAccess,
  environment: Readonly<Record<string, string>>,
) => Promise<Tillgate>
