import { expect } from "chai";
import { type ContractTransactionResponse, Interface, parseEther, ZeroAddress } from "ethers";
import { network } from "hardhat";
import { fromHex, type Hex, toHex } from "../../sdk/src/core/bytes.ts";
import { AssayError } from "../../sdk/src/core/errors.ts";
import { pathOf, rootFrom, rootOfBytes } from "../../sdk/src/core/tree.ts";
import { contractErrorsAbi } from "../../sdk/src/errors/generated/contract-errors.ts";
import type { Move } from "../../sdk/src/game/moves.ts";
import { MoveRefusedError } from "../../sdk/src/game/refusal.ts";
import { applyMove } from "../../sdk/src/game/rules.ts";
import {
  type GameView,
  isPlaced,
  OUTCOMES,
  openGame,
  openingHash,
  opponentOf,
  PHASES,
  positionOf,
  SIDES,
  stateHash,
  ZERO_HASH,
} from "../../sdk/src/game/state.ts";
import type { Claim, Player } from "../../sdk/src/game/strategy.ts";
import { byteOf } from "../../sdk/src/game/verdict.ts";
import { traceBytes } from "../../sdk/src/runtime/trace.ts";
import { LIARS, type Lie } from "../actors/liar.ts";
import { byTheBook, TRICKS, trickster } from "../actors/player.ts";
import { deployContracts, STAKE, toyProfile } from "../support/protocol/world.ts";
import { playerOf, randomSalt } from "../support/pure-games.ts";
import { createRandom, type Random } from "../support/random.ts";
import { randomModel } from "../support/random-models.ts";
import { printedSeed } from "../support/seed.ts";

const GAMES = Number(process.env.ASSAY_CHAIN_GAMES ?? 100);
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

const connection = await network.create();

async function deploy() {
  const { ethers, networkHelpers } = connection;
  const [deployer, operator, challenger, requester] = await ethers.getSigners();
  const token = await ethers.deployContract("AssayToken", [deployer!.address, parseEther("1000000000")]);
  const referee = await ethers.deployContract("Referee");
  const contracts = await deployContracts(connection, await token.getAddress(), await referee.getAddress());
  const { vault, profiles } = contracts;
  await profiles.create(toyProfile);
  await token.approve(vault, ethers.MaxUint256);
  // Enough for 20,000 games, whoever loses them.
  for (const { address } of [operator!, challenger!, requester!])
    await vault.deposit(address, parseEther("100000000"));
  await vault.connect(operator!).stake(10_000n * STAKE);
  return {
    ...contracts,
    time: networkHelpers.time,
    profileId: await profiles.idOf(toyProfile),
    operator: operator!,
    challenger: challenger!,
    requester: requester!,
  };
}

