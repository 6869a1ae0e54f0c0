import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { PROTOCOL_VERSION } from "../../../sdk/src/addresses.ts";
import { caught } from "../../support/caught.ts";
import { Scene, until } from "../../support/node/scene.ts";

describe("sdk/node: versions of the protocol", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.create();
  });

  afterEach(() => scene.close());

  const record = (protocolVersion: unknown): void => {
    const file = join(scene.folder, "deployment.json");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), protocolVersion }));
  };
  const start = () => scene.challenger("challenger", { strategy: "watch" });

  it("default: contracts that were written down with this version are taken", async () => {
    record(PROTOCOL_VERSION);
    const service = await start();
    await until("ready", async () => {
      const { ok } = await fetch(`http://127.0.0.1:${service.status.port}/readyz`);
      return ok;
    });
  });

  it("error: contracts that were written down with another version, or with none that can be read", async () => {
    record("7.0.0");
    const error = await caught(start());
    expect(error).to.include({ code: "PROTOCOL_VERSION_UNSUPPORTED", isTransient: false });
    expect(error.context).to.deep.equal({
      what: "protocol",
      actual: "7.0.0",
      supported: PROTOCOL_VERSION,
    });
    expect(error.recovery).to.contain("7.0.0");
    record("latest");
    expect(await caught(start())).to.include({ code: "INVALID_DEPLOYMENT" });
  });

  it("error: a registry that takes the records of another machine, or is none", async () => {
    const { connection, deployment } = scene.protocol;
    const place = (code: string) =>
      connection.networkHelpers.setCode(deployment.contracts.ModelRegistry, code);
    // Reverts with ModelVersionUnsupported(0, 2).
    await place("0x636f5079d260e01b5f52600260245260445ffd");
    const error = await caught(start());
    expect(error.context).to.deep.equal({ what: "machine", actual: "2", supported: "1" });
    // Does nothing; reverts without a reason.
    for (const code of ["0x00", "0x5f5ffd"]) {
      await place(code);
      expect((await caught(start())).context).to.deep.include({ what: "machine", actual: "unknown" });
    }
  });
});
