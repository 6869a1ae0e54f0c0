/** `@assay/sdk/node`: what runs on Node only: configuration, keys, model directories, and the daemons. */

export { type PackedModel, packModelDirectory } from "./car.ts";
export {
  type Config,
  ConfigError,
  type ConfigSources,
  describeConfig,
  loadConfig,
  type Origin,
  required,
  SECTIONS,
  type Section,
} from "./config.ts";
export {
  challengerSettings,
  connectionSettings,
  feeSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "./daemon-settings.ts";
export {
  addressOf,
  decryptKey,
  decryptPrivateKey,
  encryptKey,
  type Keystore,
  KeystoreError,
  type KeystoreErrorCode,
  type KeystoreOptions,
  readKeystore,
  readPassword,
  writeKeystore,
} from "./keystore.ts";
export {
  type ModelDirectory,
  ModelDirectoryError,
  readModelDirectory,
  writeModelDirectory,
} from "./model-directory.ts";
export { NpyError, readNpy, writeNpy } from "./npy.ts";
export { flagOf, type Setting, type Settings, type Values, variableOf } from "./setting.ts";
