import { Op } from "../../sdk/src/machine/opcodes.ts";
import { campaignDigest } from "../../test/support/operation-campaign.ts";
import { OP_NAMES, oracle } from "../../test/support/wasm-oracle.ts";
import { type Generator, header, textFile } from "./generator.ts";

/** Digests of a million results per operation, computed by the host's WebAssembly, for the same campaign in the EVM. */
export const digests: Generator = {
  name: "digests",
  generate: async () => [textFile("test/contracts/machine/OperationDigests.sol", operationDigests())],
};

function operationDigests(): string {
  const cases = OP_NAMES.map((name) => {
    const digest = campaignDigest(Op[name], (a, b, c) => oracle(name, a, b, c));
    const code = Op[name].toString(16).padStart(2, "0");
    return `        if (op == 0x${code}) return 0x${digest.toString(16).padStart(16, "0")}; // ${name}\n`;
  });
  return `${header("digests")}// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title What the campaigns over operations must come to
library OperationDigests {
    /// @notice The digest of all results of one operation.
    /// @param op Its code.
    /// @return The digest; 0 for codes without an operation.
    function expected(uint256 op) internal pure returns (uint256) {
${cases.join("")}        return 0;
    }
}
`;
}
