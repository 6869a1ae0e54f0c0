import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { CarReader, CarWriter } from "@ipld/car";
import { expect } from "chai";
import { CID } from "multiformats/cid";
import { sha256 } from "multiformats/hashes/sha2";
import type { Hex } from "viem";
import { acceptRequest } from "../../../sdk/src/actions/acceptRequest.ts";
import { challengeResult } from "../../../sdk/src/actions/challengeResult.ts";
import { commitResult } from "../../../sdk/src/actions/commitResult.ts";
import { exportDispute } from "../../../sdk/src/actions/exportDispute.ts";
import { getGame } from "../../../sdk/src/actions/getGame.ts";
import type { DisputeEvidence } from "../../../sdk/src/actions/internal/evidence.ts";
import { playGame } from "../../../sdk/src/actions/playGame.ts";
import { parseRequestInferenceReceipt, requestInference } from "../../../sdk/src/actions/requestInference.ts";
import { packFiles, packModelDirectory } from "../../../sdk/src/node/car.ts";
import { isCar, readCar } from "../../../sdk/src/node/car-reader.ts";
import { packEvidence, verifyEvidenceCar } from "../../../sdk/src/node/evidence-car.ts";
import { writeModelDirectory } from "../../../sdk/src/node/model-directory.ts";
import { packInputs } from "../../../sdk/src/runtime/tensors.ts";
import { traceBytes } from "../../../sdk/src/runtime/trace.ts";
import { flipOutputBit, traceWith } from "../../../sdk/src/testing/lie.ts";
import { caught } from "../../support/caught.ts";
import { createRandom } from "../../support/random.ts";
import { createProtocol, FEE } from "../../support/sdk.ts";
import { printedSeed } from "../../support/seed.ts";
import { makeSquaresModel, squaresInputs, squaresModel } from "../../support/squares.ts";

const NUMBERS = squaresInputs(1, 2, 3, 4);
const INPUT = packInputs(squaresModel, NUMBERS);
const DAG_PB = 0x70;
const RAW = 0x55;

interface Block {
  readonly cid: CID;
  readonly bytes: Uint8Array;
}

