// Written by scripts/generate/typechain.ts: do not edit, run `npm run generate`.

export { AssayToken__factory } from './AssayToken__factory.ts';
export { DigitReader__factory } from './DigitReader__factory.ts';
export { DisputeGame__factory } from './DisputeGame__factory.ts';
export { GatedAgent__factory } from './GatedAgent__factory.ts';
export { InferenceHub__factory } from './InferenceHub__factory.ts';
export { InferenceLens__factory } from './InferenceLens__factory.ts';
export { ModelRegistry__factory } from './ModelRegistry__factory.ts';
export { Profiles__factory } from './Profiles__factory.ts';
export { Referee__factory } from './Referee__factory.ts';
export { ResultDelivery__factory } from './ResultDelivery__factory.ts';
export { StakeVault__factory } from './StakeVault__factory.ts';
export { VerdictEscrow__factory } from './VerdictEscrow__factory.ts';