type Chain = Awaited<ReturnType<typeof deploy>>;

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
async function compare(chain: Chain, view: GameView): Promise<void> {
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

/** A claim, if a commitment can be made of it: an output whose padding is not zero has no bytes. */
function outputOf(
  claim: Claim & { readonly words: Lie["words"] },
  record: GameView["dossier"]["record"],
): Uint8Array | undefined {
  const output = new Uint8Array(record.outputBytes);
  output.set(
    (claim.words.tree.tensors[record.stepCount - 1] ?? new Uint8Array(0)).subarray(0, output.length),
  );
  return rootOfBytes(output, record.wordDepth) === claim.outputRoot ? output : undefined;
}

describe("differential: DisputeGame and the rules of the SDK", () => {
  it("default: attack 53: every move of random games has the same effect, or is refused for the same reason", async () => {
    let chain = await connection.networkHelpers.loadFixture(deploy);
    const random = createRandom(printedSeed(`${GAMES} games on a chain`));
    const count = new Map<string, number>();
    const increment = (key: string): void => void count.set(key, (count.get(key) ?? 0) + 1);
    for (let played = 0; played < GAMES; ) {
      const result = await playOnChain(chain, random, increment);
      if (result === undefined) continue;
      played++;
      increment(result);
      // A chain that has seen many games becomes slow, and operators run out of stake.
      if (played % 500 !== 0) continue;
      chain = await connection.networkHelpers.loadFixture(deploy);
      console.log(`      ${played} games`);
    }
    console.log(`      ${[...count].map(([key, value]) => `${key} ${value}`).join(", ")}`);
    for (const key of [
      "operatorWins by step",
      "operatorWins by timeout",
      "challengerWins by step",
      "challengerWins by timeout",
      "challengerWins by convict",
      "convict: GameWordAgrees",
      "replayed reveal: GamePhaseMismatch",
    ]) {
      expect(count.get(key) ?? 0, key).to.be.greaterThan(0);
    }
  });
});

async function playOnChain(
  chain: Chain,
  random: Random,
  increment: (key: string) => void,
): Promise<string | undefined> {
  const modelCase = randomModel(random);
  const { model, inputBytes } = modelCase;
  const { record } = model;
  const honest = await traceBytes(model, inputBytes);
  const honestSide = random.pick(SIDES);
  const lie = random.pick(LIARS).lie({ model, inputBytes, honest, random });
  const truth = { ...honest, words: honest };
  const claims = { [honestSide]: truth, [opponentOf(honestSide)]: lie } as Record<
    (typeof SIDES)[number],
    Lie
  >;
  const output = outputOf(claims.operator, record);
  if (output === undefined) return undefined;

  // The commitment.
  const { operator, challenger, requester, hub } = chain;
  await chain.registry.register(record);
  const parameters = {
    modelId: model.modelId,
    profileId: chain.profileId,
    fee: 5n,
    deadline: BigInt(await chain.time.latest()) + 100_000n,
    operator: ZeroAddress,
    minStake: 0n,
    salt: toHex(random.bytes(32)),
  };
  await hub.connect(requester).request(parameters, inputBytes);
  const requestId = (await hub.requestIdOf(requester.address, parameters, honest.inputRoot, true)) as Hex;
  await hub.connect(operator).accept(requestId);
  const binding = claims.operator.tree.stepProof(record.stepCount - 1);
  // A trace that is not bound to its output cannot be committed to, only promised.
  const isBound =
    rootFrom(claims.operator.outputRoot, record.stepCount - 1, binding) === claims.operator.traceRoot;
  const isLazy = random.chance(0.3) || !isBound;
  const [traceRoot, proof] = isLazy ? [ZERO_HASH, []] : [claims.operator.traceRoot, binding];
  await hub.connect(operator).commit(requestId, output, traceRoot, proof);

  // The game.
  const salt = randomSalt(random);
  const court = { chainId: 31337, address: (await chain.game.getAddress()) as Hex };
  const account = challenger.address as Hex;
  const opening = openingHash(court, requestId, account, claims.challenger.traceRoot, salt);
  await chain.game.connect(challenger).open(requestId, opening);
  let view = openGame({
    court,
    requestId,
    challenger: account,
    openingHash: opening,
    dossier: {
      operator: operator.address as Hex,
      inputRoot: honest.inputRoot,
      outputRoot: claims.operator.outputRoot,
      traceRoot: isLazy && record.stepDepth > 0 ? ZERO_HASH : claims.operator.traceRoot,
      record,
    },
    clockSeconds: toyProfile.clockSeconds,
    sequence: 0,
    time: await chain.time.latest(),
  });
  await compare(chain, view);

  const signers = { operator, challenger };
  const players = SIDES.map((side) => ({
    ...playerOf(modelCase, side, claims[side], claims[side].words, salt),
    account: signers[side].address as Hex,
  }));
  // A trace that leaked, or was guessed.
  const [knowing, knows] = [players[1]!, random.chance(0.2)];
  const actors = players.map((player) =>
    player.side === honestSide
      ? byTheBook(
          knows && player === knowing ? { ...player, operatorTree: claims.operator.tree } : player,
          100,
          random,
        )
      : trickster(player, random.pick([0, 100, 3000]), random, random.pick(TRICKS)),
  );
  let now = view.game.turnStartedAt;
  let lastMove: Move["kind"] = "timeout";
  let muted = new Set<number>();
  const made: Move[] = [];
  while (view.game.phase !== "ended") {
    const plans = actors
      .map((actor, index) => ({ index, plan: muted.has(index) ? undefined : actor(view, now + 1) }))
      .filter(({ plan }) => plan !== undefined)
      .sort((a, b) => a.plan!.time - b.plan!.time);
    const { index, plan } = plans[0]!;
    const { move, time } = plan!;
    // Somebody has something to say that is of no account, or happens to be right.
    const said = random.chance(0.25) ? interjection(view, made, claims.operator, players, random) : undefined;
    if (said !== undefined && time > now + 1) {
      const next = await attempt(chain, view, said.move, requester, now + 1, (reason) =>
        increment(`${said.isReplay ? "replayed " : ""}${said.move.kind}: ${reason}`),
      );
      if (next !== undefined) {
        view = next;
        lastMove = said.move.kind;
      }
      now = await chain.time.latest();
      continue;
    }
    const signer = signers[SIDES[index]!];
    const next = await attempt(chain, view, move, signer, time, increment);
    if (next === undefined) {
      muted.add(index);
    } else {
      view = next;
      made.push(move);
      lastMove = move.kind;
      muted = new Set();
    }
    now = await chain.time.latest();
  }
  expect(view.game.outcome).to.equal(honestSide === "operator" ? "operatorWins" : "challengerWins");
  const { status } = await hub.requestOf(requestId);
  expect(Number(status)).to.equal(view.isSlashed ? 5 : 3);
  expect(fromHex(view.game.challengerNode)).to.have.length(32);
  return `${view.game.outcome} by ${lastMove}`;
}

interface Interjection {
  readonly move: Move;
  readonly isReplay: boolean;
}

/** A move that was made before, or an accusation about any word of the operator's trace, mostly a wrong one. */
function interjection(
  view: GameView,
  made: readonly Move[],
  operator: Lie,
  players: readonly Player[],
  random: Random,
): Interjection | undefined {
  if (made.length > 0 && random.chance(0.4)) {
    const move = random.pick(made);
    return move.kind === "postTrace" ? undefined : { move, isReplay: true };
  }
  const { dossier } = view;
  const { tree } = operator;
  const index = random.integer(0, 2 ** tree.depth - 1);
  const place = random.integer(0, 31);
  const position = positionOf(view);
  let proof: Uint8Array = new Uint8Array(2);
  try {
    proof = players[0]!.prove(byteOf(dossier, index, place), tree);
  } catch (error) {
    // A tree with a poisoned node has no proof of what lies below it.
    if (!AssayError.is(error)) throw error;
  }
  const word = random.chance(0.1) ? toHex(random.bytes(32)) : tree.node(tree.depth, index);
  const siblings = pathOf(tree, 0, index).slice(random.chance(0.1) ? 1 : 0);
  return {
    move: { kind: "convict", position, contradiction: { index, place, word, siblings, proof } },
    isReplay: false,
  };
}

/** Makes a move on the chain and by the rules, which have to agree; gives the game after it, unless it is refused. */
async function attempt(
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
    if ((await chain.time.latest()) < time) await connection.networkHelpers.mine();
  } else {
    expect(refusal, `${move.kind} at level ${view.game.level}`).to.equal(undefined);
  }
  const after = typeof expected === "string" ? view : expected;
  await compare(chain, after);
  return typeof expected === "string" ? undefined : after;
}
