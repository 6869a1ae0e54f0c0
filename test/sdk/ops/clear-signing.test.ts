import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type Abi, decodeFunctionData, type Hex, toFunctionSelector, toFunctionSignature } from "viem";
import { root } from "../../../scripts/check/check.ts";
import { clearSigningDescriptor, INTENTS } from "../../../scripts/generate/clear-signing.ts";
import { disputeGameAbi } from "../../../sdk/src/abis/generated/DisputeGame.ts";
import { inferenceHubAbi } from "../../../sdk/src/abis/generated/InferenceHub.ts";
import { stakeVaultAbi } from "../../../sdk/src/abis/generated/StakeVault.ts";
import type { EncodedCall } from "../../../sdk/src/actions/index.ts";
import * as actions from "../../../sdk/src/actions/index.ts";
import { examples } from "../../support/action-parameters.ts";
import { deploymentForTests } from "../../support/deployment.ts";

interface Format {
  readonly intent: string;
  readonly fields: readonly {
    readonly path: string;
    readonly label: string;
    readonly format: string;
    readonly params?: Readonly<Record<string, unknown>>;
  }[];
  readonly required: readonly string[];
  readonly excluded: readonly string[];
}

interface Descriptor {
  readonly context: { readonly contract: { readonly abi: Abi; readonly deployments: readonly unknown[] } };
  readonly display: { readonly formats: Readonly<Record<string, Format>> };
}

const ABIS = {
  StakeVault: stakeVaultAbi,
  InferenceHub: inferenceHubAbi,
  DisputeGame: disputeGameAbi,
} as const;
const deployment = deploymentForTests();

function descriptorOf(contract: string): Descriptor {
  return JSON.parse(
    readFileSync(join(root, `sdk/ops/erc7730/calldata-${contract}.json`), "utf8"),
  ) as Descriptor;
}

/** The value at a path of what a call was decoded to. */
function valueAt(names: readonly (string | undefined)[], args: readonly unknown[], path: string): unknown {
  const [first, ...rest] = path.split(".");
  return rest.reduce(
    (value, name) => (value as Readonly<Record<string, unknown>>)[name],
    args[names.indexOf(first)],
  );
}

describe("sdk/ops: descriptors for wallets", () => {
  for (const [contract, abi] of Object.entries(ABIS)) {
    it(`default: every call of ${contract} that people sign is told in words, and no other`, () => {
      const { context, display } = descriptorOf(contract);
      const calls = (abi as Abi).filter(
        (item) => item.type === "function" && item.stateMutability === "nonpayable",
      );
      const signatures = calls.map((call) => toFunctionSignature(call as never));
      expect(Object.keys(display.formats)).to.have.members(signatures);
      const selectors = Object.keys(display.formats).map((signature) => toFunctionSelector(signature));
      expect(new Set(selectors).size).to.equal(selectors.length);
      expect(context.contract.abi).to.have.length(calls.length);
      const names = Object.keys(display.formats).map((signature) => signature.split("(")[0]);
      expect(new Set(names)).to.deep.equal(new Set(Object.keys(INTENTS[contract] ?? {})));
    });
  }

  it("default: where there is a deployment, wallets find it, and the token of its amounts, by address", () => {
    const [vault, token] = [
      "0x00000000000000000000000000000000000000bb",
      "0x00000000000000000000000000000000000000cc",
    ];
    const place = {
      chainId: 10,
      contracts: { StakeVault: { address: vault }, AssayToken: { address: token } },
    };
    const { context, metadata, display } = clearSigningDescriptor(
      { name: "StakeVault", abi: stakeVaultAbi as never },
      place,
    );
    expect(context.contract.deployments).to.deep.equal([{ chainId: 10, address: vault }]);
    const fields = Object.values(display.formats as Descriptor["display"]["formats"]).flatMap(
      (one) => one.fields,
    );
    const amounts = fields.filter(({ label }) => label === "Amount");
    expect(amounts.length).to.be.greaterThan(4);
    for (const { format, params } of amounts) {
      expect(format).to.equal("tokenAmount");
      const names = String(params?.token).split(".");
      const found = names
        .slice(1)
        .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], { metadata });
      expect(found).to.equal(token);
    }
  });

  it("default: what the SDK encodes has a value at every path, and addresses, times and amounts are what they are shown as", () => {
    const seen = new Set<string>();
    for (const [name, { parameters }] of examples) {
      const encode = (actions as unknown as Readonly<Record<string, (given: unknown) => EncodedCall>>)[
        `encode${name.slice(0, 1).toUpperCase()}${name.slice(1)}`
      ];
      const { to, data } = encode?.({ deployment, ...parameters }) ?? {};
      const contract = Object.keys(ABIS).find(
        (one) => deployment.contracts[one as keyof typeof ABIS].toLowerCase() === to?.toLowerCase(),
      );
      if (contract === undefined || data === undefined) continue;
      const { context, display } = descriptorOf(contract);
      const { abi } = context.contract;
      const { args = [] } = decodeFunctionData({ abi, data: data as Hex });
      const called = abi.find(
        (item) => item.type === "function" && toFunctionSelector(item) === data.slice(0, 10),
      );
      if (called?.type !== "function") expect.fail(`${name} calls what no descriptor knows`);
      const signature = toFunctionSignature(called);
      const { fields, required, excluded } = display.formats[signature] as Format;
      expect(required).to.deep.equal(fields.map(({ path }) => path));
      const inputs = called.inputs.map((input) => input.name);
      for (const path of [...required, ...excluded])
        expect(valueAt(inputs, args, path), `${signature}: ${path}`).to.exist;
      for (const { path, format } of fields) {
        const value = valueAt(inputs, args, path);
        const what = `${signature}: ${path}`;
        if (format === "addressName") expect(value, what).to.match(/^0x[0-9a-fA-F]{40}$/);
        else if (format === "date")
          expect(value, what)
            .to.be.a("number")
            .and.below(2 ** 40);
        else if (format === "tokenAmount") expect(value, what).to.be.a("bigint");
        else expect(format, what).to.equal("raw");
      }
      seen.add(`${contract}.${signature}`);
    }
    // acceptFor is what acceptRequest becomes with another operator; accept is the same without one.
    const all = Object.keys(ABIS).flatMap((contract) =>
      Object.keys(descriptorOf(contract).display.formats).map((signature) => `${contract}.${signature}`),
    );
    expect(all.filter((one) => !seen.has(one))).to.deep.equal(["InferenceHub.accept(bytes32)"]);
  });
});
