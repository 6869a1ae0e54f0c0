/** A world with what contracts need that ask for results. */

import { parseEther } from "ethers";
import { traceOf } from "./games.ts";
import type { ToyTrace } from "./toy-model.ts";
import { FEE, freshSalt, INPUT, type World } from "./world.ts";

export async function withDelivery(world: World) {
  const receiver = await world.ethers.deployContract("HostileReceiver", [world.hub, world.delivery]);
  await world.vault.deposit(receiver, parseEther("100"));
  return { ...world, receiver };
}

export type DeliveryWorld = Awaited<ReturnType<typeof withDelivery>>;

/** The `Mood` of a receiver. */
export const Mood = {
  Accept: 0,
  Revert: 1,
  BurnGas: 2,
  ReturnBomb: 3,
  RevertBomb: 4,
  Reenter: 5,
  RequestAgain: 6,
} as const;

/** A final result of a request that the receiver has made and subscribed to. */
export async function deliverable(
  world: DeliveryWorld,
  gasLimit = 200_000,
): Promise<{ requestId: string; trace: ToyTrace; output: string }> {
  const { hub, receiver, operator, modelId, profileId } = world;
  const deadline = BigInt(await world.time.latest()) + 100_000n;
  const parameters = { modelId, profileId, fee: FEE, deadline, operator, minStake: 0n, salt: freshSalt() };
  const filled = { ...parameters, operator: operator.address };
  await receiver.request(filled, INPUT);
  const requestId = await hub.requestIdOf(receiver, filled, world.inputRoot, true);
  await receiver.subscribe(requestId, receiver, gasLimit);
  const trace = traceOf(world);
  await hub.connect(operator).commit(requestId, trace.output, trace.root, trace.outputProof);
  await world.time.increase(world.profile.windowSeconds);
  return { requestId, trace, output: trace.output };
}
