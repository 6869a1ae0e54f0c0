/** Statements of everybody in a world, which agree with the vault or are refused. */

import type { network } from "hardhat";
import { type Address, createPublicClient, custom, type EIP1193Provider, type Hex } from "viem";
import { defineDeployment } from "../../sdk/src/addresses.ts";
import type { MovementKind } from "../../sdk/src/node/statement/movements.ts";
import { getStatement, type Statement } from "../../sdk/src/node/statement/statement.ts";
import type { World } from "./protocol/world.ts";

type Connection = Awaited<ReturnType<typeof network.create>>;
type Contracts = Pick<
  World,
  "token" | "vault" | "registry" | "profiles" | "hub" | "game" | "referee" | "delivery" | "lens"
>;

/** The contracts of a world as the SDK knows them. */
export async function deploymentOf(world: Contracts) {
  return defineDeployment({
    chainId: 31337,
    contracts: {
      AssayToken: await world.token.getAddress(),
      StakeVault: await world.vault.getAddress(),
      ModelRegistry: await world.registry.getAddress(),
      Profiles: await world.profiles.getAddress(),
      InferenceHub: await world.hub.getAddress(),
      DisputeGame: await world.game.getAddress(),
      Referee: await world.referee.getAddress(),
      ResultDelivery: await world.delivery.getAddress(),
      InferenceLens: await world.lens.getAddress(),
    },
  });
}

type Answer = readonly { readonly topics: readonly Hex[] }[];

/** A client of the chain. Of what `eth_getLogs` gives, `drop` takes out what the endpoint has lost. */
export function clientOf({ provider }: Connection, drop: (topic: Hex) => boolean = () => false) {
  const request = async (asked: { readonly method: string }): Promise<unknown> => {
    const answer = await (provider as unknown as EIP1193Provider).request(asked as never);
    if (asked.method !== "eth_getLogs") return answer;
    return (answer as unknown as Answer).filter(({ topics }) => !drop(topics[0] as Hex));
  };
  return createPublicClient({ transport: custom({ request }, { retryCount: 0 }), cacheTime: 0 });
}

/** The statements of all people of a world, and of contracts that have a balance. */
export async function statementsOf(
  connection: Connection,
  world: Contracts & Pick<World, "deployer" | "actors">,
  contracts: readonly string[] = [],
): Promise<readonly Statement[]> {
  const deployment = await deploymentOf(world);
  const client = clientOf(connection);
  const statements: Statement[] = [];
  for (const address of [...[world.deployer, ...world.actors].map((one) => one.address), ...contracts])
    statements.push(await getStatement(client, { deployment, address: address as Address }));
  return statements;
}

/** How often each kind of movement occurs. */
export function kindsOf(statements: readonly Statement[]): ReadonlyMap<MovementKind, number> {
  const kinds = new Map<MovementKind, number>();
  for (const { kind } of statements.flatMap(({ entries }) => entries))
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  return kinds;
}
