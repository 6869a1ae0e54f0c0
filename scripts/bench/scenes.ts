/** Everything that is measured, in the order in which it happens on one chain. */

import type { Hex } from "viem";
import { claimRefund } from "../../sdk/src/actions/claimRefund.ts";
import { claimReward } from "../../sdk/src/actions/claimReward.ts";
import { getDefenders } from "../../sdk/src/actions/getDefenders.ts";
import { getGameView } from "../../sdk/src/actions/getGameView.ts";
import { settleRequest } from "../../sdk/src/actions/settleRequest.ts";
import { timeoutGame } from "../../sdk/src/actions/timeoutGame.ts";
import { positionOf } from "../../sdk/src/game/state.ts";
import { traceBytes } from "../../sdk/src/runtime/index.ts";
import { packInputs } from "../../sdk/src/runtime/tensors.ts";
import { traceOf } from "../../sdk/src/trace/trace.ts";
import { lyingTrace } from "../demo/liar.ts";
import { compile, MODELS } from "../demo/models.ts";
import { batchScene } from "./batches.ts";
import { BenchChain, type Sent } from "./chain.ts";
import {
  ask,
  type Case,
  caseOf,
  commit,
  type Manner,
  type Match,
  type MoveSent,
  move,
  open,
  play,
} from "./disputes.ts";
import { type Figure, Figures } from "./figures.ts";
import {
  byteDotProduct,
  convolution,
  deepTrace,
  dotProduct,
  EXPONENTIAL_OPERATIONS,
  exponential,
  type HandMade,
} from "./models.ts";
import { askRefereeAlone } from "./referee.ts";
import { PROFILE, prepare, publish, register } from "./stage.ts";

/** What all scenes share. */
interface Stage {
  readonly chain: BenchChain;
  /** A chain where calldata costs what it cost before it got a floor. */
  readonly floorless: BenchChain;
  readonly figures: Figures;
  readonly profileId: Hex;
}

/** Runs all scenes on a chain of their own, with the contracts as they are compiled. */
export async function measureGas(): Promise<readonly Figure[]> {
  const chain = await BenchChain.create();
  const floorless = await BenchChain.create("cancun");
  try {
    return await measureOn(chain, floorless);
  } finally {
    await chain.close();
    await floorless.close();
  }
}

async function measureOn(chain: BenchChain, floorless: BenchChain): Promise<readonly Figure[]> {
  const figures = new Figures();
  const profileId = await prepare(chain, figures);
  const stage: Stage = { chain, floorless, figures, profileId };
  const digits = await digitCase();
  await publish(chain, figures, digits.model);
  // A request that stays open, so that the escrow is never empty: it hardly ever is.
  await ask(chain, digits, profileId);

  await resultScene(stage, digits);
  await disputeScene(stage, digits);
  await defenceScene(stage, { ...digits, traces: exchanged(digits.traces) });
  await convictionScene(stage, digits);
  await timeoutScene(stage, digits);
  await deepScene(stage, "lazy");
  await deepScene(stage, "eager");
  await deepDefenceScene(stage);
  await stepScene(stage, "f32 dot product of 1,024", dotProduct());
  await stepScene(stage, "u8/i8 dot product of 768", byteDotProduct());
  await stepScene(stage, "guarded f32 convolution of 3 x 3 x 64", convolution());
  await stepScene(stage, `elementwise exponential of ${EXPONENTIAL_OPERATIONS} operations`, exponential());
  await batchScene(chain, figures, profileId, digits.model.modelId);
  return figures.all;
}

/** The digit CNN about an image, with an operator that exchanges the two largest scores of its last layer with weights. */
async function digitCase(): Promise<Case> {
  const demo = MODELS.digits();
  const model = compile(demo);
  const input = packInputs(model, demo.samples[1].inputs);
  const operator = lyingTrace(model, model.stepInfos, input);
  return { model, input, traces: { operator, challenger: await traceBytes(model, input) } };
}

function exchanged({ operator, challenger }: Case["traces"]): Case["traces"] {
  return { operator: challenger, challenger: operator };
}

/** A result that nobody disputes. */
async function resultScene({ chain, figures, profileId }: Stage, digits: Case): Promise<void> {
  const group = "an undisputed result";
  const lazy = await commit(chain, digits, profileId, "lazy");
  const eager = await commit(chain, digits, profileId, "eager");
  figures.note(group, `request, ${digits.input.length.toLocaleString("en")} bytes`, lazy.request);
  figures.note(group, "accept", lazy.accept);
  figures.note(group, "commit, lazy", lazy.commit);
  figures.note(group, "commit, eager", eager.commit);
  await chain.pass(PROFILE.windowSeconds);
  const { clients, deployment } = chain;
  const settled = await chain.send(() =>
    settleRequest(clients.operator, { deployment, requestId: lazy.requestId }),
  );
  figures.note(group, "settle", settled);
}

