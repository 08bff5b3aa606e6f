/**
 * A text of somebody else's without what may be an account's number in it: a registry that says no may repeat
 * what it was told. Eight digits and more count, whatever people put between their groups.
 */
import { maskAccount } from './mask-account.js'

const runs = /\d(?:[\s-]{0,2}\d){7,}/gu

export const withoutAccounts = (text: string): string =>
  text.normalize('NFKC').replaceAll(runs, maskAccount)
