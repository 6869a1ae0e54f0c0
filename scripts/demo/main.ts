/**
 * Shows the whole of Assay on a chain of its own: a model is registered, asked and answered, and an operator that lies is convicted by the chain
 * executing one element of one layer of that model.
 *
 *     npm run demo -- [--model digits|cls] [--json]
 *
 * `--json` prints nothing but one line of JSON at the end.
 */

import { parseArgs } from "node:util";
import { startLocalNode } from "../../sdk/src/testing/local-node.ts";
import { root } from "../check/check.ts";
import { MODEL_NAMES, type ModelName } from "./models.ts";
import { tell } from "./scenes.ts";
import { Story } from "./story.ts";

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, model: { type: "string", default: "digits" } },
});
const name = MODEL_NAMES.find((known) => known === values.model) satisfies ModelName | undefined;
if (name === undefined) {
  console.error(`--model ${values.model}: there is no such model; take one of ${MODEL_NAMES.join(", ")}.`);
  process.exit(2);
}

const started = Date.now();
const story = new Story(values.json);
story.title("A chain of its own");
const chain = await startLocalNode({ cwd: root });
story.line(`JSON-RPC on ${chain.url}`);
try {
  const outcome = await tell(chain.url, name, story);
  const seconds = (Date.now() - started) / 1000;
  if (values.json) console.log(JSON.stringify({ ...outcome, seconds }));
  else story.line(`${seconds.toFixed(0)} seconds in all`);
} finally {
  await chain.stop();
}
