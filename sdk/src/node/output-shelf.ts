/** Outputs that are too long for a transaction: kept before their roots are committed to, and served, so that whoever reads a result can check its bytes. */

import { Hono } from "hono";
import type { Hex } from "viem";
import { isHex } from "../core/bytes.ts";
import type { Store } from "./store.ts";

/** Outputs are served for so long after they were last committed to: longer than any window, so that the disk does not fill. */
const RETENTION_MS = 30 * 86_400_000;
const PATH = "/v1/outputs/";

export class OutputShelf {
  readonly #store: Store;
  readonly #url: string | undefined;

  /**
   * @param url - where readers reach the API; without it outputs are served, and the chain does not tell where
   */
  constructor(store: Store, url: string | undefined) {
    this.#store = store;
    this.#url = url?.replace(/\/+$/, "");
  }

  /**
   * Keeps an output.
   *
   * @returns where readers find it; empty where that is not known
   */
  keep(outputRoot: Hex, output: Uint8Array): string {
    this.#store.dropOutputs(Date.now() - RETENTION_MS);
    this.#store.putOutput(outputRoot, output, Date.now());
    return this.#url === undefined ? "" : `${this.#url}${PATH}${outputRoot}`;
  }

  /** The route: GET /v1/outputs/:outputRoot gives the bytes as they are. */
  routes(): Hono {
    const app = new Hono();
    app.get(`${PATH}:outputRoot`, (c) => {
      const outputRoot = c.req.param("outputRoot").toLowerCase();
      const output = isHex(outputRoot, 32) ? this.#store.output(outputRoot as Hex) : undefined;
      if (output === undefined) {
        const message = `No output is kept under ${outputRoot.slice(0, 66)}.`;
        return c.json({ error: { code: "OUTPUT_UNKNOWN", message } }, 404);
      }
      // Bytes never change under their root.
      const headers = {
        "content-type": "application/octet-stream",
        "cache-control": "public, max-age=31536000, immutable",
      };
      return c.body(output.slice().buffer, 200, headers);
    });
    return app;
  }
}
