import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { LEASE_SECONDS, Lease } from "../../../sdk/src/node/lease.ts";
import { runNode } from "../../support/command.ts";
import { expectError } from "../../support/errors.ts";

describe("sdk/node: lease", () => {
  let folder: string;
  let path: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-lease-"));
    path = join(folder, "lease.json");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (holder: object) => writeFileSync(path, JSON.stringify({ id: "other", ...holder }));

  it("default: one at a time; after it is given back the next", () => {
    const lease = Lease.acquire(folder);
    expectError("LEASE_HELD", () => Lease.acquire(folder), { directory: folder });
    lease.release();
    expect(readdirSync(folder)).to.deep.equal([]);
    Lease.acquire(folder).release();
  });

  it("behavior: a process of this machine that is gone holds nothing", async () => {
    const { stdout } = await runNode("-p", "process.pid");
    write({ pid: Number(stdout), host: hostname() });
    Lease.acquire(folder).release();
  });

  it("behavior: nor does a process that had this one's number, as in a container", () => {
    write({ pid: process.pid, host: hostname() });
    Lease.acquire(folder).release();
  });

  it("behavior: a holder elsewhere is believed until it is silent for too long", () => {
    write({ pid: 1, host: "elsewhere" });
    expectError("LEASE_HELD", () => Lease.acquire(folder), { holder: "process 1 on elsewhere" });
    const old = new Date(Date.now() - (LEASE_SECONDS + 1) * 1_000);
    utimesSync(path, old, old);
    Lease.acquire(folder).release();
  });

  it("behavior: a file that is being written is left alone, an old one that says nothing is not", () => {
    writeFileSync(path, "");
    expectError("LEASE_HELD", () => Lease.acquire(folder));
    utimesSync(path, new Date(0), new Date(0));
    Lease.acquire(folder).release();
  });

  it("behavior: whoever has lost the lease does not take it from the new holder", () => {
    const lease = Lease.acquire(folder);
    write({ pid: 1, host: "elsewhere" });
    lease.release();
    expect(JSON.parse(readFileSync(path, "utf8")).id).to.equal("other");
  });
});
