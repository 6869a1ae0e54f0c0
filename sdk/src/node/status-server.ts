/** /metrics for Prometheus, /healthz and /readyz for whoever starts and stops processes, /status for people. Read only. */

import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Registry } from "prom-client";
import { AssayError } from "../core/errors.ts";

/** Something that listens. */
export interface Listener {
  readonly host: string;
  /** The port that was taken, where any was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/** What is asked of a daemon. */
export interface StatusSource {
  readonly registry: Registry;
  /** What keeps the daemon from its work; nothing if it is ready. */
  readonly problems: () => readonly string[];
  /** Whether the process still does anything at all. */
  readonly isAlive: () => boolean;
  readonly status: () => unknown;
}

/** A port cannot be listened on. */
export class ListenError extends AssayError {
  override readonly name = "ListenError";

  constructor(host: string, port: number, cause: unknown) {
    super("LISTEN_FAILED", `Nothing can listen on ${host}:${port}: ${(cause as Error).message}.`, {
      recovery: "Choose another port, or 0 for any free one.",
      context: { host, port },
      cause,
    });
  }
}

/** The routes, for a server or a test. */
export function statusRoutes({ registry, problems, isAlive, status }: StatusSource): Hono {
  const app = new Hono();
  app.get("/healthz", (c) => (isAlive() ? c.text("ok") : c.text("stuck", 503)));
  app.get("/readyz", (c) => {
    const found = problems();
    return found.length === 0 ? c.json({ ready: true }) : c.json({ ready: false, problems: found }, 503);
  });
  app.get("/metrics", async (c) =>
    c.text(await registry.metrics(), 200, { "content-type": registry.contentType }),
  );
  app.get("/status", (c) => {
    const text = JSON.stringify(
      status(),
      (_key, value) => (typeof value === "bigint" ? String(value) : value),
      2,
    );
    return c.body(text, 200, { "content-type": "application/json" });
  });
  return app;
}

/** Serves routes on a port. */
export function listen(app: Hono, host: string, port: number): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, ({ port: taken }) => {
      const close = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done());
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      resolve({ host, port: taken, close });
    });
    server.once("error", (error: Error) => reject(new ListenError(host, port, error)));
  });
}
