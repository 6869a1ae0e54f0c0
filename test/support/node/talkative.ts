/** A process that logs more than anybody reads, and says over another way that it goes on. Ends when its parent does not want it any more. */

import { createLogger } from "../../../sdk/src/node/log.ts";

/** More than waits to be read; then less, so that whoever reads catches up. */
const LOUD_ROUNDS = 12;

function talk(report: (rounds: number) => void): void {
  const log = createLogger("operator", { level: "info", format: "json" });
  let rounds = 0;
  const timer = setInterval(() => {
    const lines = rounds < LOUD_ROUNDS ? 2_000 : 1;
    for (let line = 0; line < lines; line++) log.info({ line, filling: "x".repeat(1_000) }, "talking");
    log.fatal("nobody listens");
    report(++rounds);
  }, 10);
  process.on("disconnect", () => {
    clearInterval(timer);
    process.exit(7);
  });
}

// Whoever runs all tests loads every file beside them, and is no parent that listens.
if (process.send !== undefined) talk((rounds) => process.send?.(rounds));
