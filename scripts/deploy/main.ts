/**
 * Deploys the protocol and writes `deployments/<chainId>.json`.
 *
 *     npm run deploy -- --network NAME [--token ADDRESS]
 *
 * NAME is a network of the Hardhat configuration. Without a token, a new one is made: for chains where nothing is at stake.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import hre from "hardhat";
import { root } from "../check/check.ts";
import { deploySystem } from "./system.ts";

const { values } = parseArgs({
  options: { network: { type: "string", default: "localhost" }, token: { type: "string" } },
});
// What is deployed for good is built with the slower code generator, as what is tested before a release.
await hre.tasks.getTask("build").run({ quiet: true, defaultBuildProfile: "production" });
const connection = await hre.network.create({ network: values.network });
const deployment = await deploySystem(connection, {
  name: values.network,
  ...(values.token === undefined ? {} : { token: values.token }),
});
await connection.close();

const folder = join(root, "deployments");
mkdirSync(folder, { recursive: true });
const file = join(folder, `${deployment.chainId}.json`);
writeFileSync(file, `${JSON.stringify(deployment, undefined, 2)}\n`);
for (const [name, { address }] of Object.entries(deployment.contracts))
  console.log(`${name.padEnd(14)} ${address}`);
console.log(`written        ${file}`);
