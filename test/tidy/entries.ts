// The files where programs and packages begin. Only these (and what lies in a folder named `cli`) may
// speak to the process and to the console; every other source must be reachable from one of them.

/** A package's public door. */
export const doors = [
  'protocol/src/index.ts',
  'protocol/node/index.ts',
  'gateway/src/index.ts',
  'device-sim/src/index.ts',
  'admin-api/src/index.ts',
]

/** Programs: a main, a CLI, a worker's first file. */
export const programs = [
  'gateway/src/adapters/records/sqlite/writer-worker.ts',
  'gateway/src/adapters/records/sqlite/reader-worker.ts',
  'device-sim/src/host/main.ts',
  'device-sim/src/cli.ts',
  'admin-api/src/main.ts',
  'admin-api/src/cli.ts',
  'test/demo/main.ts',
  'test/cluster/main.ts',
  'test/bench/main.ts',
  'test/bench/gateway/program.ts',
  'test/bench/terminal/program.ts',
  'test/bench/echo/server-program.ts',
  'test/bench/echo/peers-program.ts',
  'test/simulation/main.ts',
  'test/vitest.config.ts',
  'test/ground/setup.ts',
  'test/ground/postgres-shared.ts',
]

export const isProgram = (path: string): boolean =>
  programs.includes(path) ||
  /\/cli\//.test(path) ||
  /^(test\/(scripts|demo|cluster|bench)\/|[^/]+\/bin\/)/.test(path)
