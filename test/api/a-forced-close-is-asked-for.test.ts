// POST /v1/unbind-cases/{id}/force: what is asked, of whom, and what is refused before anybody votes.
import { expect, test } from 'vitest'
import { fieldsOf, openBench, type Bench } from './bench.js'
import { openCaseOf } from './a-terminal-that-serves.js'
import { letIn } from './a-person.js'

/** A terminal that serves, and a case about it. */
const openCase = async (bench: Bench): Promise<string> => (await openCaseOf(bench, 'LOST')).id

const force = (bench: Bench, id: string, over = {}, token = bench.admin) =>
  bench.call('POST', `/v1/unbind-cases/${id}/force`, {
    token,
    body: { reason: 'FORCE_DEVICE_LOST', why: 'left in a taxi', ...over },
  })

test('two persons are to decide on the case, its reason and its binding; nothing is closed yet', async () => {
  const bench = await openBench()
  const id = await openCase(bench)
  const shown = await bench.call('GET', `/v1/unbind-cases/${id}`)
  expect(shown.at('forced')).toBeNull()
  expect(shown.at('mayBeForced.0')).toEqual({
    code: 'FORCE_DEVICE_LOST',
    en: 'The terminal is lost or stolen',
    zh: '终端遗失、被盗',
    documents: [],
  })
  const asked = await force(bench, id, {}, await bench.token('approvals:write'))
  expect(asked.status).toBe(201)
  expect([asked.at('kind'), asked.at('approversNeeded')]).toEqual(['force-close', 2])
  expect(JSON.parse(String(asked.at('subject')))).toMatchObject({
    command: 'ForceClose',
    parameters: {
      ...{ case: id, reason: 'FORCE_DEVICE_LOST', document: null },
      withoutSettlement: true,
    },
    targets: [{ sn: 'SN-1', epoch: 1 }],
  })
  expect((await bench.call('GET', `/v1/unbind-cases/${id}`)).at('state')).toBe('OPENED')
})

test('what is not good now is refused with the field, before anybody votes', async () => {
  const bench = await openBench()
  const id = await openCase(bench)
  const silent = await force(bench, id, { reason: 'FORCE_SILENT_TIMEOUT' })
  expect([silent.status, silent.at('code')]).toEqual([409, 'ILLEGAL_STATE'])
  const paperless = await force(bench, id, { reason: 'FORCE_DEPOT_ERASED' })
  expect(fieldsOf(paperless)).toEqual(['documentId'])
  const documentId = '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'
  const foreign = await force(bench, id, { reason: 'FORCE_DEPOT_ERASED', documentId })
  expect(fieldsOf(foreign)).toEqual(['documentId'])
  expect(fieldsOf(await force(bench, id, { reason: 'LOST' }))).toEqual(['reason'])
  expect((await force(bench, documentId)).status).toBe(404)
  const listed = await bench.call('GET', '/v1/approvals')
  expect(listed.at('items')).toEqual([])
})

test('nothing is found on a terminal whose case is not closed by force', async () => {
  const bench = await openBench()
  const id = await openCase(bench)
  const { token } = await letIn(bench, 'wang.wei', 'maker')
  const documentId = '0192f0c1-7a3e-7b1c-9a55-3f1d2c4b5a69'
  const inspect = (over: object, of = id) =>
    bench.call('POST', `/v1/unbind-cases/${of}/inspection`, {
      token,
      body: { finding: 'erased', documentId, ...over },
    })
  expect((await inspect({})).at('code')).toBe('ILLEGAL_STATE')
  expect(fieldsOf(await inspect({ finding: 'lost' }))).toEqual(['finding'])
  expect(fieldsOf(await inspect({}, documentId))).toEqual(['id'])
})
