import { expect } from "chai";
import { createWalletClient, custom } from "viem";
import * as actions from "../../../sdk/src/actions/index.ts";
import { AssayError } from "../../../sdk/src/core/errors.ts";
import { type Example, examples, HELPERS, shared } from "../../support/action-parameters.ts";
import { deploymentForTests } from "../../support/deployment.ts";

type Call = (parameters: unknown) => unknown;

const deployment = deploymentForTests();
/** Parameters in which anything may be anything, but which are named in full. */
const CHECKED_ELSEWHERE = new Set([
  "trace.tree",
  "model.steps",
  "model.inputs",
  "model.outputs",
  "limits",
  "operatorTree",
  "inputs",
]);

let asked = 0;
const client = createWalletClient({
  account: "0x00000000000000000000000000000000000000bb",
  transport: custom(
    {
      request: () => {
        asked += 1;
        return Promise.reject(new Error("asked"));
      },
    },
    { retryCount: 0 },
  ),
});

/** An action, and the forms that it has beside itself. */
function formsOf(name: string): readonly (readonly [form: string, call: Call])[] {
  const suffix = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  const functions = actions as unknown as Readonly<
    Record<string, ((...args: unknown[]) => unknown) | undefined>
  >;
  const bare = new Set([...HELPERS, `encode${suffix}`] as string[]);
  return [name, `simulate${suffix}`, `encode${suffix}`].flatMap((form) => {
    const action = functions[form];
    if (action === undefined) return [];
    return [
      [form, (parameters) => (bare.has(form) ? action(parameters) : action(client, parameters))] as const,
    ];
  });
}

