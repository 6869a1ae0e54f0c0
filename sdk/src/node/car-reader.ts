/**
 * Reads the files of a CAR archive that nobody vouches for: every block is hashed, every link followed, and nothing is left over. Knows as much of UnixFS as
 * files and directories take: blocks that are raw, or DAG-PB in the wire format of protocol buffers.
 */

import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { equals } from "multiformats/bytes";
import { CID } from "multiformats/cid";
import { sha256 } from "multiformats/hashes/sha2";
import { AssayError } from "../core/errors.ts";

/** An archive that is not what its root says. */
export class ArchiveError extends AssayError {
  override readonly name = "ArchiveError";

  constructor(problem: string, context: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super("ARCHIVE_DAMAGED", `The archive ${problem}.`, {
      recovery: "Get it again, and from somewhere else; its root's CID says what it must be.",
      context,
      cause,
    });
  }
}

/** What an archive holds. */
export interface ArchivedFiles {
  /** CID of the root. */
  readonly cid: string;
  /** Contents by path, `/` between names. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** CIDs of everything that has a name, directories included, by path. */
  readonly cids: ReadonlyMap<string, string>;
}

const RAW = 0x55;
const DAG_PB = 0x70;
const SHA2_256 = 0x12;
/** Bytes of all files together. Links to the same block again and again make a small archive hold anything. */
const MOST_BYTES = 2 ** 31;
const MOST_NODES = 100_000;
const MOST_LEVELS = 32;
const FILE = 2;
const DIRECTORY = 1;

interface Link {
  readonly cid: CID;
  readonly name: string;
}

interface Node {
  readonly kind: number;
  readonly data: Uint8Array;
  readonly links: readonly Link[];
}

/** Whether bytes begin as an archive does: the length of a header, and a map with its roots. */
export function isCar(bytes: Uint8Array): boolean {
  return /^[\s\S]{1,3}\xa2eroots/.test(Buffer.from(bytes.subarray(0, 16)).toString("latin1"));
}

/**
 * Reads an archive with one root, and verifies every byte of it.
 *
 * @throws {ArchiveError} if it is damaged, incomplete, holds more than the root leads to, or is more than is read here
 */
export async function readCar(car: Uint8Array): Promise<ArchivedFiles> {
  const { root, blocks } = await blocksOf(car);
  const unused = new Set(blocks.keys());
  const files = new Map<string, Uint8Array>();
  const cids = new Map<string, string>();
  let bytesLeft = MOST_BYTES;
  let nodesLeft = MOST_NODES;

  const open = (cid: CID, level: number): Node => {
    const key = cid.toString();
    const bytes = blocks.get(key);
    if (bytes === undefined) throw new ArchiveError(`lacks block ${key}`, { cid: key });
    if (level > MOST_LEVELS || --nodesLeft < 0)
      throw new ArchiveError("is larger than what is read here", { MOST_LEVELS, MOST_NODES });
    unused.delete(key);
    return cid.code === RAW ? { kind: FILE, data: bytes, links: [] } : decode(key, bytes);
  };
  const contentOf = ({ kind, data, links }: Node, level: number): readonly Uint8Array[] => {
    if (kind !== FILE) throw new ArchiveError("has a file with something in it that is no part of a file");
    bytesLeft -= data.length;
    if (bytesLeft < 0) throw new ArchiveError("is larger than what is read here", { MOST_BYTES });
    return [data, ...links.flatMap(({ cid }) => contentOf(open(cid, level + 1), level + 1))];
  };
  const visit = (cid: CID, path: string, level: number): void => {
    const node = open(cid, level);
    cids.set(path, cid.toString());
    if (node.kind === FILE) {
      files.set(path, new Uint8Array(Buffer.concat(contentOf(node, level))));
      return;
    }
    for (const { cid: child, name } of node.links) {
      const below = path === "" ? name : `${path}/${name}`;
      if (name === "" || name.includes("/") || cids.has(below))
        throw new ArchiveError(`has the name ${JSON.stringify(name)} where it cannot be`, { name });
      visit(child, below, level + 1);
    }
  };
  visit(root, "", 0);
  if (unused.size > 0)
    throw new ArchiveError(`holds ${unused.size} blocks that its root does not lead to`, {
      unused: unused.size,
    });
  return { cid: root.toString(), files, cids };
}

async function blocksOf(car: Uint8Array) {
  // It has no CommonJS form, and only who reads an archive needs it.
  const { CarReader } = await import("@ipld/car");
  let reader: Awaited<ReturnType<typeof CarReader.fromBytes>>;
  try {
    reader = await CarReader.fromBytes(car);
  } catch (cause) {
    throw new ArchiveError("is no CAR file, or ends too early", {}, cause);
  }
  const roots = await reader.getRoots();
  if (roots.length !== 1 || roots[0] === undefined)
    throw new ArchiveError(`has ${roots.length} roots where one is wanted`, { roots: roots.length });
  const blocks = new Map<string, Uint8Array>();
  for await (const { cid, bytes } of reader.blocks()) {
    const key = cid.toString();
    const { code, digest } = cid.multihash;
    if (cid.version !== 1 || (cid.code !== RAW && cid.code !== DAG_PB) || code !== SHA2_256)
      throw new ArchiveError(`has a block ${key} of a kind that is not read here`, { cid: key });
    if (!equals((await sha256.digest(bytes)).digest, digest))
      throw new ArchiveError(`has a block that does not hash to ${key}`, { cid: key });
    blocks.set(key, bytes);
  }
  return { root: CID.parse(roots[0].toString()), blocks };
}

/** `PBNode { PBLink { bytes Hash = 1; string Name = 2 } Links = 2; bytes Data = 1 }` with `Data { Type = 1; bytes Data = 2 }` of UnixFS inside. */
function decode(cid: string, bytes: Uint8Array): Node {
  try {
    const links: Link[] = [];
    let unixfs: Uint8Array | undefined;
    for (const [field, value] of fieldsOf(bytes)) {
      if (field === 1) unixfs = value;
      else links.push(linkOf(value));
    }
    if (unixfs === undefined) throw new RangeError("no data");
    let kind = -1;
    let data: Uint8Array = new Uint8Array();
    const reader = new BinaryReader(unixfs);
    while (reader.pos < reader.len) {
      const [field, wireType] = reader.tag();
      if (field === 1) kind = reader.int32();
      else if (field === 2) data = reader.bytes();
      else reader.skip(wireType, field);
    }
    if (kind !== FILE && kind !== DIRECTORY) throw new RangeError(`type ${kind}`);
    return { kind, data, links };
  } catch (cause) {
    throw new ArchiveError(`has a block ${cid} that is neither a file nor a directory`, { cid }, cause);
  }
}

function linkOf(bytes: Uint8Array): Link {
  let cid: CID | undefined;
  let name = "";
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (field === 1) cid = CID.decode(reader.bytes());
    else if (field === 2) name = reader.string();
    else reader.skip(wireType, field);
  }
  if (cid === undefined) throw new RangeError("a link to nothing");
  return { cid, name };
}

function* fieldsOf(bytes: Uint8Array): Iterable<readonly [number, Uint8Array]> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    if (wireType !== WireType.LengthDelimited || (field !== 1 && field !== 2))
      throw new RangeError(`field ${field}`);
    yield [field, reader.bytes()];
  }
}