/** The operator of a lazy commitment lies, and defends itself to the end. */
async function disputeScene({ chain, figures, profileId }: Stage, digits: Case): Promise<void> {
  const group = "digit CNN, lazy";
  const match = await open(chain, await commit(chain, digits, profileId, "lazy"));
  const moves = await play(chain, match);
  noteGame(figures, group, match, moves);
  figures.note(group, "whole dispute", match.open, ...moves);
  const { clients, deployment } = chain;
  const { gameId } = match;
  figures.note(
    group,
    "claimReward",
    await chain.send(() => claimReward(clients.challenger, { deployment, gameId })),
  );
}

/** The challenger of an eager commitment lies, and somebody else defends it. */
async function defenceScene({ chain, figures, profileId }: Stage, digits: Case): Promise<void> {
  const group = "digit CNN, eager, defended by a third party";
  const match = await open(chain, await commit(chain, digits, profileId, "eager"));
  noteGame(figures, group, match, await play(chain, match, "defender"));
  const { clients, deployment } = chain;
  const { gameId } = match;
  const movers = await getDefenders(clients.defender, { deployment, gameId });
  figures.note(
    group,
    "claimRefund",
    await chain.send(() => claimRefund(clients.defender, { deployment, gameId, movers })),
  );
}

/** The operator of an eager commitment lies about nothing but the output, so that its trace is guessed. */
async function convictionScene({ chain, figures, profileId }: Stage, digits: Case): Promise<void> {
  const group = "a guessed trace";
  const truth = digits.traces.challenger;
  const output = truth.tree.tensors.at(-1)?.slice() ?? new Uint8Array();
  output[0] = (output[0] ?? 0) ^ 1;
  const operator = traceOf(digits.model.record, digits.input, [...truth.tree.tensors.slice(0, -1), output]);
  const about = { ...digits, traces: { operator, challenger: truth } };
  const match = await open(chain, await commit(chain, about, profileId, "eager"));
  const convicted = await move(chain, match, "challenger", "challenger", false);
  if (convicted?.kind !== "convict") throw new Error("The operator was not convicted by its own trace.");
  figures.note(group, "open", match.open);
  figures.note(group, "convict", convicted);
  figures.note(group, "whole dispute", match.open, convicted);
}

/** Each side once falls silent. */
async function timeoutScene({ chain, figures, profileId }: Stage, digits: Case): Promise<void> {
  const group = "silence";
  const { clients, deployment } = chain;
  const commitment = await commit(chain, digits, profileId, "lazy");
  const silent = await open(chain, commitment);
  const unanswered = await open(chain, commitment);
  await move(chain, unanswered, "challenger");
  await chain.pass(PROFILE.clockSeconds);
  const timeout = async ({ gameId }: Match): Promise<Sent> => {
    const position = positionOf(await getGameView(clients.defender, { deployment, gameId }));
    return chain.send(() => timeoutGame(clients.defender, { deployment, gameId, position }));
  };
  figures.note(group, "timeout, of a challenger", await timeout(silent));
  figures.note(group, "timeout, of an operator", await timeout(unanswered));
}

/** A trace of 2^24 words. */
async function deepScene({ chain, figures, profileId }: Stage, manner: Manner): Promise<void> {
  const about = caseOf(deepTrace());
  if (manner === "lazy") await register(chain, about.model);
  const match = await open(chain, await commit(chain, about, profileId, manner));
  noteGame(figures, `2^24 words, ${manner}`, match, await play(chain, match));
}

/** The first answer for the operator about such a trace, made by somebody else: the largest answer that there is. */
async function deepDefenceScene({ chain, figures, profileId }: Stage): Promise<void> {
  const match = await open(chain, await commit(chain, caseOf(deepTrace()), profileId, "eager"));
  await move(chain, match, "challenger");
  const answered = await move(chain, match, "operator", "defender");
  if (answered?.kind !== "answer") throw new Error("Nobody answered for the operator.");
  figures.note("2^24 words, eager, defended by a third party", "answer 1", answered);
}

/** One costly step, disputed to the leaf. */
async function stepScene(
  { chain, floorless, figures, profileId }: Stage,
  name: string,
  handMade: HandMade,
): Promise<void> {
  const about = caseOf(handMade);
  await register(chain, about.model);
  const match = await open(chain, await commit(chain, about, profileId, "eager"));
  const step = (await play(chain, match)).find(({ kind }) => kind === "step");
  if (step === undefined) throw new Error(`The game about the ${name} did not reach its leaf.`);
  figures.note("step", name, step);
  figures.note("referee alone", name, await askRefereeAlone(chain, chain, match, step));
  const alone = await askRefereeAlone(chain, floorless, match, step);
  figures.note("referee alone, no floor on calldata", name, alone);
}

/** Notes every move of a game, the answers by number. */
function noteGame(figures: Figures, group: string, match: Match, moves: readonly MoveSent[]): void {
  figures.note(group, "open", match.open);
  let answers = 0;
  for (const made of moves) {
    figures.note(group, made.kind === "answer" ? `answer ${++answers}` : made.kind, made);
  }
}
