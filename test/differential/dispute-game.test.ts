import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { network } from "hardhat";
import { fromHex, type Hex, toHex } from "../../sdk/src/core/bytes.ts";
import { AssayError } from "../../sdk/src/core/errors.ts";
import { pathOf, rootFrom, rootOfBytes } from "../../sdk/src/core/tree.ts";
import type { Move } from "../../sdk/src/game/moves.ts";
import {
  type GameView,
  openGame,
  openingHash,
  opponentOf,
  positionOf,
  SIDES,
  ZERO_HASH,
} from "../../sdk/src/game/state.ts";
import type { Claim, Player } from "../../sdk/src/game/strategy.ts";
import { byteOf } from "../../sdk/src/game/verdict.ts";
import { traceBytes } from "../../sdk/src/runtime/trace.ts";
import { LIARS, type Lie } from "../actors/liar.ts";
import { byTheBook, TRICKS, trickster } from "../actors/player.ts";
import { attempt, type Chain, compare, deployChain } from "../support/chain-games.ts";
import { toyProfile } from "../support/protocol/world.ts";
import { playerOf, randomSalt } from "../support/pure-games.ts";
import { createRandom, type Random } from "../support/random.ts";
import { randomModel } from "../support/random-models.ts";
import { printedSeed } from "../support/seed.ts";

const GAMES = Number(process.env.ASSAY_CHAIN_GAMES ?? 100);
/** What random games have to show, to say anything. */
const WANTED = [
  "operatorWins by step",
  "operatorWins by timeout",
  "challengerWins by step",
  "challengerWins by timeout",
  "challengerWins by convict",
  "convict: GameWordAgrees",
  "replayed reveal: GamePhaseMismatch",
];

const connection = await network.create();
const deploy = () => deployChain(connection);

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
    const isEnough = () => WANTED.every((key) => count.has(key));
    // Goes on, if it has to, until everything has happened.
    for (let played = 0; played < GAMES || (played < 5 * GAMES && !isEnough()); ) {
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
    for (const key of WANTED) {
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
