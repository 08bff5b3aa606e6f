/** Host and port out of a URL, as a socket wants them. */

/** URL keeps the brackets of an IPv6 address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/** URL knows no default port for mqtts. */
export const portOf = (url: URL, portDefault: number): number =>
  url.port === '' ? portDefault : Number(url.port)
