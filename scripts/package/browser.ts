/** Pages of the package's consumers: who serves them, and Chromium, where there is one, to open them. */

import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { chromium } from "playwright-core";

/** Milliseconds; generous, since machines may be slow. */
const TIMEOUT = 600_000;

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

const TYPES: Readonly<Record<string, string>> = {
  "": "text/html",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
};

export interface Site {
  readonly url: string;
  readonly close: () => void;
}

/** Serves files on a loopback port, by their paths without the first slash; the page itself is the empty path. */
export async function serve(read: (path: string) => string | Uint8Array | undefined): Promise<Site> {
  const server = createServer(({ url = "/" }, response) => {
    const path = url.slice(1);
    const body = read(path);
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(body === undefined ? 404 : 200, { "Content-Type": type });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => closeAll(server),
  };
}

function closeAll(server: Server): void {
  server.close();
  server.closeAllConnections();
}

/**
 * Opens a page in Chromium, and returns what an expression gives there as soon as it gives something.
 *
 * @returns nothing where there is no Chromium
 */
export async function inChromium(url: string, expression: string): Promise<string | undefined> {
  if (!existsSync(CHROMIUM)) return undefined;
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(TIMEOUT);
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    await page.goto(url);
    await page.waitForFunction(expression).catch((error: unknown) => {
      throw new Error([...problems, String(error)].join("\n"));
    });
    return await page.evaluate(expression);
  } finally {
    await browser.close();
  }
}

/** The end of a note of what was done, which says where there was nothing to do it with. */
export function chromiumNote(found: string | undefined): string {
  return found === undefined ? `; there is no ${CHROMIUM} here to open it` : ", and in Chromium";
}
