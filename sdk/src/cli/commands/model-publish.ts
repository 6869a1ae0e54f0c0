import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { getModel } from "../../actions/getModel.ts";
import { publishModel } from "../../actions/publishModel.ts";
import { registerModel } from "../../actions/registerModel.ts";
import { AssayError } from "../../core/errors.ts";
import { packModelDirectory } from "../../node/car.ts";
import { readModelDirectory } from "../../node/model-directory.ts";
import { addWriteOptions, type ChainOptions, connectToWrite, type WriteContext } from "../chain.ts";
import { guarded, UsageError } from "../output.ts";
import { withProgress } from "../progress.ts";
import { type Sending, send } from "../send.ts";

interface Options extends ChainOptions {
  readonly name?: string;
  readonly release: string;
  readonly licence?: string;
  readonly car?: string;
  readonly uri?: string;
}

/** `assay model publish`: an archive to pin, a registration, and a listing. */
export function publish(command: Command): void {
  command
    .description(
      "Pack a model directory into a CAR file, register the model, and list it under the sender's address. Anyone can register; only the listing is yours.",
    )
    .argument("<directory>", "model directory")
    .requiredOption(
      "--release <version>",
      "version of the listing; one that is listed cannot be listed again",
    )
    .option("--licence <spdx>", "SPDX identifier, such as MIT or Apache-2.0 (default: the directory's)")
    .option("--name <name>", "name of the listing (default: that of the model)")
    .option("--car <file>", "archive to write (default: <directory>.car)")
    .option("--uri <uri>", "where the directory is (default: ipfs:// and its CID)")
    .addHelpText(
      "after",
      `
Pin the CAR file afterwards, with any of:
  ipfs dag import model.car
  your pinning service's upload of CAR files
  any web server: readers check every byte against the model id, so a mirror needs no trust

Examples:
  assay model publish digits --release 1.0.0 --keystore publisher.json --password-file publisher.pw
  assay model publish digits --release 1.0.0 --dry-run --account 0x...
  assay model publish digits --release 1.0.0 --output calldata --account 0x...`,
    )
    .action((directory: string, options: Options) => guarded(options, () => offer(directory, options)));
  addWriteOptions(command);
}

async function offer(directory: string, options: Options): Promise<void> {
  const { name, model, about = {} } = await readModelDirectory(directory);
  const licence = options.licence ?? about.licence;
  if (licence === undefined)
    throw new UsageError(
      "It is not said under which licence the model is.",
      "Add --licence with an SPDX identifier, here or at `assay model compile`.",
    );
  const { cid, car } = await withProgress(options, "packing", 1, () => packModelDirectory(directory));
  const archive = options.car ?? `${directory.replace(/[\\/]+$/, "")}.car`;
  await writeFile(archive, car);
  const context = await connectToWrite(options);
  const { deployment } = context;
  const listing = {
    modelId: model.modelId,
    name: options.name ?? name,
    version: options.release,
    uri: options.uri ?? `ipfs://${cid}`,
    licence,
  };
  const registers: Sending<object> = {
    title: `register model ${model.modelId}`,
    write: (client) => registerModel(client, { deployment, record: model.record }),
    parse: () => ({ modelId: model.modelId }),
    tell: () => `registered ${model.modelId}`,
  };
  const lists: Sending<object> = {
    title: `list it as ${listing.name} ${listing.version}`,
    write: (client) => publishModel(client, { deployment, ...listing }),
    parse: () => ({ ...listing, cid, archive }),
    tell: () => `listed as ${listing.name} ${listing.version}\n  pin ${archive}: ${listing.uri}`,
  };
  const isKnown = await isRegistered(context, model.modelId);
  await send(context, options, isKnown ? [lists] : [registers, lists]);
}

async function isRegistered({ client, deployment }: WriteContext, modelId: `0x${string}`): Promise<boolean> {
  try {
    await getModel(client, { deployment, modelId });
    return true;
  } catch (error) {
    if (AssayError.is(error) && error.code === "REGISTRY_MODEL_UNKNOWN") return false;
    throw error;
  }
}
