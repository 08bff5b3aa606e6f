/** Enrolment without the HTTP in between: a certificate from the node's own service. */
import { csrToPem, nodeCrypto } from '@tillgate/device-sim'
import type { Flash, FlashChange } from '@tillgate/device-sim'
import type { Enrolled, NodeServices } from '@tillgate/gateway'

export const registerTerminal = async (
  { records, clock }: NodeServices,
  sn: string,
): Promise<number> => {
  const about = { actor: 'e2e', atMs: clock.now() }
  const made = { sn, vendor: 'SIM', model: 'SIM-P1', tusn: null, assetEpoch: 1, ...about }
  const registered = await records.submit('register-terminal', made)
  if (!registered.ok) throw new Error(`${sn}: ${registered.code}`)
  const terminal = await records.read('terminal-by-sn', { sn })
  return terminal!.id
}

export const certificateFor = async (
  { enrolment, clock }: NodeServices,
  sn: string,
  csr: Uint8Array,
): Promise<Enrolled> => {
  const nowMs = clock.now()
  const made = await enrolment.createToken({ sn, reenrol: false, actor: 'e2e', nowMs })
  if (!made.ok || made.token === undefined) throw new Error(`${sn}: no token`)
  const answer = await enrolment.enrol({ csrPem: csrToPem(csr), token: made.token, nowMs })
  if (!answer.ok) throw new Error(`${sn}: ${answer.code}`)
  return answer
}

const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

/** Into a manufactured flash: what `enrol` of the simulator keeps of the answer. */
export const enrolFlash = async (
  services: NodeServices,
  sn: string,
  flash: Flash,
): Promise<Enrolled> => {
  const { identity, csr } = nodeCrypto.makeIdentity(flash.read(), sn, 'ES256')
  const answer = await certificateFor(services, sn, csr)
  const { certificatePem: certificate, chainPem: chain, clientId, endpoint } = answer
  const { serverCaPem: serverCa } = answer
  const offlineRoot = bytes(answer.offlineRoot)
  const changes: readonly FlashChange[] = [
    { cell: 'identity', value: identity },
    { cell: 'certificate', value: { certificate, chain } },
    { cell: 'enrolment', value: { clientId, offlineRoot, serverCa, ...endpoint } },
    { cell: 'signerList', value: { version: 1, envelope: bytes(answer.signerList) } },
    {
      area: 'slots',
      id: 'IDENTITY',
      value: {
        purpose: 'IDENTITY',
        version: 1,
        state: 'ACTIVE',
        kcv: undefined,
        algorithm: 'EC',
        sealed: undefined,
      },
    },
  ]
  flash.write(changes)
  await new Promise<void>((resolve, reject) =>
    flash.sync((failure) => (failure === undefined ? resolve() : reject(failure))),
  )
  return answer
}
