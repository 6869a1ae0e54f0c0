import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** All of the local token belongs to its deployer: a billion, of 18 decimals. */
export const LOCAL_SUPPLY = 10n ** 27n;

/** A token for chains that have none. */
export default buildModule("LocalToken", (m) => ({
  token: m.contract("AssayToken", [m.getAccount(0), LOCAL_SUPPLY]),
}));
