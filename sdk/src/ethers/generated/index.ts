// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

export type { AssayToken } from './AssayToken.ts';
export type { DigitReader } from './DigitReader.ts';
export type { DisputeGame } from './DisputeGame.ts';
export type { GatedAgent } from './GatedAgent.ts';
export type { InferenceHub } from './InferenceHub.ts';
export type { InferenceLens } from './InferenceLens.ts';
export type { ModelRegistry } from './ModelRegistry.ts';
export type { Profiles } from './Profiles.ts';
export type { Referee } from './Referee.ts';
export type { ResultDelivery } from './ResultDelivery.ts';
export type { StakeVault } from './StakeVault.ts';
export type { VerdictEscrow } from './VerdictEscrow.ts';
export * as factories from './factories/index.ts';
export { AssayToken__factory } from './factories/AssayToken__factory.ts';
export { DigitReader__factory } from './factories/DigitReader__factory.ts';
export { DisputeGame__factory } from './factories/DisputeGame__factory.ts';
export { GatedAgent__factory } from './factories/GatedAgent__factory.ts';
export { InferenceHub__factory } from './factories/InferenceHub__factory.ts';
export { InferenceLens__factory } from './factories/InferenceLens__factory.ts';
export { ModelRegistry__factory } from './factories/ModelRegistry__factory.ts';
export { Profiles__factory } from './factories/Profiles__factory.ts';
export { Referee__factory } from './factories/Referee__factory.ts';
export { ResultDelivery__factory } from './factories/ResultDelivery__factory.ts';
export { StakeVault__factory } from './factories/StakeVault__factory.ts';
export { VerdictEscrow__factory } from './factories/VerdictEscrow__factory.ts';
