// A receiver in a folder of its own, whose certificate a CA that is not Tillgate's has signed.
import { OtherCa } from '../pki/other-ca.js'
import { tempFolder } from '../ground/index.js'
import { HookReceiver } from './receiver.js'

export const startReceiver = async (name: string): Promise<HookReceiver> => {
  const ca = await OtherCa.make('A Receiver Root')
  const identity = { ...(await ca.server(['localhost'])), caPem: ca.pem }
  return HookReceiver.start({ folder: tempFolder(name), identity })
}
