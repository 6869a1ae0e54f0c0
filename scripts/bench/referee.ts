import { decodeFunctionData, encodeFunctionData, parseEventLogs } from "viem";
import { disputeGameAbi } from "../../sdk/src/abis/generated/DisputeGame.ts";
import { refereeAbi } from "../../sdk/src/abis/generated/Referee.ts";
import type { BenchChain, Sent } from "./chain.ts";
import type { Match } from "./disputes.ts";

/**
 * Asks the referee, in a transaction that does nothing else, what a step asked it that was made in a game: the same element, by the same proof.
 *
 * @param game - the chain of the game
 * @param court - the chain of the referee that is asked
 */
export async function askRefereeAlone(
  game: BenchChain,
  court: BenchChain,
  match: Match,
  step: Sent,
): Promise<Sent> {
  const hash = step.receipt.transactionHash;
  const { input } = await game.clients.deployer.getTransaction({ hash });
  const { functionName, args } = decodeFunctionData({ abi: disputeGameAbi, data: input });
  if (functionName !== "step") throw new Error(`The transaction calls ${functionName}, not step.`);
  const [, , proof] = args;
  const [event] = parseEventLogs({
    abi: disputeGameAbi,
    eventName: "GameStepped",
    logs: step.receipt.logs,
  });
  if (event === undefined) throw new Error("The step emitted no GameStepped.");
  const { step: stepIndex, byteOffset, truth } = event.args;
  const { inputRoot, traceRoot } = match.traces.operator;
  const call = [match.model.record, inputRoot, traceRoot, stepIndex, byteOffset, proof] as const;
  const address = court.deployment.contracts.Referee;
  const contract = { address, abi: refereeAbi, functionName: "execute", args: call } as const;
  const { deployer } = court.clients;
  const [value] = await deployer.readContract(contract);
  if (value !== truth) throw new Error(`The referee computes ${value} alone, and ${truth} in a game.`);
  const data = encodeFunctionData({ abi: refereeAbi, functionName: "execute", args: call });
  return court.send(() => deployer.sendTransaction({ chain: null, to: address, data }));
}
