import { createRequire } from "node:module";
import hardhatToolboxMochaEthers from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { defineConfig } from "hardhat/config";

const require = createRequire(import.meta.url);

/** The compiler is an npm package, so that a build downloads nothing and everyone compiles with the same bytes. */
const compiler = { version: "0.8.37", path: require.resolve("solc/soljson.js") };

const settings = {
  // The code is called far more often than deployed, and must fit the gas limit of one transaction.
  optimizer: { enabled: true, runs: 1_000_000 },
  evmVersion: "cancun", // the lowest with transient storage and MCOPY
  metadata: { bytecodeHash: "none" }, // the same code has the same bytes, whatever its comments
};

/** The hub does many things, each once: it is compiled for fewer calls, and fits the limit of 24,576 bytes. So is what deploys the hub by itself. */
const small = [
  "contracts/inference/InferenceHub.sol",
  ...[
    "System",
    "Book",
    "Moves",
    "Conduct",
    "Batches",
    "Deliveries",
    "Trespass",
    "Handler",
    "Audit",
    "Protocol.t",
  ].map((name) => `test/invariant/${name}.sol`),
];
const compact = (others: typeof settings) => {
  const one = { ...compiler, settings: { ...others, optimizer: { enabled: true, runs: 400 } } };
  return Object.fromEntries(small.map((path) => [path, one]));
};

const production = { ...settings, viaIR: true };

/** The referee is assembly for the most part. The other code generator makes nothing of it cheaper, and puts so much in line that it exceeds the limit. */
const plain = { "contracts/machine/Referee.sol": { ...compiler, settings } };

/** What campaigns choose by; the same seed gives the same actions. */
const campaignSeed = `0x${Number(process.env.ASSAY_SEED ?? 1)
  .toString(16)
  .padStart(64, "0")}`;

/** Where the long campaign says what has happened in it. */
const campaignLog = process.env.ASSAY_CAMPAIGN_LOG;

export default defineConfig({
  plugins: [hardhatToolboxMochaEthers],
  solidity: {
    // What is deployed is built with "production"; "default" leaves out the slow code generator. Both pass the tests.
    profiles: {
      default: { compilers: [{ ...compiler, settings }], overrides: compact(settings) },
      production: {
        compilers: [{ ...compiler, settings: production }],
        overrides: { ...compact(production), ...plain },
      },
    },
  },
  paths: {
    sources: ["contracts", "test/contracts"],
    tests: { mocha: "test", solidity: "test" },
    ignition: "scripts/deploy",
  },
  typechain: { outDir: "types/ethers-contracts", tsNocheck: true },
  test: {
    mocha: { timeout: 600_000 },
    solidity: {
      fuzz: { seed: campaignSeed },
      ...(campaignLog === undefined ? {} : { fsPermissions: { writeFile: [campaignLog] } }),
      // A sample; `npm run campaign` sets the depth of the long one.
      invariant: {
        runs: Number(process.env.ASSAY_CAMPAIGN_RUNS ?? 1),
        depth: Number(process.env.ASSAY_CAMPAIGN_DEPTH ?? 300),
        failOnRevert: true,
        // What the runner finds in storage and code it tries in an order that differs from run to run: a seed would not repeat anything.
        includeStorage: false,
        includePushBytes: false,
        // What failed is had again by its seed; to look for less that fails would take longer than the campaign.
        shrinkRunLimit: 0,
      },
    },
  },
});
