import type { Command } from "commander";
import { getListing } from "../../actions/getListing.ts";
import { getListings } from "../../actions/getListings.ts";
import { getModel } from "../../actions/getModel.ts";
import { assertDeployed } from "../../actions/internal/deployment.ts";
import { addReadOptions, type ChainOptions, connectToRead } from "../chain.ts";
import { guarded, print } from "../output.ts";
import { accountOf, hashOf } from "../values.ts";

interface Options extends ChainOptions {
  readonly model?: string;
  readonly publisher?: string;
}

/** `assay model list`: who offers what. */
export function list(command: Command): void {
  command
    .description("List the models that publishers offer, and which of them are deprecated.")
    .option("--model <id>", "only listings of this model")
    .option("--publisher <address>", "only listings of this publisher")
    .addHelpText(
      "after",
      "\nThe exit code is 4 if there are none.\n\nExample:\n  assay model list --rpc-urls http://127.0.0.1:8545 --deployment devnet/deployment.json",
    )
    .action((options: Options) => guarded(options, () => listAll(options)));
  addReadOptions(command);
}

async function listAll(options: Options): Promise<void> {
  const modelId = options.model === undefined ? undefined : hashOf(options.model);
  const publisher = options.publisher === undefined ? undefined : accountOf(options.publisher);
  const { client, deployment } = await connectToRead(options);
  const found = await getListings(client, {
    deployment,
    ...(modelId === undefined ? {} : { modelId }),
    ...(publisher === undefined ? {} : { publisher }),
  });
  const listings = await Promise.all(
    found.map(async (listing) => {
      const { publisher: by, name, version } = listing;
      const [now, model] = await Promise.all([
        // As it is now, and not as it was in the block of the listing.
        getListing(client, { deployment, publisher: by, name, version }),
        getModel(client, { deployment, modelId: listing.modelId }),
      ]);
      const { inputBytes, outputBytes, stepCount } = model;
      return { ...listing, isDeprecated: now?.deprecated ?? false, inputBytes, outputBytes, stepCount };
    }),
  );
  if (listings.length === 0) {
    await assertDeployed(client, deployment, "ModelRegistry");
    process.exitCode = 4;
  }
  const lines = listings.map(({ name, version, isDeprecated, modelId: id, publisher: by, licence, uri }) => {
    const remark = isDeprecated ? "  DEPRECATED" : "";
    return `${name} ${version}${remark}\n  ${id}\n  by ${by}, ${licence}, ${uri}`;
  });
  print(options, { listings }, lines.join("\n") || "There are no listings.");
}
