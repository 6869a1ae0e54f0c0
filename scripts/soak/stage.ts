/** Where a soak plays: a node, the contracts, funded accounts with keystores, a model in its directory, and who takes part. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Hex, parseEther } from "viem";
import { mnemonicToAccount } from "viem/accounts";
import type { Profile } from "../../sdk/src/actions/getProfile.ts";
import type { MachineModel } from "../../sdk/src/machine/model.ts";
import { encryptKey } from "../../sdk/src/node/keystore.ts";
import { writeKeystore } from "../../sdk/src/node/keystore-file.ts";
import { writeModelDirectory } from "../../sdk/src/node/model-directory.ts";
import { mined } from "../../sdk/src/testing/actor.ts";
import {
  LOCAL_FUNDS,
  LOCAL_PROFILE,
  type LocalNetwork,
  startLocalNetwork,
} from "../../sdk/src/testing/network.ts";
import { TEST_MNEMONIC } from "../../sdk/src/testing/people.ts";
import type { Lie } from "../../test/support/node/liar.ts";
import { Anvil } from "./anvil.ts";
import { Member } from "./crew.ts";
import type { MemberConfig } from "./member.ts";
import { openPlace, type Place } from "./place.ts";
import { type FaultyEndpoint, openEndpoints } from "./proxy.ts";

/** Who takes part, with the number of its account in the development mnemonic. The liars' and the slanderer's own lines are not disturbed. */
export const CAST = {
  operator: { account: 3, role: "operator" },
  liar: { account: 5, role: "operator", lie: "output" },
  rival: { account: 6, role: "operator", lie: "middle" },
  challenger: { account: 4, role: "challenger" },
  stranger: { account: 7, role: "challenger" },
  sentinel: { account: 8, role: "challenger" },
  slanderer: { account: 9, role: "challenger", lie: "output" },
} as const satisfies Record<string, { account: number; role: "operator" | "challenger"; lie?: Lie }>;
export type Name = keyof typeof CAST;
export const NAMES = Object.keys(CAST) as readonly Name[];
export const HONEST: readonly Name[] = ["operator", "challenger", "stranger", "sentinel"];

/** Nobody has this account's key. */
export const GHOST: Hex = "0x000000000000000000000000000000000000dEaD";

/** Hours where real profiles have days; the clocks bear the outages that are made. */
export const SOAK_PROFILE: Profile = { ...LOCAL_PROFILE, windowSeconds: 1_200, clockSeconds: 1_800 };
/** Requests have to be answered within so many seconds of the chain. */
export const DEADLINE_SECONDS = 1_800;
/** Bonds that the slanderer can lose. */
const SLANDERS = 4n;
/** Stake for many locks at the same time. */
const STAKE = parseEther("100000");
const PASSWORD = "for a soak only";
const ENDPOINTS = 3;
/** Transactions of one account that may wait to be included. */
export const MAX_IN_FLIGHT = 16;

export interface StageOptions {
  readonly model: MachineModel;
  readonly folder: string;
  readonly blockSeconds: number;
  readonly names: readonly Name[];
  readonly pollSeconds: number;
}

export interface Stage {
  readonly anvil: Anvil;
  readonly network: LocalNetwork;
  readonly endpoints: readonly FaultyEndpoint[];
  /** Questions that the endpoints have spoiled, by fault. */
  readonly spoiled: () => Readonly<Record<string, number>>;
  readonly crew: ReadonlyMap<Name, Member>;
  readonly model: MachineModel;
  readonly place: Place;
  close(): Promise<void>;
}

export function addressOf(name: Name): Hex {
  return mnemonicToAccount(TEST_MNEMONIC, { addressIndex: CAST[name].account }).address;
}

/** Sets everything up; nobody has started yet. */
export async function createStage({
  model,
  folder,
  blockSeconds,
  names,
  pollSeconds,
}: StageOptions): Promise<Stage> {
  mkdirSync(folder, { recursive: true });
  const anvil = await Anvil.create({ folder, blockSeconds });
  const network = await startLocalNetwork({ url: anvil.url, profile: SOAK_PROFILE });
  await network.register(model);
  const { endpoints, spoiled, close: closeEndpoints } = await openEndpoints(anvil.url, ENDPOINTS);
  const place = await openPlace();
  const crew = new Map<Name, Member>();
  try {
    await fund(network);
    const { deployment } = network;
    const file = { ...deployment, startBlock: Number(deployment.startBlock) };
    writeFileSync(join(folder, "deployment.json"), JSON.stringify(file));
    writeFileSync(join(folder, "password"), PASSWORD);
    await writeModelDirectory(join(folder, "model"), { name: "soak", model, stepInfos: [] });
    for (const name of names) crew.set(name, await createMember(name, folder, pollSeconds, anvil, endpoints));
  } catch (error) {
    place.close();
    await closeEndpoints();
    await anvil.close();
    throw error;
  }
  const close = async (): Promise<void> => {
    await Promise.all([...crew.values()].map((member) => member.stop()));
    place.close();
    await closeEndpoints();
    await anvil.close();
  };
  return { anvil, network, endpoints, spoiled, crew, model, place, close };
}

async function createMember(
  name: Name,
  folder: string,
  pollSeconds: number,
  anvil: Anvil,
  endpoints: readonly FaultyEndpoint[],
): Promise<Member> {
  const { account, role, lie }: { account: number; role: MemberConfig["role"]; lie?: Lie } = CAST[name];
  const { privateKey } = mnemonicToAccount(TEST_MNEMONIC, { addressIndex: account }).getHdKey();
  const key: Hex = `0x${Buffer.from(privateKey as Uint8Array).toString("hex")}`;
  const keystore = join(folder, `${name}.json`);
  await writeKeystore(keystore, await encryptKey(PASSWORD, key, { scryptN: 2 ** 4 }));
  return new Member(
    name,
    {
      ...{ role, keystore, pollSeconds, passwordFile: join(folder, "password"), maxInFlight: MAX_IN_FLIGHT },
      allowPrivateInputs: role === "operator",
      ...(lie === undefined ? {} : { lie }),
      rpcUrls: lie === undefined ? endpoints.map(({ url }) => url) : [anvil.url],
      ...{ dataDir: join(folder, name), models: [join(folder, "model")] },
      deployment: join(folder, "deployment.json"),
    },
    folder,
  );
}

/** Operators get stake for many commitments; the slanderer can lose a few bonds only. */
async function fund({ clients, profile }: LocalNetwork): Promise<void> {
  const { deployer } = clients;
  await mined(deployer, await deployer.approveToken({ amount: 10n * STAKE }));
  const gifts = [
    ...(["operator", "liar", "rival"] as const).map((name) => [name, STAKE] as const),
    ["sentinel", LOCAL_FUNDS.balance] as const,
    ["slanderer", SLANDERS * profile.bond] as const,
  ];
  for (const [name, amount] of gifts)
    await mined(deployer, await deployer.deposit({ amount, beneficiary: addressOf(name) }));
  for (const name of ["operator", "liar", "rival"] as const)
    await mined(clients[name], await clients[name].stake({ amount: STAKE }));
}
