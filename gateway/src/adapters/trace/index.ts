/** Where spans go. */
export { openTelemetryTrace } from './opentelemetry/opentelemetry-trace.js'
