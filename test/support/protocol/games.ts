/** Requests, commitments and games as the two sides play them. */

import { ZeroAddress, ZeroHash } from "ethers";
import { type GamePosition, positionOf } from "./positions.ts";
import { type Lie, ToyTrace } from "./toy-model.ts";
import { FEE, freshSalt, INPUT, Phase, type Sent, Side, type Signer, type World } from "./world.ts";

/** The usual lie: only the output is wrong. */
export const OUTPUT_LIE: Lie = { step: 5, byte: 3, mask: 0x40 };
/** Another wrong output, which differs from the former in the same word. */
export const OTHER_OUTPUT_LIE: Lie = { step: 5, byte: 3, mask: 0x08 };
/** A lie in the middle, with the wrong output that follows from it. */
export const MIDDLE_LIES: readonly Lie[] = [{ step: 2, byte: 37, mask: 0x01 }, OUTPUT_LIE];

export type RequestParameters = {
  modelId: string;
  profileId: string;
  fee: bigint;
  deadline: bigint;
  operator: string;
  minStake: bigint;
  salt: string;
};

/** Parameters of a request that nobody has made yet. */
export async function freshParameters(
  world: World,
  overrides: Partial<RequestParameters> = {},
): Promise<RequestParameters> {
  return {
    modelId: world.modelId,
    profileId: world.profileId,
    fee: FEE,
    deadline: BigInt(await world.time.latest()) + 1000n,
    operator: ZeroAddress,
    minStake: 0n,
    salt: freshSalt(),
    ...overrides,
  };
}

/** Makes a request with published input. */
export async function makeRequest(world: World, overrides: Partial<RequestParameters> = {}): Promise<string> {
  const parameters = await freshParameters(world, overrides);
  await world.hub.connect(world.requester).request(parameters, INPUT);
  return await world.hub.requestIdOf(world.requester.address, parameters, world.inputRoot, true);
}

export type Commitment = { readonly requestId: string; readonly trace: ToyTrace };

/** Requests, accepts and commits to the true trace, or to one with lies. */
export async function makeCommitment(
  world: World,
  options: { lies?: readonly Lie[]; lazy?: boolean; parameters?: Partial<RequestParameters> } = {},
): Promise<Commitment> {
  const requestId = await makeRequest(world, options.parameters);
  await world.hub.connect(world.operator).accept(requestId);
  const trace = traceOf(world, options.lies);
  await commit(world, requestId, trace, options.lazy);
  return { requestId, trace };
}

export function commit(world: World, requestId: string, trace: ToyTrace, lazy = false): Sent {
  const [root, proof] = lazy ? [ZeroHash, []] : [trace.root, trace.outputProof];
  return world.hub.connect(world.operator).commit(requestId, trace.output, root, proof);
}

export function postTrace(world: World, { requestId, trace }: Commitment): Sent {
  return world.hub.connect(world.operator).postTrace(requestId, trace.root, trace.outputProof);
}

/** One game, with what each side knows. */
export type Match = {
  readonly gameId: string;
  readonly requestId: string;
  readonly operatorTrace: ToyTrace;
  readonly challengerTrace: ToyTrace;
  readonly challenger: Signer;
  readonly salt: string;
};

/** The true trace of the world's request, or one with lies. */
export function traceOf(world: World, lies: readonly Lie[] = []): ToyTrace {
  return new ToyTrace(world.record, world.inputRoot, lies);
}

/** Opens a game. */
export async function openGame(
  world: World,
  commitment: Commitment,
  challenger: Signer,
  challengerTrace: ToyTrace,
): Promise<Match> {
  const { requestId } = commitment;
  const salt = freshSalt();
  const opening = await world.game.openingHash(requestId, challenger.address, challengerTrace.root, salt);
  await world.game.connect(challenger).open(requestId, opening);
  const gameId = await world.game.gameIdOf(requestId, challenger.address, opening);
  return { gameId, requestId, operatorTrace: commitment.trace, challengerTrace, challenger, salt };
}

/** Shows the challenger's root, by whomever. */
export function reveal(world: World, match: Match, sender: Signer = match.challenger): Sent {
  const { gameId, salt, challengerTrace: trace } = match;
  return world.game
    .connect(sender)
    .reveal(gameId, trace.root, salt, trace.outputRoot, trace.outputProof, trace.tree.row(0, 0n));
}

export type AnswerArguments = [
  gameId: string,
  position: GamePosition,
  mover: string[],
  other: string[],
  grandchildren: string[],
];

