/** Files as content-addressed archives: a CAR file that any IPFS node or pinning service takes, and whose root anybody can compute. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CID } from "multiformats/cid";
import { MODEL_FILES } from "./model-directory.ts";

/** Files in one archive. */
export interface PackedFiles {
  /** Root of the directory: CIDv1 in base32. */
  readonly cid: string;
  /** The archive, with every block that the root leads to. */
  readonly car: Uint8Array;
}

/** A file to pack. */
export interface FileToPack {
  /** Where it is below the root. */
  readonly path: string;
  /** Read when it is its turn. */
  readonly read: () => Promise<Uint8Array> | Uint8Array;
}

/** The files of a model directory, at the same places below a path. */
export function modelFiles(directory: string, below = ""): readonly FileToPack[] {
  return MODEL_FILES.map((path) => ({
    path: `${below}${path}`,
    read: async () => new Uint8Array(await readFile(join(directory, path))),
  }));
}

/** Packs the files of a model directory, and nothing else that lies there. The same files give the same bytes on every computer. */
export function packModelDirectory(directory: string): Promise<PackedFiles> {
  return packFiles(modelFiles(directory));
}

/** Packs files as a directory. A directory has the same CID wherever it lies. */
export async function packFiles(files: readonly FileToPack[]): Promise<PackedFiles> {
  const blocks = new Map<string, { readonly cid: CID; readonly bytes: Uint8Array }>();
  const store = {
    put: (
      cid: { toString(): string },
      bytes: Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    ) => {
      const text = cid.toString();
      if (!(bytes instanceof Uint8Array))
        throw new TypeError("the importer gave a stream where it gives bytes");
      blocks.set(text, { cid: CID.parse(text), bytes });
      return CID.parse(text);
    },
  };
  // These packages have no CommonJS form, and only who packs needs them.
  const [{ CarWriter }, { importer }] = await Promise.all([
    import("@ipld/car"),
    import("ipfs-unixfs-importer"),
  ]);
  const contents = files.map(({ path, read }) => ({ path, content: contentOf(read) }));
  let root: CID | undefined;
  const options = { cidVersion: 1, rawLeaves: true, wrapWithDirectory: true } as const;
  for await (const { cid } of importer(contents, store as unknown as Parameters<typeof importer>[1], options))
    root = CID.parse(cid.toString());
  if (root === undefined) throw new TypeError("the importer gave no root");

  const { writer, out } = CarWriter.create([root]);
  const parts: Uint8Array[] = [];
  const collected = (async () => {
    for await (const part of out) parts.push(part);
  })();
  // The importer hands blocks over in no fixed order.
  const sorted = [...blocks].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, block] of sorted) await writer.put(block);
  await writer.close();
  await collected;
  return { cid: root.toString(), car: new Uint8Array(Buffer.concat(parts)) };
}

async function* contentOf(read: FileToPack["read"]): AsyncIterable<Uint8Array> {
  yield await read();
}
