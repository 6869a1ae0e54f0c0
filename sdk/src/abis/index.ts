// Written by scripts/generate/abis.ts: do not edit, run `npm run generate`.

export { assayTokenAbi } from "./generated/whole/AssayToken.ts";
export { digitReaderAbi } from "./generated/whole/DigitReader.ts";
export { disputeGameAbi } from "./generated/whole/DisputeGame.ts";
export { gatedAgentAbi } from "./generated/whole/GatedAgent.ts";
export { inferenceHubAbi } from "./generated/whole/InferenceHub.ts";
export { inferenceLensAbi } from "./generated/whole/InferenceLens.ts";
export { modelRegistryAbi } from "./generated/whole/ModelRegistry.ts";
export { profilesAbi } from "./generated/whole/Profiles.ts";
export { refereeAbi } from "./generated/whole/Referee.ts";
export { resultDeliveryAbi } from "./generated/whole/ResultDelivery.ts";
export { stakeVaultAbi } from "./generated/whole/StakeVault.ts";
export { verdictEscrowAbi } from "./generated/whole/VerdictEscrow.ts";
export { enums } from "./generated/enums.ts";