/** The only answer that the side to move has. */
export async function answerArguments(world: World, match: Match): Promise<AnswerArguments> {
  const { position, mover, other, level, below, index } = await nextAnswer(world, match);
  const rows = [mover.row(level, position.index), other.row(level, position.index), mover.row(below, index)];
  return [match.gameId, position, ...(rows as [string[], string[], string[]])];
}

/** Whether the side to move has the rows that its answer shows. */
export async function canAnswer(world: World, match: Match): Promise<boolean> {
  const { position, mover, level, below, index } = await nextAnswer(world, match);
  return mover.hasRow(level, position.index) && mover.hasRow(below, index);
}

/** Where an answer starts, and the node that it comes to. */
async function nextAnswer(world: World, { gameId, operatorTrace, challengerTrace }: Match) {
  const { turn, level: from } = await world.game.gameOf(gameId);
  const position = await positionOf(world, gameId);
  const trees = [operatorTrace.tree, challengerTrace.tree] as const;
  const [mover, other] = turn === Side.Operator ? trees : ([trees[1], trees[0]] as const);
  const level = Number(from);
  const mine = mover.row(level, position.index);
  const theirs = other.row(level, position.index);
  const place = mine.findIndex((node, i) => node !== theirs[i]);
  const index = position.index * BigInt(mine.length) + BigInt(place);
  return { position, mover, other, level, below: level + Math.log2(mine.length), index };
}

/** Answers for the side to move, by whomever; by default by the side itself. */
export async function answer(world: World, match: Match, sender?: Signer): Promise<Awaited<Sent>> {
  const { turn } = await world.game.gameOf(match.gameId);
  const own = turn === Side.Operator ? world.operator : match.challenger;
  return await world.game.connect(sender ?? own).answer(...(await answerArguments(world, match)));
}

/** Reveals, and answers for both sides until the leaf; a defender may answer for the operator. */
export async function playToLeaf(world: World, match: Match, defender?: Signer): Promise<void> {
  await reveal(world, match);
  for (;;) {
    const { phase, turn } = await world.game.gameOf(match.gameId);
    if (phase !== Phase.Narrowing) return;
    await answer(world, match, turn === Side.Operator ? defender : undefined);
  }
}

/** Has the court decide. */
export async function step(
  world: World,
  match: Match,
  sender: Signer = world.stranger,
): Promise<Awaited<Sent>> {
  const { gameId, operatorTrace } = match;
  const position = await positionOf(world, gameId);
  return await world.game.connect(sender).step(gameId, position, operatorTrace.proof);
}

export type Contradiction = { index: bigint; place: number; word: string; siblings: string[]; proof: string };

/** What shows the element of a trace that holds a byte of a step. */
export function contradictionOf(
  trace: ToyTrace,
  { step: number, byte }: Pick<Lie, "step" | "byte">,
): Contradiction {
  const index = trace.leaf(number, Math.floor(byte / 32));
  const { tree, depth, proof } = trace;
  return {
    ...{ index, place: byte % 32, proof },
    word: tree.node(depth, index),
    siblings: tree.path(depth, index),
  };
}

/** Shows a word of the operator's trace that the court computes otherwise, by whomever. */
export async function convict(
  world: World,
  { gameId, challenger, operatorTrace }: Match,
  lie: Pick<Lie, "step" | "byte"> = OUTPUT_LIE,
  sender: Signer = challenger,
): Promise<Awaited<Sent>> {
  const position = await positionOf(world, gameId);
  return await world.game.connect(sender).convict(gameId, position, contradictionOf(operatorTrace, lie));
}

/** Ends a game whose running clock is used up, by whomever. */
export async function timeout(
  world: World,
  { gameId }: Pick<Match, "gameId">,
  sender: Signer = world.stranger,
): Promise<Awaited<Sent>> {
  return await world.game.connect(sender).timeout(gameId, await positionOf(world, gameId));
}

/** Takes the bond back, by the challenger unless somebody else tries. */
export async function quit(
  world: World,
  { gameId, challenger }: Pick<Match, "gameId" | "challenger">,
  sender: Signer = challenger,
): Promise<Awaited<Sent>> {
  return await world.game.connect(sender).quit(gameId, await positionOf(world, gameId));
}

/** Opens a game and plays it to its end. */
export async function playGame(
  world: World,
  commitment: Commitment,
  challenger: Signer,
  lies: readonly Lie[] = [],
): Promise<Match> {
  const match = await openGame(world, commitment, challenger, traceOf(world, lies));
  await playToLeaf(world, match);
  await step(world, match);
  return match;
}
