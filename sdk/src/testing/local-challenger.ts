import type { Hex } from "viem";
import { inferenceHubAbi } from "../abis/generated/InferenceHub.ts";
import { getOpeningHash } from "../actions/getOpeningHash.ts";
import { parseOpenGameReceipt } from "../actions/openGame.ts";
import { randomSalt } from "../actions/randomSalt.ts";
import type { Deployment } from "../addresses.ts";
import type { MachineModel } from "../machine/model.ts";
import { traceBytes } from "../runtime/trace.ts";
import type { Trace } from "../trace/trace.ts";
import { type LocalActor, mined, since, startActor } from "./actor.ts";
import type { LocalClient } from "./people.ts";

/** What a local challenger does. */
export interface LocalChallengerOptions {
  /** The models that it re-executes; results of others are not looked at. */
  readonly models: readonly MachineModel[];
}

/** Re-executes every result that is committed, challenges those that are wrong, plays to the end, and claims what it has won. */
export function startChallenger(
  client: LocalClient,
  deployment: Deployment,
  { models }: LocalChallengerOptions,
): LocalActor {
  const games = new Map<Hex, { model: MachineModel; input: Uint8Array; trace: Trace; salt: Hex }>();
  const newResults = since(client, deployment.startBlock, (range) =>
    client.getContractEvents({
      address: deployment.contracts.InferenceHub,
      abi: inferenceHubAbi,
      eventName: "ResultCommitted",
      strict: true,
      ...range,
    }),
  );

  const audit = async (requestId: Hex): Promise<void> => {
    const request = await client.getRequest({ requestId });
    const model = models.find(({ modelId }) => modelId === request.modelId);
    if (model === undefined || request.status !== "committed") return;
    const input = await client.getInput({ requestId });
    const trace = await traceBytes(model, input);
    if (trace.outputRoot === request.outputRoot) return;
    const salt = randomSalt();
    const { traceRoot } = trace;
    const challenger = client.account.address;
    const openingHash = await getOpeningHash(client, { deployment, requestId, challenger, traceRoot, salt });
    const receipt = await mined(client, await client.openGame({ requestId, openingHash }));
    games.set(parseOpenGameReceipt(receipt, { deployment }).gameId, { model, input, trace, salt });
  };

  const pursue = async (gameId: Hex): Promise<void> => {
    const run = games.get(gameId);
    if (run === undefined) return;
    const { phase, outcome } = await client.getGame({ gameId });
    if (phase !== "ended") {
      const { hash } = await client.playGame({ gameId, side: "challenger", ...run });
      if (hash !== undefined) await mined(client, hash);
      return;
    }
    games.delete(gameId);
    if (outcome === "challengerWins") await mined(client, await client.claimReward({ gameId }));
  };

  return startActor(client, async () => {
    for (const { args } of await newResults()) await audit(args.requestId);
    for (const gameId of [...games.keys()]) await pursue(gameId);
  });
}
