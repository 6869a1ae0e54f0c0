import type { Hex } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { MAX_PUBLISHED_OUTPUT_BYTES } from "../actions/commitResultByRoot.ts";
import type { Deployment } from "../addresses.ts";
import type { MachineModel } from "../machine/model.ts";
import { traceBytes } from "../runtime/trace.ts";
import type { Trace } from "../trace/trace.ts";
import { type LocalActor, mined, since, startActor } from "./actor.ts";
import { type Tamper, traceWith } from "./lie.ts";
import type { LocalClient } from "./people.ts";

/** What a local operator does. */
export interface LocalOperatorOptions {
  /** The models that it answers for; requests of others are left to others. */
  readonly models: readonly MachineModel[];
  /** Makes it a liar: what it puts in the place of each step's tensor. Default: it is honest. */
  readonly tamper?: Tamper;
}

/** Answers the requests that it may answer, and plays the games about its answers as well as its trace allows. */
export function startOperator(
  client: LocalClient,
  deployment: Deployment,
  { models, tamper }: LocalOperatorOptions,
): LocalActor {
  const runs = new Map<Hex, { model: MachineModel; input: Uint8Array; trace: Trace }>();
  const newRequests = since(client, deployment.startBlock, (range) =>
    client.getContractEvents({
      address: deployment.contracts.InferenceHub,
      abi: inferenceHubAbi,
      eventName: "InferenceRequested",
      strict: true,
      ...range,
    }),
  );

  /** Whether it came first: another operator may accept what anybody may. */
  const accepts = async (requestId: Hex): Promise<boolean> => {
    try {
      await mined(client, await client.acceptRequest({ requestId }));
      return true;
    } catch (error) {
      const { operator } = await client.getRequest({ requestId });
      if (operator === undefined || operator === client.account.address) throw error;
      return false;
    }
  };

  const answer = async (requestId: Hex): Promise<void> => {
    const request = await client.getRequest({ requestId });
    const model = models.find(({ modelId }) => modelId === request.modelId);
    const isForOthers = request.operator !== undefined && request.operator !== client.account.address;
    if (model === undefined || isForOthers || request.status !== "requested") return;
    const input = await client.getInput({ requestId });
    const trace = tamper === undefined ? await traceBytes(model, input) : traceWith(model, input, tamper);
    if (request.operator === undefined && !(await accepts(requestId))) return;
    await mined(
      client,
      trace.outputBytes.length <= MAX_PUBLISHED_OUTPUT_BYTES
        ? await client.commitResult({ requestId, output: trace.outputBytes })
        : await client.commitResultByRoot({ requestId, outputRoot: trace.outputRoot, outputUri: "" }),
    );
    runs.set(requestId, { model, input, trace });
  };

  const defend = async (requestId: Hex): Promise<void> => {
    const run = runs.get(requestId);
    if (run === undefined || (await client.getRequest({ requestId })).openGames === 0) return;
    for (const { gameId, phase } of await client.getGames({ requestId })) {
      if (phase === "ended") continue;
      const { hash } = await client.playGame({ gameId, side: "operator", ...run });
      if (hash !== undefined) await mined(client, hash);
    }
  };

  return startActor(client, async () => {
    for (const { args } of await newRequests()) await answer(args.requestId);
    for (const requestId of runs.keys()) await defend(requestId);
  });
}
