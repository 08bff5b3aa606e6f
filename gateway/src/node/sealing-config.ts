/** Where a node's sealing keys come from, as the PKI wants to be told. */
import type { SealingConfig } from '../pki/index.js'
import type { NodeConfig } from './config.js'

export const sealingConfigOf = (config: NodeConfig): SealingConfig => {
  const { dataFolder, sealingKey, sealingKeyFile, sealingKeysOldFile, sealingKeyNextFile } = config
  return {
    dataFolder,
    ...(sealingKey === undefined ? {} : { value: sealingKey }),
    ...(sealingKeyFile === undefined ? {} : { file: sealingKeyFile }),
    ...(sealingKeysOldFile === undefined ? {} : { oldFile: sealingKeysOldFile }),
    ...(sealingKeyNextFile === undefined ? {} : { nextFile: sealingKeyNextFile }),
  }
}
