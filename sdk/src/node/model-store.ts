/** The models that a daemon has: directories that hold model directories. What counts is their bytes; where they came from does not matter. */

import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Hex } from "viem";
import { AssayError } from "../core/errors.ts";
import type { MachineModel } from "../machine/model.ts";
import { readModelDirectory } from "./model-directory.ts";
import type { TestVector } from "./sample.ts";

/** A model that is there, verified from its bytes. */
export interface StoredModel {
  /** Id of the model: a hash of 32 bytes over its record. */
  readonly modelId: Hex;
  /** What the model is called; not part of its id. */
  readonly name: string;
  /** Path that it was read from. */
  readonly directory: string;
  /** What is registered on-chain of the model. */
  readonly record: MachineModel["record"];
  /** Names, types and shapes of its inputs. */
  readonly inputs: MachineModel["inputs"];
  /** Names, types and shapes of its outputs. */
  readonly outputs: MachineModel["outputs"];
  /** What its directory says that it gives for sample inputs. */
  readonly vectors: readonly TestVector[];
}

/** A model that a daemon does not have. */
export class ModelMissingError extends AssayError {
  override readonly name = "ModelMissingError";

  constructor(modelId: Hex, directories: readonly string[]) {
    super("MODEL_MISSING", `Model ${modelId} is in none of ${directories.join(", ")}.`, {
      recovery: "Compile it, or fetch it from a mirror: whoever has the right bytes has the right model.",
      context: { modelId, directories },
    });
  }
}

export interface ModelStoreOptions {
  /** Directories that hold model directories, or are one. */
  readonly directories: readonly string[];
  /** Models to take; all if empty. */
  readonly allow: readonly Hex[];
}

export interface LoadedModels {
  readonly store: ModelStore;
  /** Directories that could not be taken, and why. */
  readonly problems: readonly { readonly directory: string; readonly error: AssayError }[];
}

/** The models in some directories, by their ids. */
export class ModelStore {
  readonly #models: ReadonlyMap<Hex, StoredModel>;
  readonly #directories: readonly string[];

  private constructor(models: ReadonlyMap<Hex, StoredModel>, directories: readonly string[]) {
    this.#models = models;
    this.#directories = directories;
  }

  /**
   * Reads and verifies every model once.
   *
   * @throws {ModelMissingError} if one of the allowed is not there
   */
  static async load({ directories, allow }: ModelStoreOptions): Promise<LoadedModels> {
    const models = new Map<Hex, StoredModel>();
    const problems: { directory: string; error: AssayError }[] = [];
    for (const directory of await candidates(directories)) {
      try {
        const { name, model, vectors = [] } = await readModelDirectory(directory);
        const { modelId, record, inputs, outputs } = model;
        if (allow.length > 0 && !allow.includes(modelId)) continue;
        models.set(modelId, { modelId, name, directory, record, inputs, outputs, vectors });
      } catch (error) {
        if (!AssayError.is(error)) throw error;
        problems.push({ directory, error });
      }
    }
    const missing = allow.find((modelId) => !models.has(modelId));
    if (missing !== undefined) throw new ModelMissingError(missing, directories);
    return { store: new ModelStore(models, directories), problems };
  }

  /** All models, in the order of their directories. */
  get all(): readonly StoredModel[] {
    return [...this.#models.values()];
  }

  /** A model by its id, if it is there. */
  get(modelId: Hex): StoredModel | undefined {
    return this.#models.get(modelId);
  }

  /** @throws {ModelMissingError} */
  directoryOf(modelId: Hex): string {
    const model = this.#models.get(modelId);
    if (model === undefined) throw new ModelMissingError(modelId, this.#directories);
    return model.directory;
  }
}

async function candidates(directories: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const directory of directories) {
    if (await isModel(directory)) {
      found.push(directory);
      continue;
    }
    const names = await readdir(directory).catch(() => [] as string[]);
    for (const name of names.sort()) {
      const inside = join(directory, name);
      if (await isModel(inside)) found.push(inside);
    }
  }
  return found;
}

async function isModel(directory: string): Promise<boolean> {
  return (await stat(join(directory, "manifest.json")).catch(() => undefined))?.isFile() ?? false;
}
