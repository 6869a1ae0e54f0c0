/** Answers over HTTP: runs a model on bytes that somebody posts, signs a receipt, and shows what has become of it. */

import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Hex } from "viem";
import { z } from "zod";
import { fromHex, toHex } from "../core/bytes.ts";
import { rootOfBytes } from "../core/tree.ts";
import { toAssayError } from "../errors/normalize.ts";
import type { Batcher } from "./batcher.ts";
import { type AnswerReceipt, receiptTypedData } from "./receipt.ts";
import type { Sending, Tools } from "./tools.ts";

export interface AnswerApiOptions {
  readonly profileId: Hex;
  /** Seconds within which a batch is promised. */
  readonly batchSeconds: number;
  /** Whether nothing new is taken on, and why. */
  readonly refusal: () => string | undefined;
}

const word = z.templateLiteral(["0x", z.string().regex(/^[0-9a-f]{64}$/)]);
const question = z.strictObject({
  modelId: word,
  input: z.string().regex(/^0x(?:[0-9a-f]{2})*$/i),
  requestId: word.optional(),
});

/** Runs at a time, and answers that wait for a batch; more are turned away. */
const MOST_RUNNING = 16;
const MOST_WAITING = 10_000;
const SLACK_BYTES = 1_024;

/** The routes: POST /v1/answers, GET /v1/answers/:requestId. */
export function answerRoutes(
  tools: Tools,
  sending: Sending,
  batcher: Batcher,
  options: AnswerApiOptions,
): Hono {
  const { deployment, models, inference, metrics, log } = tools;
  const running = new Set<Hex>();
  const largest = Math.max(0, ...models.all.map(({ record }) => record.inputBytes));
  const app = new Hono();
  const refuse = (code: string, message: string) => ({ error: { code, message } });

  app.post("/v1/answers", bodyLimit({ maxSize: 2 * largest + SLACK_BYTES }), async (c) => {
    const parsed = question.safeParse(await c.req.json().catch(() => undefined));
    if (!parsed.success) return c.json(refuse("QUESTION_INVALID", z.prettifyError(parsed.error)), 400);
    const { modelId, requestId = toHex(randomBytes(32)) } = parsed.data as { modelId: Hex; requestId?: Hex };
    const model = models.get(modelId);
    if (model === undefined)
      return c.json(refuse("MODEL_NOT_SERVED", `Model ${modelId} is not served.`), 404);
    const { record } = model;
    const input = fromHex(parsed.data.input.toLowerCase() as Hex);
    if (input.length !== record.inputBytes)
      return c.json(
        refuse("INPUT_LENGTH", `The model takes ${record.inputBytes} bytes, not ${input.length}.`),
        400,
      );
    const inputRoot = rootOfBytes(input, record.inputDepth);
    const known = batcher.get(requestId);
    if (known !== undefined) {
      // To ask twice, as after a lost connection, gives the same receipt; to ask something else by the same name does not.
      const isSame = known.receipt.inputRoot === inputRoot && known.receipt.modelId === modelId;
      if (!isSame) return c.json(refuse("REQUEST_ID_USED", `${requestId} names another question.`), 409);
      return c.json({ receipt: known.receipt, signature: known.signature, output: known.output });
    }
    const refusal = options.refusal();
    if (refusal !== undefined) return c.json(refuse("NOT_SERVING", refusal), 503);
    if (running.size >= MOST_RUNNING || running.has(requestId) || batcher.waiting.length >= MOST_WAITING)
      return c.json(refuse("TOO_MANY_REQUESTS", "Ask again in a while."), 429);
    running.add(requestId);
    try {
      const { output, outputRoot } = await inference.run(modelId, input);
      const commitBefore = Math.ceil(Date.now() / 1_000) + options.batchSeconds;
      const { profileId } = options;
      const receipt: AnswerReceipt = { requestId, modelId, profileId, inputRoot, outputRoot, commitBefore };
      const signature = await sending.signer.signTypedData(receiptTypedData(deployment, receipt));
      const answer = { receipt, signature, output: toHex(output) };
      // Written down before it is given away: a promise is kept after a crash, too.
      batcher.add({ ...answer, input: toHex(input), batch: undefined });
      metrics.served.inc({ channel: "http" });
      return c.json(answer);
    } catch (thrown) {
      const error = toAssayError(thrown);
      log.error({ requestId, modelId, error }, "a question could not be answered");
      return c.json(refuse(error.code, error.shortMessage), 500);
    } finally {
      running.delete(requestId);
    }
  });

  app.get("/v1/answers/:requestId", (c) => {
    const requestId = c.req.param("requestId").toLowerCase() as Hex;
    const answer = batcher.get(requestId);
    if (answer === undefined)
      return c.json(refuse("ANSWER_UNKNOWN", `Nothing was promised for ${requestId}.`), 404);
    const { receipt, signature, output } = answer;
    return c.json({ receipt, signature, output, ...batcher.stateOf(requestId) });
  });
  return app;
}
