/** Fetches an input from where its request says that it is. The place is a stranger's word: size, time and reach are limited, and the bytes count by their root alone. */

import { lookup as resolveName } from "node:dns";
import { get as getHttp, type IncomingMessage, type RequestOptions } from "node:http";
import { get as getHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { AssayError } from "../core/errors.ts";
import { isPublicAddress } from "./public-address.ts";

/** Why an input was not had. */
export type InputUriProblem =
  | "INPUT_URI_UNSUPPORTED"
  | "INPUT_ADDRESS_PRIVATE"
  | "INPUT_UNREACHABLE"
  | "INPUT_LENGTH_MISMATCH"
  | "INPUT_ROOT_MISMATCH";

/** An input cannot be had from where its request says that it is. */
export class InputUriError extends AssayError {
  override readonly name = "InputUriError";

  constructor(code: InputUriProblem, uri: string, problem: string, cause?: unknown) {
    const shown = uri.length > 200 ? `${uri.slice(0, 200)}...` : uri;
    super(code, `The input at "${shown}" ${problem}.`, {
      recovery: "Get the input from whoever has it, or demand it.",
      // Whoever moves or corrects it makes it right; another scheme stays another scheme.
      isTransient: code !== "INPUT_URI_UNSUPPORTED",
      context: { uri: shown },
      ...(cause === undefined ? {} : { cause }),
    });
  }
}

/** How inputs are fetched. */
export interface InputUriOptions {
  /** Most seconds for all of it, redirections included. */
  readonly seconds: number;
  /** An IPFS gateway over HTTP, whose word is not needed; without one, `ipfs://` is not understood. */
  readonly ipfsGateway: string | undefined;
  /** Also asks computers of private networks, and this one. */
  readonly allowPrivate: boolean;
}

const MAX_REDIRECTIONS = 3;
const REDIRECTIONS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * The bytes at a `data:`, `http(s):` or `ipfs:` URI.
 *
 * @param length - how many bytes they have to be; more are not read
 * @throws {InputUriError}
 */
export async function fetchInputUri(
  uri: string,
  length: number,
  options: InputUriOptions,
): Promise<Uint8Array> {
  let url = parse(uri);
  if (url?.protocol === "data:") return bytesOfData(uri, url, length);
  let isTrusted = false;
  if (url?.protocol === "ipfs:" && options.ipfsGateway !== undefined) {
    url = parse(`${options.ipfsGateway.replace(/\/+$/, "")}/ipfs/${url.host}${url.pathname}`);
    // Whoever set the gateway up may have it beside the daemon.
    isTrusted = true;
  }
  const signal = AbortSignal.timeout(options.seconds * 1_000);
  for (let redirections = 0; redirections <= MAX_REDIRECTIONS; redirections++) {
    if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:"))
      throw new InputUriError("INPUT_URI_UNSUPPORTED", uri, "is at no place that can be read here");
    const { response, body } = await ask(uri, url, length, options.allowPrivate || isTrusted, signal);
    const { statusCode = 0, headers } = response;
    if (statusCode === 200) return exactly(uri, body, length);
    const location = headers.location;
    if (!REDIRECTIONS.includes(statusCode) || location === undefined)
      throw new InputUriError("INPUT_UNREACHABLE", uri, `is not there: HTTP status ${statusCode}`);
    url = parse(location, url);
    isTrusted = false;
  }
  throw new InputUriError("INPUT_UNREACHABLE", uri, `is behind more than ${MAX_REDIRECTIONS} redirections`);
}

function parse(text: string, base?: URL): URL | undefined {
  return URL.canParse(text, base) ? new URL(text, base) : undefined;
}

function bytesOfData(uri: string, url: URL, length: number): Uint8Array {
  const [, isBase64, content] = /^data:[^,]*?(;base64)?,(.*)$/is.exec(url.href) ?? [];
  if (content === undefined)
    throw new InputUriError("INPUT_URI_UNSUPPORTED", uri, "is no data URI: it has no comma");
  return exactly(
    uri,
    Buffer.from(unescapeBytes(content), isBase64 === undefined ? "latin1" : "base64"),
    length,
  );
}

/** Percent-decoding to bytes, one character for each: they need not be text. */
function unescapeBytes(content: string): string {
  return content.replace(/%([0-9a-f]{2})/gi, (_, byte: string) =>
    String.fromCharCode(Number.parseInt(byte, 16)),
  );
}

function exactly(uri: string, bytes: Uint8Array, length: number): Uint8Array {
  if (bytes.length === length) return new Uint8Array(bytes);
  const found = bytes.length > length ? `more than ${length}` : String(bytes.length);
  throw new InputUriError(
    "INPUT_LENGTH_MISMATCH",
    uri,
    `has ${found} bytes, where the model takes ${length}`,
  );
}

interface Told {
  readonly response: IncomingMessage;
  /** At most one byte more than was asked for. */
  readonly body: Uint8Array;
}

function ask(
  uri: string,
  url: URL,
  length: number,
  allowPrivate: boolean,
  signal: AbortSignal,
): Promise<Told> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isPrivate = (): InputUriError =>
    new InputUriError("INPUT_ADDRESS_PRIVATE", uri, `is in a private network: ${host}`);
  // An address in the place of a name is never looked up.
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) return Promise.reject(isPrivate());
  const guarded: LookupFunction = (name, options, done) => {
    resolveName(name, { ...options, all: true }, (error, found) => {
      if (error !== null) return done(error, []);
      // The connection is made to what was checked, so that a name cannot mean another computer a moment later.
      const usable = allowPrivate ? found : found.filter(({ address }) => isPublicAddress(address));
      const [first] = usable;
      if (first === undefined) return done(isPrivate(), []);
      return options.all === true ? done(null, usable) : done(null, first.address, first.family);
    });
  };
  const request: RequestOptions = {
    ...{ lookup: guarded, signal, agent: false },
    headers: { accept: "application/octet-stream, */*", "accept-encoding": "identity" },
  };
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown): void =>
      reject(
        cause instanceof InputUriError
          ? cause
          : new InputUriError(
              "INPUT_UNREACHABLE",
              uri,
              signal.aborted ? "takes too long to come" : "cannot be read",
              cause,
            ),
      );
    const get = url.protocol === "https:" ? getHttps : getHttp;
    get(url, request, (response) => {
      const parts: Buffer[] = [];
      let size = 0;
      const end = (): void => resolve({ response, body: Buffer.concat(parts).subarray(0, length + 1) });
      response.on("data", (part: Buffer) => {
        parts.push(part);
        size += part.length;
        if (size <= length) return;
        end();
        response.destroy();
      });
      response.once("end", end);
      response.once("error", fail);
      // A connection that breaks off has not told all.
      response.once("aborted", () => fail(undefined));
    }).once("error", fail);
  });
}
