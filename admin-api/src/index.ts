/** The public door of the API: to build it over any services, with or without a port. */
export { buildApi, type Api, type ApiOptions } from './api.js'
export { openApiServer, type ApiServer, type ServerOptionsOfApi } from './server.js'
export type { ApiServices } from './services.js'
export { routeAccess, scopeNames, scopes, type Access, type Scope } from './auth/scopes.js'
export { hashTokenText, makeTokenText } from './auth/token-text.js'
export { readConfig, ConfigError, type Config, type Environment } from './start/config.js'
export { run, type Running } from './start/run.js'
