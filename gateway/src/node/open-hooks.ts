/** The acquirer's systems behind signed hooks, where they are configured; recorders where they are not. */
import { createHook, type Hook, type HookTarget } from '../adapters/hooks/hook.js'
import { createNoticesHook } from '../adapters/hooks/notices-hook.js'
import type { RegistryCodes } from '../adapters/hooks/registry-codes.js'
import { createRegistryHook } from '../adapters/hooks/registry-hook.js'
import { createRecorderNotices } from '../adapters/notices/recorder-notices.js'
import { createRecorderRegistry } from '../adapters/registry/recorder-registry.js'
import type { Notices } from '../core/ports/notices.js'
import type { Registry } from '../core/ports/registry.js'
import type { Machine } from './machine.js'
import type { Opened } from './opened.js'
import { HookWatch } from './watched-hooks.js'

export interface HookConfig {
  /** `https:`. */
  readonly url: string
  /** One, or two while it changes: the new one first. */
  readonly secrets: readonly string[]
  readonly caPem?: string
}

export interface RegistryConfig extends HookConfig {
  /** Without them registry and Tillgate speak in words. */
  readonly codes?: RegistryCodes
}

export class Hooks {
  readonly watch = new HookWatch()
  readonly #machine: Machine
  readonly #opened: Opened

  constructor(machine: Machine, opened: Opened) {
    this.#machine = machine
    this.#opened = opened
  }

  open(target: HookTarget, config: HookConfig): Hook {
    const heard = this.watch.of(target)
    const hook = createHook({ ...this.#machine, ...config, target, heard })
    this.watch.add(target, hook)
    this.#opened.add(() => hook.close())
    return hook
  }

  registry(config: RegistryConfig | undefined): Registry {
    if (config === undefined) return createRecorderRegistry()
    const { codes, ...hook } = config
    return createRegistryHook(this.open('registry', hook), codes)
  }

  notices(config: HookConfig | undefined): Notices {
    if (config === undefined) return createRecorderNotices()
    return createNoticesHook(this.open('notices', config))
  }
}
