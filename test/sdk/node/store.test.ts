import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Hex } from "viem";
import { Agenda } from "../../../sdk/src/node/agenda.ts";
import { type KnownGame, type KnownRequest, type OutboxEntry, Store } from "../../../sdk/src/node/store.ts";

const id = (byte: number): Hex => `0x${byte.toString(16).padStart(2, "0").repeat(32)}`;
const request: KnownRequest = {
  ...{ requestId: id(1), modelId: id(2), blockNumber: 5n },
  input: Uint8Array.of(1, 0, 255),
};
const game: KnownGame = { gameId: id(3), requestId: id(1), challenger: id(4), blockNumber: 2n ** 40n };
const entry: OutboxEntry = {
  ...{ key: "commit:1", nonce: 7, to: id(5), data: "0xabcd", gas: 10n ** 20n, sentAt: 1, lastSentAt: 2 },
  attempts: [{ hash: id(6), raw: "0x02", maxFeePerGas: 10n ** 18n, maxPriorityFeePerGas: 1n }],
  mined: { blockNumber: 9n, blockHash: id(7), ok: true },
  ...{ block: 2n ** 40n, isPublic: true },
  deadline: { at: 1_700_000_000, seconds: 600 },
};

describe("sdk/node: store and agenda", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-store-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("default: what was written is there after it was closed", () => {
    let store = Store.open(folder, "us");
    store.addRequest(request);
    store.addGame(game);
    store.putOutbox(entry);
    store.putOutbox({ ...entry, key: "open:1", mined: undefined });
    store.setFact("cursor", "12");
    store.close();
    store = Store.open(folder, "us");
    expect(store.requests()).to.deep.equal([request]);
    expect(store.games()).to.deep.equal([game]);
    expect(store.outbox()).to.deep.equal([entry, { ...entry, key: "open:1", mined: undefined }]);
    expect(store.fact("cursor")).to.equal("12");
    store.dropRequest(request.requestId);
    store.dropOutbox(entry.key);
    expect([store.requests(), store.games(), store.outbox().length]).to.deep.equal([[], [], 1]);
    store.close();
  });

  it("behavior: a transaction is written whole or not at all", () => {
    const store = Store.open(folder, "us");
    const fail = () =>
      store.transaction(() => {
        store.addRequest(request);
        throw new RangeError("stop");
      });
    expect(fail).to.throw("stop");
    expect(store.requests()).to.deep.equal([]);
    store.close();
  });

  it("behavior: another chain's or account's store is put aside, and a damaged one as well", () => {
    const store = Store.open(folder, "us");
    store.addRequest(request);
    store.close();
    const others = Store.open(folder, "others");
    expect(others.requests()).to.deep.equal([]);
    others.addRequest(request);
    others.close();
    expect(readdirSync(folder).filter((name) => name.endsWith(".aside"))).to.have.length(1);
    writeFileSync(join(folder, "daemon.sqlite"), "this is no database, whatever its name says".repeat(100));
    const fresh = Store.open(folder, "others");
    expect(fresh.requests()).to.deep.equal([]);
    fresh.addRequest(request);
    expect(fresh.requests()).to.have.length(1);
    fresh.close();
    expect(readdirSync(folder).filter((name) => name.includes(".aside")).length).to.be.greaterThan(1);
  });

  it("behavior: the lock that a killed process leaves behind is removed", () => {
    Store.open(folder, "us").close();
    mkdirSync(join(folder, "daemon.sqlite.lock"));
    const store = Store.open(folder, "us");
    store.addRequest(request);
    store.close();
  });

  it("default: tasks are due when they are new, touched, or their time has come", () => {
    const store = Store.open(folder, "us");
    const agenda = new Agenda(store);
    agenda.addRequest(request);
    const [task] = agenda.due(100, Date.now());
    expect(task?.request).to.deep.equal(request);
    const look = (findings: Parameters<Agenda["note"]>[1]) => {
      task!.isTouched = false;
      agenda.note(task!, findings, 10n);
    };
    look({ state: "waiting", dueAt: 150 });
    const isDue = (time: number, now = Date.now()) => agenda.due(time, now).length === 1;
    expect([isDue(149), isDue(150)]).to.deep.equal([false, true]);
    agenda.touchGame(game.gameId);
    expect(isDue(149)).to.equal(false);
    agenda.addGame(game);
    expect(isDue(149)).to.equal(true);
    look({ state: "waiting" });
    agenda.touchGame(game.gameId);
    expect(isDue(0)).to.equal(true);
    look({ state: "waiting" });
    expect(isDue(0, Date.now() + 31_000)).to.equal(true);
    store.close();
  });

  it("behavior: what could not be done is tried again, later every time", () => {
    const store = Store.open(folder, "us");
    const agenda = new Agenda(store);
    agenda.addRequest(request);
    const task = agenda.get(request.requestId)!;
    const waits: number[] = [];
    for (let i = 0; i < 10; i++) {
      agenda.retry(task);
      waits.push(task.retryAt - Date.now());
    }
    expect(agenda.due(0, Date.now())).to.deep.equal([]);
    expect(agenda.due(0, Date.now() + 60_001)).to.have.length(1);
    expect(waits[0]! < waits[3]! && waits[9]! <= 60_000).to.equal(true);
    store.close();
  });

  it("behavior: outputs are kept under their roots until their time is over, and kept longer by being kept again", () => {
    const store = Store.open(folder, "us");
    store.putOutput("0x01", Uint8Array.of(1, 2), 1_000);
    store.putOutput("0x02", Uint8Array.of(3), Date.now());
    store.dropOutputs(1_000);
    expect(store.output("0x01")).to.deep.equal(Uint8Array.of(1, 2));
    store.dropOutputs(1_001);
    expect(store.output("0x01")).to.equal(undefined);
    store.putOutput("0x01", Uint8Array.of(1, 2), 1_000);
    store.putOutput("0x01", Uint8Array.of(1, 2), 2_000);
    store.dropOutputs(1_001);
    expect(store.output("0x01")).to.deep.equal(Uint8Array.of(1, 2));
    expect(store.output("0x02")).to.deep.equal(Uint8Array.of(3));
    store.close();
  });

  it("behavior: what has ended is forgotten when it cannot come back, and a fork brings it back", () => {
    const store = Store.open(folder, "us");
    const agenda = new Agenda(store);
    agenda.addGame(game);
    agenda.addRequest(request);
    const task = agenda.get(request.requestId)!;
    expect([...task.games.keys()]).to.deep.equal([game.gameId]);
    agenda.note(task, { state: "final", isEnded: true }, 10n);
    expect(agenda.forget(14n, 4)).to.deep.equal([]);
    agenda.touchAll();
    expect(agenda.forget(15n, 4)).to.deep.equal([]);
    agenda.note(task, { state: "final", isEnded: true }, 20n);
    expect(agenda.forget(25n, 4)).to.deep.equal([request.requestId]);
    expect([store.requests(), store.games(), agenda.tasks]).to.deep.equal([[], [], []]);
    store.close();
  });

  it("behavior: another endpoint's input replaces one that was dropped", () => {
    const store = Store.open(folder, "us");
    const agenda = new Agenda(store);
    agenda.addRequest({ ...request, input: undefined });
    agenda.addRequest(request);
    expect(agenda.get(request.requestId)?.request.input).to.deep.equal(request.input);
    agenda.addRequest({ ...request, input: Uint8Array.of(9) });
    expect(new Agenda(store).get(request.requestId)?.request.input).to.deep.equal(request.input);
    store.close();
  });

  it("behavior: what is found in an earlier block after blocks were replaced is looked for from there, after a restart, too", () => {
    const store = Store.open(folder, "us");
    const agenda = new Agenda(store);
    agenda.addRequest(request);
    agenda.addGame(game);
    for (const blockNumber of [request.blockNumber + 5n, request.blockNumber - 1n]) {
      agenda.addRequest({ ...request, blockNumber });
      agenda.addGame({ ...game, blockNumber });
    }
    const task = new Agenda(store).get(request.requestId);
    expect(task?.request).to.deep.equal({ ...request, blockNumber: request.blockNumber - 1n });
    expect([...(task?.games.values() ?? [])]).to.deep.equal([
      { ...game, blockNumber: request.blockNumber - 1n },
    ]);
    store.close();
  });
});
