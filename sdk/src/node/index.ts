/** `@assay/sdk/node`: what runs on Node only: configuration, keys, model directories, and the daemons. */

export { type PackedFiles, packModelDirectory } from "./car.ts";
export { type ArchivedFiles, ArchiveError, isCar, readCar } from "./car-reader.ts";
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
export type { Daemon } from "./daemon.ts";
export {
  challengerSettings,
  connectionSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "./daemon-settings.ts";
export {
  type EvidenceParts,
  packEvidence,
  type VerifiedEvidence,
  verifyEvidenceCar,
} from "./evidence-car.ts";
export { feeSettings } from "./fee-settings.ts";
export type { Answer, Inference, TracedAnswer, Turn } from "./inference.ts";
export {
  addressOf,
  decryptKey,
  decryptPrivateKey,
  encryptKey,
  type Keystore,
  KeystoreError,
  type KeystoreErrorCode,
  type KeystoreOptions,
} from "./keystore.ts";
export { changeKeystorePassword, readKeystore, readPassword, writeKeystore } from "./keystore-file.ts";
export { LeaseHeldError } from "./lease.ts";
export { type ModelAbout, ModelAboutError, readModelAbout } from "./model-about.ts";
export {
  type ModelDirectory,
  ModelDirectoryError,
  readModelDirectory,
  writeModelDirectory,
} from "./model-directory.ts";
export { ModelMissingError, ModelStore, type StoredModel } from "./model-store.ts";
export { NpyError, readNpy, writeNpy } from "./npy.ts";
export { openSigner } from "./open-signer.ts";
export { SignerNotNamedError } from "./owner.ts";
export { type AnswerReceipt, receiptSigner, receiptTypedData } from "./receipt.ts";
export { TransactionDroppedError } from "./relay.ts";
export { QuorumError } from "./rpc.ts";
export { makeVector, sampleInputs, type TestVector } from "./sample.ts";
export type { MonitorConfig, Service, ServiceOptions } from "./service.ts";
export { flagOf, type Setting, type Settings, type Values, variableOf } from "./setting.ts";
export { localSigner, type RemoteSignerOptions, remoteSigner, type Signer, SignerError } from "./signer.ts";
export { type ChallengerConfig, startChallenger, startMonitor } from "./start-challenger.ts";
export { type OperatorConfig, startOperator } from "./start-operator.ts";
export { statementCsv } from "./statement/csv.ts";
export { EventMissingError, StatementMismatchError } from "./statement/errors.ts";
export {
  type ExposedCommitment,
  type Exposure,
  type GetExposureParameters,
  getExposure,
} from "./statement/exposure.ts";
export type { Holdings, Movement, MovementKind, Subject } from "./statement/movements.ts";
export {
  type GetStatementParameters,
  getStatement,
  type Statement,
  type StatementEntry,
} from "./statement/statement.ts";
