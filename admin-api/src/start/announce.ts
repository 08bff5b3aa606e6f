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

export const asTable = ({ apiUrl, ports, dataFolder, adminToken }: Started): string =>
  [
    '',
    '  Tillgate is ready.',
    '',
    `  API           ${apiUrl}/openapi.json`,
    `  MQTT over TLS port ${String(ports.mqtts)}`,
    `  MQTT over WSS port ${String(ports.wss)}`,
    `  data          ${dataFolder}`,
    ...(adminToken === undefined ? [] : tokenLines(adminToken, apiUrl)),
    '',
    '',
  ].join('\n')
