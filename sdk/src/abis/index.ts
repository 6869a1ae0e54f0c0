// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

export { assayTokenAbi } from "./generated/AssayToken.ts";
export { digitReaderAbi } from "./generated/DigitReader.ts";
export { disputeGameAbi } from "./generated/DisputeGame.ts";
export { inferenceHubAbi } from "./generated/InferenceHub.ts";
export { modelRegistryAbi } from "./generated/ModelRegistry.ts";
export { profilesAbi } from "./generated/Profiles.ts";
export { refereeAbi } from "./generated/Referee.ts";
export { stakeVaultAbi } from "./generated/StakeVault.ts";
export { enums } from "./generated/enums.ts";
