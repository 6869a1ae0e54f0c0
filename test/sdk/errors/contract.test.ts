import { expect } from "chai";
import { artifacts } from "hardhat";
import {
  type AbiParameter,
  encodeAbiParameters,
  encodeErrorResult,
  type Hex,
  pad,
  toFunctionSelector,
} from "viem";
import { errorAmounts } from "../../../sdk/src/errors/amounts.ts";
import { ContractRevertError, decodeRevert } from "../../../sdk/src/errors/contract.ts";
import { contractErrors, contractErrorsAbi } from "../../../sdk/src/errors/generated/contract-errors.ts";
import { recoveries } from "../../../sdk/src/errors/recovery.ts";

type ErrorItem = { readonly type: string; readonly name: string; readonly inputs: readonly AbiParameter[] };

/** Some value of a type. */
function sample({ type }: AbiParameter): unknown {
  if (type === "string") return "text";
  if (type === "address") return pad("0x01", { size: 20 });
  if (type === "bytes") return "0x0304";
  if (type === "bytes32") return pad("0x02");
  return /^uint(?:[1-3]?[0-9]|4[0-8]|8)$/.test(type) ? 1 : 3n;
}

/** The bytes of an error with some arguments. */
function revertData({ name, inputs }: ErrorItem): Hex {
  return encodeErrorResult({
    abi: [{ type: "error", name, inputs }],
    errorName: name,
    args: inputs.map(sample),
  });
}

describe("sdk/errors: reverts of the contracts", () => {
  it("default: every error of every contract has an entry, with its selector, a code and a recovery", async () => {
    const declared = new Map<string, string>();
    for (const name of await artifacts.getAllFullyQualifiedNames()) {
      if (!name.startsWith("contracts/") || name.startsWith("contracts/periphery/testing/")) continue;
      const { abi, bytecode } = await artifacts.readArtifact(name);
      if (bytecode === "0x") continue;
      for (const item of abi as readonly ErrorItem[]) {
        if (item.type !== "error") continue;
        declared.set(
          item.name,
          toFunctionSelector(`${item.name}(${item.inputs.map(({ type }) => type).join(",")})`),
        );
      }
    }
    expect(declared.size).to.be.greaterThan(50);
    const libraries = [...declared].filter(([name]) => !(name in contractErrors)).map(([name]) => name);
    // A library can declare an error that only a library's own public use could raise; no contract reverts with it.
    expect(libraries).to.deep.equal([]);
    for (const [name, { selector, code }] of Object.entries(contractErrors)) {
      if (declared.has(name)) expect(selector, name).to.equal(declared.get(name));
      expect(code).to.match(/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/);
      expect(recoveries[name as keyof typeof recoveries].recovery, name).to.match(/^[A-Z].*\.$/);
    }
  });

  it("default: every error decodes to its code and its arguments by name", () => {
    for (const item of contractErrorsAbi) {
      const entry = contractErrors[item.name];
      const error = new ContractRevertError(revertData(item));
      expect(error.code).to.equal(entry.code);
      expect(error.errorName).to.equal(item.name);
      expect(Object.keys(error.context)).to.deep.equal(item.inputs.map(({ name }) => name));
      expect(error.shortMessage, item.name).not.to.match(/[{}]/);
      expect(error.recovery).to.equal(recoveries[item.name].recovery);
      expect(JSON.parse(JSON.stringify(error)).code).to.equal(entry.code);
    }
  });

  it("behavior: no two errors share a code or a selector", () => {
    const entries = Object.values(contractErrors);
    expect(new Set(entries.map(({ code }) => code)).size).to.equal(entries.length);
    expect(new Set(entries.map(({ selector }) => selector)).size).to.equal(entries.length);
  });

  it("behavior: numbers of enumerations are shown as names", () => {
    const data = encodeErrorResult({
      abi: contractErrorsAbi,
      errorName: "HubStatusMismatch",
      args: [pad("0x05"), 3, 4],
    });
    const error = new ContractRevertError(data);
    expect(error.context).to.include({ actual: "committed", expected: "final" });
    expect(error.shortMessage).to.contain("actual committed, expected final");
  });

  it("behavior: amounts are told in whole tokens where these are known, and stay as they are for programs", () => {
    const data = encodeErrorResult({
      abi: contractErrorsAbi,
      errorName: "VaultBalanceTooLow",
      args: [pad("0x01", { size: 20 }), 1_500_000n, 20_000_000n],
    });
    const error = new ContractRevertError(data, { context: { functionName: "stake" } });
    expect(error.shortMessage).to.contain("balance 1500000, amount 20000000");
    const told = error.inUnitsOf({ decimals: 6, symbol: "USDC" });
    expect(told.shortMessage).to.contain("balance 1.5 USDC, amount 20 USDC");
    expect(told.context).to.deep.equal(error.context);
    expect(told).to.include({ code: error.code, recovery: error.recovery, cause: error });
  });

  it("behavior: every value that is named like an amount is one, but for gas", () => {
    const NAMES = ["amount", "balance", "lock", "bond", "stake", "unlocked", "owed", "received"];
    const named = new Set([...NAMES, "allowance", "needed", "penalty", "reward", "refunds", "fee"]);
    const found = contractErrorsAbi.flatMap(({ name, inputs }) =>
      inputs.some((input) => input.type === "uint256" && named.has(input.name)) ? [name] : [],
    );
    const isAboutGas = (name: string): boolean => name === "DeliveryGasMissing" || name === "ScoresTooFew";
    expect(found.filter((name) => !isAboutGas(name)).sort()).to.deep.equal(Object.keys(errorAmounts).sort());
    for (const [name, parameters] of Object.entries(errorAmounts))
      expect(contractErrors[name as keyof typeof contractErrors].parameters).to.include.members([
        ...parameters,
      ]);
  });

  it("behavior: what can succeed later is transient", () => {
    const codes = Object.entries(recoveries).filter(([, { isTransient }]) => isTransient === true);
    expect(codes.map(([name]) => name)).to.include.members([
      "HubWindowOpen",
      "GameClockRunning",
      "VaultTicketNotReady",
    ]);
    const late = encodeErrorResult({
      abi: contractErrorsAbi,
      errorName: "HubWindowOpen",
      args: [pad("0x05"), 9],
    });
    expect(new ContractRevertError(late).isTransient).to.equal(true);
  });

  it("error: panics, reasons, unknown errors, malformed ones, and none at all", () => {
    const panic: Hex = `0x4e487b71${encodeAbiParameters([{ type: "uint256" }], [17n]).slice(2)}`;
    expect(decodeRevert(panic)).to.deep.include({ code: "SOLIDITY_PANIC", values: { panic: 17n } });
    const reason: Hex = `0x08c379a0${encodeAbiParameters([{ type: "string" }], ["no"]).slice(2)}`;
    expect(decodeRevert(reason)).to.deep.include({ code: "REVERTED_WITH_REASON", values: { reason: "no" } });
    expect(decodeRevert("0x12345678").code).to.equal("REVERTED_WITH_UNKNOWN_ERROR");
    expect(decodeRevert(contractErrors.HubWindowOpen.selector).code).to.equal("REVERTED_WITH_UNKNOWN_ERROR");
    expect(decodeRevert("0x").code).to.equal("REVERTED_WITHOUT_DATA");
  });
});