describe("sdk/node: evidence as an archive", () => {
  let folder: string;
  let modelDirectory: string;
  let evidence: DisputeEvidence;
  let car: Uint8Array;
  let cid: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "assay-evidence-"));
    modelDirectory = join(folder, "squares");
    await writeModelDirectory(modelDirectory, { name: "squares", model: squaresModel, stepInfos: [] });
    evidence = await dispute();
    ({ car, cid } = await packEvidence({ evidence, input: INPUT, modelDirectory }));
  });

  after(() => rmSync(folder, { recursive: true }));

  /** A lie that was convicted. */
  async function dispute(): Promise<DisputeEvidence> {
    const protocol = await createProtocol();
    const { deployment, model, profileId, requester, operator, challenger, client, mined } = protocol;
    const terms = { deployment, model, inputs: NUMBERS, profileId, fee: FEE };
    const hash = await requestInference(requester, { ...terms, deadline: await protocol.deadline() });
    const { requestId } = parseRequestInferenceReceipt(await mined(hash), { deployment });
    await mined(await acceptRequest(operator, { deployment, requestId }));
    const lie = traceWith(model, INPUT, flipOutputBit(model));
    await mined(await commitResult(operator, { deployment, requestId, output: lie.outputBytes }));
    const challenge = await challengeResult(challenger, { deployment, requestId, model });
    if (challenge === undefined) throw new Error("The result is right");
    await mined(challenge.hash);
    const { gameId, salt } = challenge;
    const turn = { deployment, gameId, model, input: INPUT, salt };
    const truth = await traceBytes(model, INPUT);
    for (let i = 0; i < 40 && (await getGame(client, { deployment, gameId })).phase !== "ended"; i++) {
      const moved = [
        await playGame(challenger, { ...turn, side: "challenger", trace: truth }),
        await playGame(operator, { ...turn, side: "operator", trace: lie }),
      ];
      for (const { hash: sent } of moved) if (sent !== undefined) await mined(sent);
    }
    return exportDispute(client, { deployment, gameId: gameId as Hex });
  }

  async function blockOf(code: number, bytes: Uint8Array): Promise<Block> {
    return { cid: CID.createV1(code, await sha256.digest(bytes)), bytes };
  }
  async function archive(roots: readonly CID[], blocks: readonly Block[]): Promise<Uint8Array> {
    const { writer, out } = CarWriter.create([...roots]);
    const parts: Uint8Array[] = [];
    const collected = (async () => {
      for await (const part of out) parts.push(part);
    })();
    for (const block of blocks) await writer.put(block);
    await writer.close();
    await collected;
    return new Uint8Array(Buffer.concat(parts));
  }
  async function partsOf(bytes: Uint8Array) {
    const reader = await CarReader.fromBytes(bytes);
    const blocks: Block[] = [];
    for await (const block of reader.blocks()) blocks.push(block as Block);
    return { roots: (await reader.getRoots()) as CID[], blocks };
  }
  async function refused(bytes: Uint8Array): Promise<string> {
    const { code, message } = await caught(verifyEvidenceCar(bytes));
    expect(code).to.equal("ARCHIVE_DAMAGED");
    return message;
  }
  /** A node of a file or directory, in the form that IPFS gives it. */
  function node(kind: number, links: readonly { readonly name: string; readonly cid: CID }[]): Uint8Array {
    const writer = new BinaryWriter();
    for (const { name, cid: target } of links) {
      const link = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(target.bytes);
      link.tag(2, WireType.LengthDelimited).string(name);
      writer.tag(2, WireType.LengthDelimited).bytes(link.finish());
    }
    const data = new BinaryWriter().tag(1, WireType.Varint).int32(kind).finish();
    return writer.tag(1, WireType.LengthDelimited).bytes(data).finish();
  }

  it("default: it proves what its JSON proves, and that input and model are the dispute's", async () => {
    expect([isCar(car), isCar(Buffer.from(JSON.stringify(evidence)))]).to.deep.equal([true, false]);
    const verified = await verifyEvidenceCar(car);
    expect(verified.dispute.outcome).to.equal("challengerWins");
    expect(verified.cid).to.equal(cid);
    expect(Object.keys(verified.parts)).to.deep.equal(["dispute.json", "input.bin", "model"]);
    // A model has the CID under which it is published.
    expect(verified.parts.model).to.equal((await packModelDirectory(modelDirectory)).cid);
    const again = await packEvidence({ evidence, input: INPUT, modelDirectory });
    expect(Buffer.from(again.car).equals(Buffer.from(car))).to.equal(true);
    const alone = await packEvidence({ evidence });
    expect(Object.keys((await verifyEvidenceCar(alone.car)).parts)).to.deep.equal(["dispute.json"]);
    expect((await readCar(car)).files.get("input.bin")).to.deep.equal(INPUT);
  });

  it("error: any byte that is changed, and any end that is missing, is noticed", async () => {
    const random = createRandom(printedSeed("archives"));
    for (let i = 0; i < 300; i++) {
      const forged = car.slice();
      const at = random.integer(0, car.length - 1);
      forged[at] = (forged[at] ?? 0) ^ random.integer(1, 255);
      await refused(forged);
      await refused(car.slice(0, at));
    }
  });

  it("error: what is left over, missing, twice at the top, or of no known kind is refused", async () => {
    const { roots, blocks } = await partsOf(car);
    const extra = await blockOf(RAW, Uint8Array.of(1, 2, 3));
    expect(await refused(await archive(roots, [...blocks, extra]))).to.contain("1 blocks");
    for (let i = 0; i < blocks.length; i++)
      expect(await refused(await archive(roots, blocks.toSpliced(i, 1)))).to.contain("lacks block");
    expect(await refused(await archive([], blocks))).to.contain("0 roots");
    expect(await refused(await archive([...roots, extra.cid], [...blocks, extra]))).to.contain("2 roots");
    const other = { ...extra, cid: CID.createV1(0x71, extra.cid.multihash) };
    expect(await refused(await archive([other.cid], [other]))).to.contain("kind");
    expect(await refused(new Uint8Array())).to.contain("no CAR");
    const text = { path: "dispute.json", read: () => new TextEncoder().encode("{") };
    expect(await refused((await packFiles([text])).car)).to.contain("not JSON");
    const stranger = { path: "readme.txt", read: () => Uint8Array.of(1) };
    expect(await refused((await packFiles([text, stranger])).car)).to.contain("readme.txt");
    expect(await refused((await packFiles([{ ...text, path: "input.bin" }])).car)).to.contain("dispute.json");
  });

  it("error: a small archive that unfolds without end is given up, as are names that cannot be", async () => {
    let inner = await blockOf(RAW, Uint8Array.of(7));
    const blocks = [inner];
    for (let level = 0; level < 20; level++) {
      const links = Array.from({ length: 10 }, () => ({ name: "", cid: inner.cid }));
      inner = await blockOf(DAG_PB, node(2, links));
      blocks.push(inner);
    }
    expect(await refused(await archive([inner.cid], blocks))).to.contain("larger than what is read");
    const [leaf] = blocks as [Block];
    for (const names of [[""], ["a/b"], ["a", "a"]]) {
      const root = await blockOf(
        DAG_PB,
        node(
          1,
          names.map((name) => ({ name, cid: leaf.cid })),
        ),
      );
      expect(await refused(await archive([root.cid], [root, leaf]))).to.contain("name");
    }
    const symlink = await blockOf(DAG_PB, node(4, []));
    expect(await refused(await archive([symlink.cid], [symlink]))).to.contain("neither a file nor");
  });

  it("error: another input, another model, and a forged verdict contradict it", async () => {
    const refusedAs = async (action: Promise<unknown>): Promise<string> => {
      const { code, message } = await caught(action);
      expect(code).to.equal("EVIDENCE_CONTRADICTED");
      return message;
    };
    const input = INPUT.map((byte, i) => (i === 0 ? byte ^ 1 : byte));
    expect(await refusedAs(packEvidence({ evidence, input }))).to.contain("input's root");
    expect(await refusedAs(packEvidence({ evidence, input: INPUT.slice(1) }))).to.contain("length");
    const otherDirectory = join(folder, "other");
    const other = { name: "other", model: makeSquaresModel(6), stepInfos: [] };
    await writeModelDirectory(otherDirectory, other);
    await refusedAs(packEvidence({ evidence, modelDirectory: otherDirectory }));
    // The same as an archive that somebody else has put together.
    const parts = [
      { path: "dispute.json", read: () => new TextEncoder().encode(JSON.stringify(evidence)) },
      { path: "input.bin", read: () => input },
    ];
    await refusedAs(verifyEvidenceCar((await packFiles(parts)).car));
    const forged = JSON.stringify(evidence).replace('"challengerWins"', '"operatorWins"');
    const lie = { path: "dispute.json", read: () => new TextEncoder().encode(forged) };
    await refusedAs(verifyEvidenceCar((await packFiles([lie])).car));
    const half = { path: "model/manifest.json", read: () => Uint8Array.of(1) };
    const { code } = await caught(verifyEvidenceCar((await packFiles([parts[0]!, half])).car));
    expect(code).to.equal("MODEL_DIRECTORY_INCOMPLETE");
  });
});
