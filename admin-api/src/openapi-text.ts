/** The OpenAPI document as text, without a node: routes are added, and no request is ever answered. */
import { buildApi } from './api.js'
import type { ApiServices } from './services.js'

export const openApiText = async (): Promise<string> => {
  const app = await buildApi({} as ApiServices)
  const document = app.swagger()
  await app.close()
  return JSON.stringify(document, null, 2)
}
