/** A process that logs more than anybody reads, and says over another way that it goes on. Ends when its parent does not want it any more. */

import { createLogger } from "../../../sdk/src/node/log.ts";

const log = createLogger("operator", { level: "info", format: "json" });
/** More than waits to be read; then less, so that whoever reads catches up. */
const LOUD_ROUNDS = 12;

let rounds = 0;
const timer = setInterval(() => {
  const lines = rounds < LOUD_ROUNDS ? 2_000 : 1;
  for (let line = 0; line < lines; line++) log.info({ line, filling: "x".repeat(1_000) }, "talking");
  log.fatal("nobody listens");
  process.send?.(++rounds);
}, 10);
process.on("disconnect", () => {
  clearInterval(timer);
  process.exit(7);
});
