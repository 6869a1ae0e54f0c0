import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Address } from "viem";
import { addressOf, KeystoreError } from "../node/keystore.ts";
import { readKeystore } from "../node/keystore-file.ts";

/** The keystores of a folder, sorted by name. Other files are passed over. */
export async function listKeystores(
  folder: string,
): Promise<readonly { readonly file: string; readonly address: Address | undefined }[]> {
  const found: { file: string; address: Address | undefined }[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isFile()) continue;
    const file = join(folder, entry.name);
    try {
      found.push({ file, address: addressOf(await readKeystore(file)) });
    } catch (error) {
      if (!(error instanceof KeystoreError)) throw error;
    }
  }
  return found;
}
