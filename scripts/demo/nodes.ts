import {
  type Account,
  createWalletClient,
  type Hex,
  http,
  publicActions,
  type TransactionReceipt,
} from "viem";
import { acceptRequest } from "../../sdk/src/actions/acceptRequest.ts";
import { commitResult } from "../../sdk/src/actions/commitResult.ts";
import { getInput } from "../../sdk/src/actions/getInput.ts";
import { getOpeningHash } from "../../sdk/src/actions/getOpeningHash.ts";
import { openGame, parseOpenGameReceipt } from "../../sdk/src/actions/openGame.ts";
import { playGame } from "../../sdk/src/actions/playGame.ts";
import { randomSalt } from "../../sdk/src/actions/randomSalt.ts";
import { verifyResult } from "../../sdk/src/actions/verifyResult.ts";
import type { Deployment } from "../../sdk/src/addresses.ts";
import type { CompiledModel } from "../../sdk/src/compiler/index.ts";
import type { Side } from "../../sdk/src/game/state.ts";
import { traceBytes } from "../../sdk/src/runtime/index.ts";
import type { Trace } from "../../sdk/src/trace/trace.ts";
import type { Story } from "./story.ts";

/** Everybody in the demo has a name, a key of its own and its own connection to the chain, and shares nothing else. */
export type Client = ReturnType<typeof connect>;

export function connect(url: string, account: Account) {
  return createWalletClient({ account, transport: http(url), pollingInterval: 50 }).extend(publicActions);
}

/** What somebody needs to take part: the chain, the model, and a place to tell what happens. */
export interface Surroundings {
  readonly client: Client;
  readonly deployment: Deployment;
  readonly model: CompiledModel;
  readonly story: Story;
}

/** Where an operator's results come from: the model, or something more convenient. */
export type Computation = (model: CompiledModel, input: Uint8Array) => Promise<Trace>;

/** Waits for a transaction and notes it. */
export async function mined(
  { client, story }: Pick<Surroundings, "client" | "story">,
  who: string,
  what: string,
  kind: string,
  hash: Hex,
): Promise<TransactionReceipt> {
  const receipt = await client.waitForTransactionReceipt({ hash });
  if (receipt.status !== "success") throw new Error(`${who}: "${what}" was reverted in transaction ${hash}.`);
  story.transaction(who, what, kind, receipt);
  return receipt;
}

/** Moves for one side of a game, one at a time. */
class Player {
  protected readonly around: Surroundings;
  protected readonly name: string;

  constructor(around: Surroundings, name: string) {
    this.around = around;
    this.name = name;
  }

  /** Makes the next move of `side`, if it has one; says whether it had. */
  protected async play(
    side: Side,
    gameId: Hex,
    trace: Trace,
    input: Uint8Array,
    salt?: Hex,
  ): Promise<boolean> {
    const { client, deployment, model } = this.around;
    const { move, hash } = await playGame(client, {
      deployment,
      gameId,
      side,
      model,
      input,
      trace,
      // The lie could be proven from the liar's trace alone; the demo shows what happens where it cannot.
      alwaysNarrow: true,
      ...(salt === undefined ? {} : { salt }),
    });
    if (move === undefined || hash === undefined) return false;
    await mined(this.around, this.name, describeMove(move.kind, side), move.kind, hash);
    return true;
  }
}

function describeMove(kind: string, side: Side): string {
  const words: Readonly<Record<string, string>> = {
    reveal: "reveals the root of its trace",
    postTrace: "is asked for its trace, and binds its root",
    answer: `answers for the ${side}, and the search narrows`,
    step: "has the chain compute the one disputed element",
    timeout: "ends the game: the other side's clock has run out",
  };
  return words[kind] ?? kind;
}

/** Answers requests, and defends what it has answered. */
export class Operator extends Player {
  readonly #compute: Computation;
  readonly #runs = new Map<Hex, { readonly trace: Trace; readonly input: Uint8Array }>();

  constructor(around: Surroundings, name: string, compute: Computation = traceBytes) {
    super(around, name);
    this.#compute = compute;
  }

  /** Binds itself to a request, computes, and commits to the output. */
  async serve(requestId: Hex): Promise<Uint8Array> {
    const { client, deployment, model } = this.around;
    const accepted = await acceptRequest(client, { deployment, requestId });
    await mined(this.around, this.name, "accepts the request and locks its stake", "accept", accepted);

    const input = await getInput(client, { deployment, requestId });
    const trace = await this.#compute(model, input);
    this.#runs.set(requestId, { trace, input });

    const committed = await commitResult(client, { deployment, requestId, output: trace.outputBytes });
    await mined(this.around, this.name, "commits to the output", "commit", committed);
    return trace.outputBytes;
  }

  /** Makes its next move in a game about one of its results. */
  async defend(requestId: Hex, gameId: Hex): Promise<boolean> {
    const run = this.#runs.get(requestId);
    return run !== undefined && this.play("operator", gameId, run.trace, run.input);
  }
}

/** Knows the model and the chain, and nothing else. */
export class Challenger extends Player {
  readonly #games = new Map<Hex, { readonly trace: Trace; readonly input: Uint8Array; readonly salt: Hex }>();

  /** Re-executes a committed result; if it is wrong, challenges it. */
  async audit(requestId: Hex): Promise<Hex | undefined> {
    const { client, deployment, model, story } = this.around;
    const check = await verifyResult(client, { deployment, requestId, model });
    if (check.isCorrect) {
      story.line(`${this.name.padEnd(10)} re-executes the model and gets the same bytes: nothing to do`);
      return undefined;
    }
    story.line(`${this.name.padEnd(10)} re-executes the model and gets other bytes: the result is wrong`);
    const input = await getInput(client, { deployment, requestId });
    const trace = await traceBytes(model, input);
    const salt = randomSalt();
    const openingHash = await getOpeningHash(client, {
      deployment,
      requestId,
      challenger: client.account.address,
      traceRoot: trace.traceRoot,
      salt,
    });
    const opened = await openGame(client, { deployment, requestId, openingHash });
    const receipt = await mined(
      this.around,
      this.name,
      "challenges the result with its bond",
      "open",
      opened,
    );
    const { gameId } = parseOpenGameReceipt(receipt, { deployment });
    this.#games.set(gameId, { trace, input, salt });
    return gameId;
  }

  /** Makes its next move in a game of its own. */
  async pursue(gameId: Hex): Promise<boolean> {
    const game = this.#games.get(gameId);
    return game !== undefined && this.play("challenger", gameId, game.trace, game.input, game.salt);
  }
}
