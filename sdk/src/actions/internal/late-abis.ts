/** ABIs that are loaded when they are used, so that an application that only reads results does not have to load them. */

export async function loadDisputeGameAbi() {
  return (await import("../../abis/generated/DisputeGame.ts")).disputeGameAbi;
}

export async function loadStakeVaultAbi() {
  return (await import("../../abis/generated/StakeVault.ts")).stakeVaultAbi;
}

export async function loadResultDeliveryAbi() {
  return (await import("../../abis/generated/ResultDelivery.ts")).resultDeliveryAbi;
}

export async function loadInferenceLensAbi() {
  return (await import("../../abis/generated/InferenceLens.ts")).inferenceLensAbi;
}

export async function loadProfilesAbi() {
  return (await import("../../abis/generated/Profiles.ts")).profilesAbi;
}
