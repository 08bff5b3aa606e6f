/** A look into a flash file from outside, for a demo or an auditor; never writes, never cuts. */
import { loadFlash } from './file-flash.js'
import type { FlashImage } from './image.js'

export const readFlash = (path: string): FlashImage => loadFlash(path).image
