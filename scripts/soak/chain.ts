/** What the chain tells of a soak, as it stands: read from the node itself, past the endpoints that misbehave. */

import type { Hex } from "viem";
import { disputeGameAbi } from "../../sdk/src/abis/generated/DisputeGame.ts";
import { inferenceHubAbi } from "../../sdk/src/abis/generated/InferenceHub.ts";
import type { InferenceRequest } from "../../sdk/src/actions/getRequest.ts";
import { fromHex } from "../../sdk/src/core/bytes.ts";
import { rootOfBytes } from "../../sdk/src/core/tree.ts";
import { executeModel } from "../../sdk/src/runtime/execute.ts";
import { addressOf, GHOST, NAMES, type Stage } from "./stage.ts";

/** A request, with the input that its event published; empty where it told the root alone. */
export interface Asked {
  readonly requestId: Hex;
  readonly input: Hex;
  readonly inputRoot: Hex;
  readonly blockNumber: bigint;
}

/** A challenge, or a demand for an input. */
export interface Opened {
  readonly gameId: Hex;
  readonly requestId: Hex;
  /** Who opened it, by the name in the cast. */
  readonly challenger: string;
  readonly isDemand: boolean;
  readonly blockNumber: bigint;
}

/** How one request stands. */
export interface Ending extends InferenceRequest {
  /** Whether the committed output is the model's; `undefined` without a commitment. */
  readonly isTrue: boolean | undefined;
  /** Whether there is somebody who can answer it. */
  readonly isAnswerable: boolean;
}

/** The requests that were made from a block on. */
export async function askedIn({ network }: Stage, fromBlock = 0n): Promise<readonly Asked[]> {
  const logs = await network.clients.requester.getContractEvents({
    address: network.deployment.contracts.InferenceHub,
    abi: inferenceHubAbi,
    ...({ eventName: "InferenceRequested", strict: true } as const),
    fromBlock,
  });
  return logs.map(({ args: { requestId, input, inputRoot }, blockNumber }) => ({
    ...{ requestId, input, inputRoot, blockNumber },
  }));
}

/** The games that were opened from a block on. */
export async function openedIn({ network }: Stage, fromBlock = 0n): Promise<readonly Opened[]> {
  const { requester } = network.clients;
  const place = {
    address: network.deployment.contracts.DisputeGame,
    abi: disputeGameAbi,
    strict: true,
  } as const;
  const [opened, demanded] = await Promise.all([
    requester.getContractEvents({ ...place, eventName: "GameOpened", fromBlock }),
    requester.getContractEvents({ ...place, eventName: "GameDemanded", fromBlock }),
  ]);
  return [...opened, ...demanded].map(
    ({ eventName, args: { gameId, requestId, challenger }, blockNumber }) => ({
      ...{ gameId, requestId, challenger: nameOf(challenger), blockNumber },
      isDemand: eventName === "GameDemanded",
    }),
  );
}

/** The games whose rewards were claimed from a block on. */
export async function claimedIn({ network }: Stage, fromBlock = 0n) {
  const logs = await network.clients.requester.getContractEvents({
    address: network.deployment.contracts.DisputeGame,
    abi: disputeGameAbi,
    ...({ eventName: "GameRewardClaimed", strict: true } as const),
    fromBlock,
  });
  return logs.map(({ args: { gameId }, blockNumber }) => ({ gameId, blockNumber }));
}

/** How a request stands, and whether its result is true. */
export async function endingOf(stage: Stage, { requestId, input }: Asked): Promise<Ending> {
  const { network, place } = stage;
  const request = await network.clients.requester.getRequest({ requestId });
  const { outputRoot, inputRoot, operator } = request;
  const bytes = input === "0x" ? place.inputs.get(inputRoot) : fromHex(input);
  const isTrue =
    outputRoot === undefined || bytes === undefined
      ? undefined
      : outputRoot === truth(stage, inputRoot, bytes);
  return { ...request, isTrue, isAnswerable: bytes !== undefined && operator !== GHOST };
}

export function nameOf(address: Hex | undefined): string {
  return NAMES.find((name) => addressOf(name).toLowerCase() === address?.toLowerCase()) ?? "nobody";
}

const truths = new Map<Hex, Hex>();

/** The root of what the model gives: computed here, by nobody who takes part. */
function truth({ model }: Stage, inputRoot: Hex, input: Uint8Array): Hex {
  const known = truths.get(inputRoot);
  if (known !== undefined) return known;
  const root = rootOfBytes(executeModel(model, input).output, model.record.wordDepth);
  truths.set(inputRoot, root);
  return root;
}
