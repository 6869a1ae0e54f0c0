import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** Seconds between asking for unlocked stake and having it. Locks protect commitments by themselves; this is for observers. */
export const UNSTAKE_DELAY_SECONDS = 86_400;

/** How many contracts the vault follows, so that its successors' addresses can be computed before any of them exists: see `addressesOf`. */
export const CONTRACTS_BEFORE_VAULT = 3;

/**
 * The protocol for one ERC-20. Vault, game and hub know each other from birth: the first is told the addresses that the others will have, and the hub's
 * constructor proves that they have them.
 */
export default buildModule("Assay", (m) => {
  const token = m.getParameter<string>("token");
  const referee = m.contract("Referee");
  const registry = m.contract("ModelRegistry");
  const profiles = m.contract("Profiles");
  const futureHub = m.getParameter<string>("hub");
  const futureGame = m.getParameter<string>("game");
  const vault = m.contract("StakeVault", [token, futureHub, futureGame, UNSTAKE_DELAY_SECONDS], {
    after: [referee, registry, profiles],
  });
  const game = m.contract("DisputeGame", [futureHub, vault, referee]);
  const hub = m.contract("InferenceHub", [vault, game, registry, profiles]);
  const delivery = m.contract("ResultDelivery", [hub]);
  const lens = m.contract("InferenceLens", [hub]);
  return { referee, registry, profiles, vault, game, hub, delivery, lens };
});
