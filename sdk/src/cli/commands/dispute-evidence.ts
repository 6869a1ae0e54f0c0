import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Hex } from "viem";
import { exportDispute } from "../../actions/exportDispute.ts";
import { getInput } from "../../actions/getInput.ts";
import type { DisputeEvidence } from "../../actions/internal/evidence.ts";
import { type VerifyDisputeReturnType, verifyDispute } from "../../actions/verifyDispute.ts";
import { AssayError } from "../../core/errors.ts";
import { toAssayError } from "../../errors/normalize.ts";
import type { DisputeRecord } from "../../game/evidence.ts";
import type { VerifiedEvidence } from "../../node/evidence-car.ts";
import { addReadOptions, type ChainOptions, connectToRead, type ReadContext } from "../chain.ts";
import { OUTCOME_TEXTS, valueText } from "../dispute-picture.ts";
import { moment, table } from "../format.ts";
import { guarded, JSON_OPTION, type OutputOptions, print, UsageError } from "../output.ts";
import { hashOf } from "../values.ts";

interface ExportOptions extends ChainOptions {
  readonly out: string;
  readonly car?: boolean;
  readonly model?: string;
}

/** `assay dispute export`: a game as a file. */
export function export_(command: Command): void {
  command
    .description(
      "Write a dispute into a file that proves itself: the commitment, every move with what it showed, the disputed step with its operands and their paths, the verdict, and the signed transactions.",
    )
    .argument("<id>", "game")
    .requiredOption("--out <file>", "file to write, JSON or an archive; one that is there is not replaced")
    .option(
      "--car",
      "write a CAR archive, with the input where it is published (default: if the file ends in .car)",
    )
    .option(
      "--model <dir>",
      "put the model into the archive, too, so that everything can be computed again from it",
    )
    .addHelpText(
      "after",
      `
Examples:
  assay dispute export 0x... --out dispute.json
  assay dispute export 0x... --out dispute.car --model models/digits`,
    )
    .action((id: string, options: ExportOptions) => guarded(options, () => write(hashOf(id), options)));
  addReadOptions(command);
}

/** `assay dispute verify`: such a file, without a chain. */
export function verify(command: Command): void {
  command
    .description(
      "Check an exported dispute without any chain: every hash and path, every move by the rules, the disputed step on the reference implementation, the verdict, and who signed what. Of an archive every block is hashed as well.",
    )
    .argument("<file>", "what `assay dispute export` wrote, JSON or an archive")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      "\nThe exit code is 3 if something in it is not true.\n\nExample:\n  assay dispute verify dispute.json",
    )
    .action((file: string, options: OutputOptions) => guarded(options, () => check(file, options)));
}

async function write(gameId: Hex, options: ExportOptions): Promise<void> {
  const isArchive = options.car ?? options.out.endsWith(".car");
  if (options.model !== undefined && !isArchive)
    throw new UsageError("A model is put into an archive only.", "Add --car, or leave out --model.");
  const context = await connectToRead(options);
  const evidence = await exportDispute(context.client, { deployment: context.deployment, gameId });
  const { dispute, transactions } = evidence;
  const packed = isArchive ? await pack(evidence, options.model, context) : undefined;
  const content = packed?.car ?? `${JSON.stringify(evidence, null, 2)}\n`;
  await writeFile(options.out, content, { flag: "wx" });
  print(
    options,
    {
      gameId,
      file: options.out,
      moves: dispute.moves.length,
      transactions: transactions.length,
      outcome: dispute.outcome,
      ...(packed === undefined ? {} : { cid: packed.cid, hasInput: packed.hasInput }),
    },
    [
      describe(dispute),
      `  written ${options.out}`,
      ...(packed === undefined ? [] : [`  root    ${packed.cid}`]),
      ...(packed?.hasInput === false ? ["  the input is not in it: the chain has its root alone"] : []),
    ].join("\n"),
  );
}

async function pack(
  evidence: DisputeEvidence,
  modelDirectory: string | undefined,
  { client, deployment }: ReadContext,
) {
  const { packEvidence } = await import("../../node/evidence-car.ts");
  const { requestId } = evidence.dispute;
  const input = await getInput(client, { deployment, requestId }).catch((thrown: unknown) => {
    const error = toAssayError(thrown);
    if (error.code === "INPUT_NOT_PUBLISHED") return undefined;
    throw error;
  });
  return { ...(await packEvidence({ evidence, input, modelDirectory })), hasInput: input !== undefined };
}

async function check(file: string, options: OutputOptions): Promise<void> {
  const bytes = new Uint8Array(await readFile(file));
  const { isCar } = await import("../../node/car-reader.ts");
  const evidence = isCar(bytes) ? undefined : parse(file, bytes);
  try {
    const verified: VerifyDisputeReturnType & Partial<VerifiedEvidence> =
      evidence === undefined
        ? await (await import("../../node/evidence-car.ts")).verifyEvidenceCar(bytes)
        : await verifyDispute(evidence.json);
    const { dispute, unproven, cid, parts = {} } = verified;
    const { gameId, requestId, outcome, verdict } = dispute;
    print(
      options,
      {
        isTrue: true,
        gameId,
        requestId,
        outcome,
        verdict,
        unproven,
        ...(cid === undefined ? {} : { cid, parts }),
      },
      [
        describe(dispute),
        ...(cid === undefined ? [] : [`every block hashes to what names it, from the root ${cid}`]),
        ...Object.entries(parts).map(([path, part]) => `  ${path.padEnd(12)} ${part}`),
        "everything in it follows; a file alone cannot prove",
        ...unproven.map((one) => `  ${one}`),
      ].join("\n"),
    );
  } catch (error) {
    if (!AssayError.is(error)) throw error;
    process.exitCode = 3;
    print(options, { isTrue: false, error: error.toJSON() }, `not true: ${error.shortMessage}`);
  }
}

function parse(file: string, bytes: Uint8Array): { readonly json: unknown } {
  try {
    return { json: JSON.parse(new TextDecoder().decode(bytes)) };
  } catch {
    throw new UsageError(
      `${file} is neither JSON nor a CAR archive.`,
      "Pass what `assay dispute export` wrote.",
    );
  }
}

function describe({
  gameId,
  requestId,
  challenger,
  commitment,
  moves,
  outcome,
  verdict,
}: DisputeRecord): string {
  const last = moves.at(-1);
  const values = (size: number): [string, string][] =>
    verdict === undefined
      ? []
      : [
          ["disputed", `step ${verdict.step}, byte ${verdict.byteOffset}`],
          ["operator said", valueText(verdict.operatorValue, size)],
          ...(verdict.challengerValue === undefined
            ? []
            : [["challenger said", valueText(verdict.challengerValue, size)] as [string, string]]),
          ["the truth", valueText(verdict.truth, size)],
        ];
  return table([
    ["game", gameId],
    ["about", requestId],
    ["operator", commitment.operator],
    ["challenger", challenger],
    ["moves", `${moves.length}${last === undefined ? "" : `, the last at ${moment(last.time)}`}`],
    ["outcome", OUTCOME_TEXTS[outcome] ?? "not over yet"],
    ...values(verdict?.size ?? 4),
  ]);
}