/** What a call fails with, thrown or by its promise; a call that gives a promise must not throw. */
async function failureOf(form: string, call: Call, parameters: unknown): Promise<unknown> {
  let pending: unknown;
  try {
    pending = call(parameters);
  } catch (error) {
    expect(/^(?:encode|makeBatch)/.test(form), `${form} throws instead of rejecting: ${error}`).to.equal(
      true,
    );
    return error;
  }
  try {
    await (isGenerator(pending) ? pending.next() : pending);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** What is asked step by step fails with its first one. */
function isGenerator(value: unknown): value is AsyncGenerator {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** Values that are not what a right one is. */
function wrongFor(value: unknown): readonly unknown[] {
  if (typeof value === "bigint") return [null, "5", 5, -1n, 1n << 256n, {}];
  if (typeof value === "number") return [null, "5", 5n, -1, Number.NaN];
  if (typeof value === "boolean") return [null, "true", 1];
  if (typeof value === "function") return [null, "f", {}];
  if (typeof value === "string" && value.startsWith("0x"))
    return [null, 5, {}, "0x12", "somebody", value.slice(0, -1)];
  if (typeof value === "string") return [null, 5, {}];
  if (value instanceof Uint8Array) return [null, 5, "0x1", "bytes", [1, 2]];
  if (Array.isArray(value)) return [null, 5, {}, "0x12"];
  return [null, 5, "x", []];
}

/** Every place in a value, with the value as it is with something wrong there. */
function* wrongs(value: unknown, path: string): Generator<readonly [path: string, value: unknown]> {
  for (const wrong of wrongFor(value)) yield [path, wrong];
  if (
    CHECKED_ELSEWHERE.has(path) ||
    value instanceof Uint8Array ||
    typeof value !== "object" ||
    value === null
  )
    return;
  if (Array.isArray(value)) {
    for (const [place, wrong] of wrongs(value[0], `${path}[0]`)) yield [place, [wrong, ...value.slice(1)]];
    return;
  }
  for (const [name, property] of Object.entries(value)) {
    if (CHECKED_ELSEWHERE.has(`${path}.${name}`)) continue;
    for (const [place, wrong] of wrongs(property, `${path}.${name}`))
      yield [place, { ...value, [name]: wrong }];
  }
}

async function expectRefused(form: string, call: Call, parameters: unknown, path: string): Promise<void> {
  const error = await failureOf(form, call, parameters);
  const what = `${form}: ${path}: ${error}`;
  if (!AssayError.is(error)) expect.fail(what);
  expect(error.code, what).to.equal("INVALID_PARAMETER");
  expect(error.context.parameter, what).to.equal(path);
  expect(error.recovery, what).to.match(/^Pass /);
  expect(() => JSON.stringify(error), what).to.not.throw();
}

describe("sdk/actions: parameters from plain JavaScript", () => {
  beforeEach(() => {
    asked = 0;
  });

  it("default: every action and helper of the package is here, and no other", () => {
    const names = Object.entries(actions)
      .filter(([name, value]) => typeof value === "function" && !/^(?:simulate|encode|parse)[A-Z]/.test(name))
      .map(([name]) => name);
    const known = new Set([...examples.map(([name]) => name), ...HELPERS]);
    expect([...known].sort()).to.deep.equal(names.sort());
    const forms = examples.flatMap(([name]) => formsOf(name).map(([form]) => form));
    const all = Object.keys(actions).filter((name) => /^(?:simulate|encode)[A-Z]/.test(name));
    expect(forms).to.include.members(all);
  });

  for (const [name, { parameters, optional }] of examples) {
    const title = `${name}({ ${Object.keys(parameters).join(", ")} })`;

    it(`error: ${title} names the parameter that is wrong, and asks nobody`, async () => {
      for (const [form, call] of formsOf(name)) {
        for (const nothing of [undefined, null, 5, "x", []])
          await expectRefused(form, call, nothing, "parameters");
        for (const [property, value] of Object.entries(parameters))
          for (const [path, wrong] of wrongs(value, property))
            await expectRefused(form, call, { deployment, ...parameters, [property]: wrong }, path);
        for (const property of requiredOf(form, { parameters, optional }))
          await expectRefused(form, call, { deployment, ...parameters, [property]: undefined }, property);
        for (const [property, value] of Object.entries(shared)) {
          const [, wrong] = wrongFor(value);
          await expectRefused(form, call, { deployment, ...parameters, [property]: wrong }, property);
        }
      }
      expect(asked).to.equal(0);
    });

    it(`default: ${title} takes what is right, with and without what may be left out`, async () => {
      for (const [form, call] of formsOf(name)) {
        const required = requiredOf(form, { parameters, optional });
        const least = Object.fromEntries(
          Object.entries(parameters).filter(([key]) => required.includes(key)),
        );
        for (const given of [parameters, least]) {
          const error = await failureOf(form, call, { deployment, ...given });
          expect(AssayError.is(error) ? error.code : error, `${form}: ${error}`).to.be.oneOf([
            undefined,
            "NODE_REQUEST_FAILED",
            "FINALITY_TIMEOUT",
          ]);
        }
      }
    });
  }

  it("error: no client", async () => {
    for (const [name, { parameters }] of examples) {
      const action = (actions as unknown as Record<string, (...args: unknown[]) => unknown>)[name];
      if (action === undefined || (HELPERS as readonly string[]).includes(name)) continue;
      for (const wrong of [undefined, null, "http://127.0.0.1:8545", {}]) {
        const call: Call = (given) => action(wrong, given);
        await expectRefused(name, call, { deployment, ...parameters }, "client");
      }
    }
  });

  it("error: what may be a private key is not shown", async () => {
    const key = `0x${"5".repeat(64)}`;
    const call = { deployment, account: key, requestId: key } as never;
    const error = await failureOf(
      "stake",
      () => actions.stake(client, { ...(call as object), amount: 1n } as never),
      {},
    );
    expect(JSON.stringify(error)).to.contain("a string of 66 characters").and.not.contain("5555");
    expect(String(error)).to.not.contain("5555");
  });
});

/** Without a client to complete them, an encoding needs some of what is optional otherwise. */
function requiredOf(form: string, { parameters, optional }: Example): readonly string[] {
  const isNeeded = (name: string): boolean =>
    !(name in optional) || (/^encode(?:Deposit|Withdraw)/.test(form) && name !== "deadline");
  return Object.keys(parameters).filter(isNeeded);
}
