import { expect } from "chai";
import {
  createPublicClient,
  createWalletClient,
  custom,
  type Hex,
  HttpRequestError,
  http,
  zeroHash,
} from "viem";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import { getModel } from "../../../sdk/src/actions/getModel.ts";
import { waitForFinality } from "../../../sdk/src/actions/waitForFinality.ts";
import { AssayError } from "../../../sdk/src/core/errors.ts";
import { UserRejectedError } from "../../../sdk/src/errors/client.ts";
import { contractErrors } from "../../../sdk/src/errors/generated/contract-errors.ts";
import { toAssayError } from "../../../sdk/src/errors/normalize.ts";
import { caught } from "../../support/caught.ts";
import { deploymentForTests } from "../../support/deployment.ts";

const data: Hex = `${contractErrors.HubGamesOpen.selector}${"00".repeat(31)}07${"00".repeat(31)}02`;
const address: Hex = `0x${"11".repeat(20)}`;

/** A client whose node answers every request with an error. */
function failingClient(error: unknown) {
  const request = (): Promise<never> => Promise.reject(error);
  return createWalletClient({ account: address, transport: custom({ request }, { retryCount: 0 }) });
}

describe("sdk/errors: from foreign errors", () => {
  it("default: an error of the tree stays itself, however deep it is", () => {
    const own = new AssayError("SOME_CODE", "Some message.");
    expect(toAssayError(own)).to.equal(own);
    expect(toAssayError(new Error("outer", { cause: new Error("middle", { cause: own }) }))).to.equal(own);
  });

  it("behavior: the bytes of a revert are found in the shapes of all libraries and nodes", () => {
    const shapes: unknown[] = [
      Object.assign(new Error("execution reverted"), { code: 3, data }),
      Object.assign(new Error("reverted"), { data: { data, message: "reverted" } }),
      Object.assign(new Error("reverted"), { code: "CALL_EXCEPTION", data }),
      Object.assign(new Error("reverted"), { code: "CALL_EXCEPTION", info: { error: { code: 3, data } } }),
      new Error("outer", { cause: Object.assign(new Error("inner"), { raw: data }) }),
      { code: -32000, message: "reverted", data },
    ];
    for (const shape of shapes) {
      const error = toAssayError(shape, { contract: "InferenceHub" });
      expect(error.code).to.equal("HUB_GAMES_OPEN");
      expect(error.context).to.include({ contract: "InferenceHub", openGames: 2n });
      expect(error.cause).to.equal(shape);
    }
  });

  it("behavior: every other kind of failure has its own code", () => {
    const cases: readonly (readonly [unknown, string, boolean])[] = [
      [{ code: 4001, message: "User denied" }, "USER_REJECTED", false],
      [Object.assign(new Error("no"), { code: "ACTION_REJECTED" }), "USER_REJECTED", false],
      [new HttpRequestError({ url: "http://localhost", status: 503 }), "NODE_UNREACHABLE", true],
      [new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } }), "NODE_UNREACHABLE", true],
      [{ code: 4900, message: "disconnected" }, "NODE_UNREACHABLE", true],
      [new HttpRequestError({ url: "http://localhost", status: 429 }), "NODE_RATE_LIMITED", true],
      [{ code: -32005, message: "limit exceeded" }, "NODE_RATE_LIMITED", true],
      [{ code: -32000, message: "insufficient funds for gas * price + value" }, "INSUFFICIENT_FUNDS", false],
      [{ code: "INSUFFICIENT_FUNDS", message: "insufficient funds" }, "INSUFFICIENT_FUNDS", false],
      [{ code: -32000, message: "nonce too low: next 5, got 3" }, "NONCE_INVALID", true],
      [{ code: "NONCE_EXPIRED", message: "nonce" }, "NONCE_INVALID", true],
      [{ code: -32000, message: "header not found" }, "NODE_BEHIND", true],
      [{ code: 3, message: "execution reverted" }, "REVERTED_WITHOUT_DATA", false],
      [{ code: 3, message: "execution reverted", data: "0x" }, "REVERTED_WITHOUT_DATA", false],
      [{ code: -32601, message: "the method does not exist" }, "NODE_REQUEST_FAILED", false],
      [{ code: "INVALID_ARGUMENT", message: "invalid BytesLike value" }, "CALL_INVALID", false],
      [{ code: "MISSING_ARGUMENT", message: "missing argument: types/values length" }, "CALL_INVALID", false],
      ["just a string", "NODE_REQUEST_FAILED", false],
      [undefined, "NODE_REQUEST_FAILED", false],
    ];
    for (const [thrown, code, isTransient] of cases) {
      expect(toAssayError(thrown), JSON.stringify(thrown)).to.include({ code, isTransient });
    }
  });

  it("behavior: a chain of causes that closes in a circle ends", () => {
    const error: Error & { cause?: unknown } = new Error("circle");
    error.cause = error;
    expect(toAssayError(error).code).to.equal("NODE_REQUEST_FAILED");
  });

  it("error: a node that is not there", async () => {
    const transport = http("http://127.0.0.1:1", { retryCount: 0 });
    const client = createPublicClient({ transport });
    const error = await caught(getModel(client, { deployment: deploymentForTests(), modelId: zeroHash }));
    expect(error).to.include({ code: "NODE_UNREACHABLE", isTransient: true });
    expect(error.recovery).to.be.a("string");
  });

  it("error: a wallet that declines", async () => {
    const client = failingClient({ code: 4001, message: "User rejected the request." });
    const error = await caught(
      acceptRequest(client, { deployment: deploymentForTests(), requestId: zeroHash }),
    );
    expect(error).to.be.instanceOf(UserRejectedError);
    expect(error.isTransient).to.equal(false);
  });

  it("error: waiting survives a node that is away, until the time is up", async () => {
    const client = failingClient(new TypeError("fetch failed"));
    const parameters = {
      deployment: deploymentForTests(),
      requestId: zeroHash,
      pollingInterval: 1,
      timeout: 20,
    };
    const error = await caught(waitForFinality(client, parameters));
    expect(error).to.include({ code: "FINALITY_TIMEOUT", isTransient: true });
  });
});
