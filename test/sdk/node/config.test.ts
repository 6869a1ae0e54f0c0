import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { describeConfig, loadConfig, required } from "../../../sdk/src/node/config.ts";
import {
  challengerSettings,
  connectionSettings,
  keySettings,
  operatorSettings,
  serviceSettings,
} from "../../../sdk/src/node/daemon-settings.ts";
import { feeSettings } from "../../../sdk/src/node/fee-settings.ts";
import { flagOf, variableOf } from "../../../sdk/src/node/setting.ts";
import { expectError } from "../../support/errors.ts";

const settings = { ...connectionSettings, ...keySettings, ...serviceSettings, ...operatorSettings };

describe("sdk/node: config", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function fileOf(content: string, name = "assay.yaml"): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  it("default: flags count before the environment, before the file's section, before the file, before the defaults", () => {
    const file = fileOf(
      "pollSeconds: 1\nworkers: 2\nreorgDepth: 3\nblockRange: 4\noperator:\n  pollSeconds: 10\n  workers: 20\n  reorgDepth: 30\n",
    );
    const { values, origins } = loadConfig(settings, {
      ...{ file, section: "operator" },
      env: { ASSAY_POLL_SECONDS: "100", ASSAY_WORKERS: "50" },
      flags: { pollSeconds: "500" },
    });
    expect(values).to.include({ pollSeconds: 500, workers: 50, reorgDepth: 30, blockRange: 4 });
    expect(values.metricsPort).to.equal(7_300);
    expect(values.quorum).to.equal(undefined);
    expect(origins).to.include({ pollSeconds: "flag", workers: "environment", reorgDepth: "file" });
    expect(origins.metricsPort).to.equal("default");
  });

  it("args: JSON is as good as YAML, and a section that is another program's does not count", () => {
    const file = fileOf(
      JSON.stringify({ rpcUrls: ["http://a.example", "http://b.example"], challenger: { strategy: "full" } }),
      "assay.json",
    );
    const { values } = loadConfig(settings, { file, section: "operator", others: challengerSettings });
    expect(values.rpcUrls).to.deep.equal(["http://a.example", "http://b.example"]);
  });

  it("args: text from flags and the environment becomes numbers, lists, amounts and addresses", () => {
    const { values } = loadConfig(settings, {
      env: {
        ASSAY_RPC_URLS: "http://a.example, http://b.example",
        ASSAY_MIN_FEE: "123456789012345678901234567890",
        ASSAY_EAGER: "true",
        ASSAY_ALLOW_MODELS: "",
        ASSAY_ACCOUNT: "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
      },
      flags: { models: ["one,two", "three"] },
    });
    expect(values.rpcUrls).to.deep.equal(["http://a.example", "http://b.example"]);
    expect(values.minFee).to.equal(123456789012345678901234567890n);
    expect(values.eager).to.equal(true);
    expect(values.allowModels).to.deep.equal([]);
    expect(values.models).to.deep.equal(["one", "two", "three"]);
    expect(values.account).to.equal("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
  });

  it("behavior: what is shown has no secret in it, and says where each value came from", () => {
    const config = loadConfig(settings, {
      env: { ASSAY_RPC_URLS: "https://user:hunter2@rpc.example/v3/topsecret?key=topsecret" },
    });
    const shown = describeConfig(settings, config);
    expect(shown.rpcUrls).to.deep.equal({ value: ["https://rpc.example/..."], from: "environment" });
    expect(JSON.stringify(shown)).to.not.match(/topsecret|hunter2/);
    expect(shown.keystore).to.deep.equal({ value: null, from: "default" });
  });

  it("error: a value that is wrong names its key, its origin and the remedy, and is not repeated", () => {
    const wrong: readonly (readonly [string, string])[] = [
      ["pollSeconds", "soon"],
      ["pollSeconds", "0"],
      ["quorum", "1.5"],
      ["rpcUrls", "ws://a.example"],
      ["rpcUrls", "http://a.example,nonsense"],
      ["minFee", "-1"],
      ["minFee", "1e18"],
      ["account", "0x1234"],
      ["allowModels", "0x12"],
      ["logLevel", "loud"],
      ["eager", "perhaps"],
      ["metricsPort", "65536"],
      ["models", " "],
    ];
    for (const [key, value] of wrong.slice(0, -1)) {
      const env = { [variableOf(key)]: value };
      expectError("CONFIG_INVALID", () => loadConfig(settings, { env }), { key, origin: "environment" });
    }
    try {
      loadConfig(settings, { env: { ASSAY_RPC_URLS: "secret-in-the-wrong-place" } });
      expect.fail("was accepted");
    } catch (error) {
      expect(String(error)).to.contain("ASSAY_RPC_URLS").and.to.contain("--rpc-urls");
      expect(String(error)).to.not.contain("secret-in-the-wrong-place");
    }
  });

  it("error: numbers in a file that have lost digits", () => {
    expectError(
      "CONFIG_INVALID",
      () => loadConfig(settings, { file: fileOf("minFee: 100000000000000000001\n") }),
      { key: "minFee", origin: "file" },
    );
    const { values } = loadConfig(settings, { file: fileOf('minFee: "100000000000000000001"\n') });
    expect(values.minFee).to.equal(100000000000000000001n);
  });

  it("error: a file that is missing, malformed, or has unknown keys", () => {
    const refused: readonly (readonly [string, string])[] = [
      [join(folder, "nowhere.yaml"), "config"],
      [fileOf("a: [1", "a.yaml"), "config"],
      [fileOf("- 1\n- 2\n", "b.yaml"), "config"],
      [fileOf("a: &x [1]\nb: *x\n", "c.yaml"), "config"],
      [fileOf("operator: 5\n", "d.yaml"), "config"],
      [fileOf("rpcUrl: http://a.example\n", "e.yaml"), "rpcUrl"],
      [fileOf("challenger:\n  strategi: full\n", "f.yaml"), "strategi"],
    ];
    for (const [file, key] of refused) {
      expectError("CONFIG_INVALID", () => loadConfig(settings, { file, others: challengerSettings }), {
        key,
      });
    }
    try {
      loadConfig(settings, { file: fileOf("rpcUrl: http://a.example\n") });
      expect.fail("was accepted");
    } catch (error) {
      expect(String(error)).to.contain('Did you mean "rpcUrls"?');
    }
  });

  it("error: a value that is needed and missing says all ways to give it", () => {
    expectError("CONFIG_INVALID", () => required("rpcUrls", undefined, "nothing works without"), {
      key: "rpcUrls",
    });
    expectError("CONFIG_INVALID", () => required("rpcUrls", [], "nothing works without"), { key: "rpcUrls" });
    expect(required("rpcUrls", ["x"], "")).to.deep.equal(["x"]);
  });

  it("behavior: all settings have different names, flags and variables, and their defaults are valid", () => {
    const groups = [
      connectionSettings,
      keySettings,
      serviceSettings,
      feeSettings,
      operatorSettings,
      challengerSettings,
    ];
    const flags = new Map<string, unknown>();
    for (const group of groups) {
      for (const [key, setting] of Object.entries(group)) {
        const known = flags.get(flagOf(key));
        expect(known === undefined || key === "allowModels", key).to.equal(true);
        flags.set(flagOf(key), setting);
        if ("fallback" in setting) {
          const { fallback } = setting;
          expect(setting.schema.parse(fallback), key).to.deep.equal(fallback);
        }
      }
    }
    expect(flags.size).to.be.greaterThan(30);
  });
});
