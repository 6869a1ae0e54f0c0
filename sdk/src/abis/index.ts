// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

export { assayTokenAbi } from "./generated/whole/AssayToken.ts";
export { digitReaderAbi } from "./generated/whole/DigitReader.ts";
export { disputeGameAbi } from "./generated/whole/DisputeGame.ts";
export { inferenceHubAbi } from "./generated/whole/InferenceHub.ts";
export { modelRegistryAbi } from "./generated/whole/ModelRegistry.ts";
export { profilesAbi } from "./generated/whole/Profiles.ts";
export { refereeAbi } from "./generated/whole/Referee.ts";
export { stakeVaultAbi } from "./generated/whole/StakeVault.ts";
export { enums } from "./generated/enums.ts";
