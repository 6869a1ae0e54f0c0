/** Games on a chain beside the same games by the rules of the SDK. */

import { expect } from "chai";
import { type ContractTransactionResponse, Interface, parseEther, ZeroAddress } from "ethers";
import type { network } from "hardhat";
import type { Hex } from "../../sdk/src/core/bytes.ts";
import { contractErrorsAbi } from "../../sdk/src/errors/generated/contract-errors.ts";
import type { Move } from "../../sdk/src/game/moves.ts";
import { MoveRefusedError } from "../../sdk/src/game/refusal.ts";
import { applyMove } from "../../sdk/src/game/rules.ts";
import { type GameView, isPlaced, OUTCOMES, PHASES, SIDES, stateHash } from "../../sdk/src/game/state.ts";
import { deployContracts, STAKE, toyProfile } from "./protocol/world.ts";

type Connection = Awaited<ReturnType<typeof network.create>>;

const errors = new Interface(contractErrorsAbi);

/** What the referee reverts with, by what the TypeScript court says. */
const PROOF_ERRORS: Readonly<Record<string, readonly string[]>> = {
  PROOF_MALFORMED: [
    "ProofTruncated",
    "ProofTooLong",
    "OpeningRunEmpty",
    "OpeningRunsNotAscending",
    "OpeningRunOutOfRange",
  ],
  PROOF_ROOT_MISMATCH: ["RefereeProgramMismatch", "OpeningRootMismatch"],
  PROOF_WORD_MISSING: ["OperandWordMissing"],
};

/** The contracts with the real referee, and three accounts with enough for 20,000 games, whoever loses them. */
export async function deployChain(connection: Connection) {
  const { ethers, networkHelpers } = connection;
  const [deployer, operator, challenger, requester] = await ethers.getSigners();
  const token = await ethers.deployContract("AssayToken", [deployer!.address, parseEther("1000000000")]);
  const referee = await ethers.deployContract("Referee");
  const contracts = await deployContracts(connection, await token.getAddress(), await referee.getAddress());
  const { vault, profiles } = contracts;
  await profiles.create(toyProfile);
  await token.approve(vault, ethers.MaxUint256);
  for (const { address } of [operator!, challenger!, requester!])
    await vault.deposit(address, parseEther("100000000"));
  await vault.connect(operator!).stake(10_000n * STAKE);
  return {
    ...contracts,
    time: networkHelpers.time,
    mine: () => networkHelpers.mine(),
    profileId: await profiles.idOf(toyProfile),
    operator: operator!,
    challenger: challenger!,
    requester: requester!,
  };
}

export type Chain = Awaited<ReturnType<typeof deployChain>>;

/** Sends a move; gives the name of the error that the chain refuses it with, if it does. */
async function send(
  chain: Chain,
  { gameId, game }: GameView,
  move: Move,
  from: Chain["operator"],
): Promise<string | undefined> {
  const court = chain.game.connect(from);
  const gas = { gasLimit: 16_000_000 };
  const calls: {
    readonly [K in Move["kind"]]: (m: Extract<Move, { kind: K }>) => Promise<ContractTransactionResponse>;
  } = {
    reveal: (m) =>
      court.reveal(gameId, m.traceRoot, m.salt, m.outputRoot, [...m.outputProof], [...m.children], gas),
    postTrace: (m) => chain.hub.connect(from).postTrace(game.requestId, m.traceRoot, [...m.outputProof], gas),
    answer: (m) =>
      court.answer(
        gameId,
        m.position,
        [...m.moverChildren],
        [...m.otherChildren],
        [...m.moverGrandchildren],
        gas,
      ),
    step: (m) => court.step(gameId, m.position, m.proof, gas),
    convict: ({ position, contradiction }) =>
      court.convict(gameId, position, { ...contradiction, siblings: [...contradiction.siblings] }, gas),
    timeout: (m) => court.timeout(gameId, m.position, gas),
    quit: (m) => court.quit(gameId, m.position, gas),
  };
  try {
    await (calls[move.kind] as (m: Move) => Promise<ContractTransactionResponse>)(move);
    return undefined;
  } catch (error) {
    return nameOfError(error);
  }
}

function nameOfError(error: unknown): string {
  const { data, message } = error as { data?: unknown; message?: unknown };
  const parsed = typeof data === "string" ? errors.parseError(data)?.name : undefined;
  return parsed ?? /custom error '(\w+)/.exec(String(message))?.[1] ?? String(error);
}

/** The chain's game is the rules' game, field by field. */
export async function compare(chain: Chain, view: GameView): Promise<void> {
  const { gameId, game, dossier } = view;
  const { index: _, operatorNode: __, challengerNode: ___, defence: ____, ...stored } = game;
  const actual = await chain.game.gameOf(gameId);
  expect({
    phase: PHASES[Number(actual.phase)],
    outcome: OUTCOMES[Number(actual.outcome)],
    turn: SIDES[Number(actual.turn)],
    level: Number(actual.level),
    turnStartedAt: Number(actual.turnStartedAt),
    operatorUsed: Number(actual.operatorUsed),
    challengerUsed: Number(actual.challengerUsed),
    challenger: actual.challenger,
    requestId: actual.requestId,
    sequence: Number(actual.sequence),
  }).to.deep.equal({ ...stored, challenger: isPlaced(game) ? ZeroAddress : game.challenger });
  expect(await chain.game.stateHash(gameId)).to.equal(stateHash(view));
  const { traceRoot } = await chain.hub.requestOf(game.requestId);
  expect(traceRoot).to.equal(dossier.traceRoot);
}

/** Makes a move on the chain and by the rules, which have to agree; gives the game after it, unless it is refused. */
export async function attempt(
  chain: Chain,
  view: GameView,
  move: Move,
  signer: Chain["operator"],
  time: number,
  onRefusal: (reason: string) => void,
): Promise<GameView | undefined> {
  let expected: GameView | string;
  try {
    expected = applyMove(view, move, { caller: signer.address as Hex, time });
  } catch (error) {
    if (!(error instanceof MoveRefusedError)) throw error;
    expected = error.reason;
  }
  await chain.time.setNextBlockTimestamp(time);
  const refusal = await send(chain, view, move, signer);
  if (typeof expected === "string") {
    expect(PROOF_ERRORS[expected] ?? [expected]).to.include(refusal);
    onRefusal(expected);
    // A refused transaction may or may not have made a block.
    if ((await chain.time.latest()) < time) await chain.mine();
  } else {
    expect(refusal, `${move.kind} at level ${view.game.level}`).to.equal(undefined);
  }
  const after = typeof expected === "string" ? view : expected;
  await compare(chain, after);
  return typeof expected === "string" ? undefined : after;
}
