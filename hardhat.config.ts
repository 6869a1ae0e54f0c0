import { createRequire } from "node:module";
import hardhatToolboxMochaEthers from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

const require = createRequire(import.meta.url);

/** The compiler is an npm package, so that a build downloads nothing and everyone compiles with the same bytes. */
const compiler = { version: "0.8.37", path: require.resolve("solc/soljson.js") };

const settings = {
  optimizer: { enabled: true, runs: 1_000_000 },
  evmVersion: "cancun",
  metadata: { bytecodeHash: "none" },
};

export default defineConfig({
  plugins: [hardhatToolboxMochaEthers],
  solidity: {
    profiles: {
      default: { ...compiler, settings },
      production: { ...compiler, settings: { ...settings, viaIR: true } },
    },
  },
  paths: {
    sources: ["contracts", "test/contracts"],
    tests: { mocha: "test", solidity: "test" },
    ignition: "scripts/deploy",
  },
  typechain: { outDir: "types/ethers-contracts", tsNocheck: true },
  test: { mocha: { timeout: 600_000 } },
});
