/**
 * What a started Tillgate prints on stdout: a small table with next steps for people, or one JSON
 * line for scripts. The only place where the first administrator's token appears.
 */
export interface Started {
  readonly apiUrl: string
  readonly ports: { readonly api: number; readonly mqtts: number; readonly wss: number }
  readonly dataFolder: string
  /** Only where it was made by this start. */
  readonly adminToken?: string
  /** As long as no person administers. */
  readonly adminActivation?: string
}

export const asJsonLine = (started: Started): string =>
  `${JSON.stringify({ ready: true, ...started })}\n`

const tokenLines = (token: string, apiUrl: string): readonly string[] => [
  '',
  `  first administrator's token, shown this once:`,
  '',
  `    ${token}`,
  '',
  '  next:',
  `    curl -k ${apiUrl}/ca.pem -o ca.pem`,
  `    curl --cacert ca.pem -H "Authorization: Bearer $TOKEN" ${apiUrl}/v1/terminals`,
]

const activationLines = (activation: string): readonly string[] => [
  '',
  '  activation text of the person `administrator`, shown this once, good for a day:',
  '',
  `    ${activation}`,
  '',
  '  with it: POST /v1/activations, then /v1/activations/confirm (admin-api/README.md, People)',
]

export const asTable = (started: Started): string => {
  const { apiUrl, ports, dataFolder, adminToken, adminActivation } = started
  return [
    '',
    '  Tillgate is ready.',
    '',
    `  API           ${apiUrl}/openapi.json`,
    `  MQTT over TLS port ${String(ports.mqtts)}`,
    `  MQTT over WSS port ${String(ports.wss)}`,
    `  data          ${dataFolder}`,
    ...(adminToken === undefined ? [] : tokenLines(adminToken, apiUrl)),
    ...(adminActivation === undefined ? [] : activationLines(adminActivation)),
    '',
    '',
  ].join('\n')
}
