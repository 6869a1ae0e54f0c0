import { readFile, writeFile } from "node:fs/promises";
import type { Command } from "commander";
import type { Hex } from "viem";
import { exportDispute } from "../../actions/exportDispute.ts";
import { verifyDispute } from "../../actions/verifyDispute.ts";
import { AssayError } from "../../core/errors.ts";
import type { DisputeRecord } from "../../game/evidence.ts";
import { addReadOptions, type ChainOptions, connectToRead } from "../chain.ts";
import { OUTCOME_TEXTS, valueText } from "../dispute-picture.ts";
import { moment, table } from "../format.ts";
import { guarded, JSON_OPTION, type OutputOptions, print, UsageError } from "../output.ts";
import { hashOf } from "../values.ts";

interface ExportOptions extends ChainOptions {
  readonly out: string;
}

/** `assay dispute export`: a game as a file. */
export function export_(command: Command): void {
  command
    .description(
      "Write a dispute into a file that proves itself: the commitment, every move with what it showed, the disputed step with its operands and their paths, the verdict, and the signed transactions.",
    )
    .argument("<id>", "game")
    .requiredOption("--out <file>", "JSON file to write; one that is there is not replaced")
    .addHelpText("after", "\nExample:\n  assay dispute export 0x... --out dispute.json")
    .action((id: string, options: ExportOptions) => guarded(options, () => write(hashOf(id), options)));
  addReadOptions(command);
}

/** `assay dispute verify`: such a file, without a chain. */
export function verify(command: Command): void {
  command
    .description(
      "Check an exported dispute without any chain: every hash and path, every move by the rules, the disputed step on the reference implementation, the verdict, and who signed what.",
    )
    .argument("<file>", "what `assay dispute export` wrote")
    .option(...JSON_OPTION)
    .addHelpText(
      "after",
      "\nThe exit code is 3 if something in it is not true.\n\nExample:\n  assay dispute verify dispute.json",
    )
    .action((file: string, options: OutputOptions) => guarded(options, () => check(file, options)));
}

async function write(gameId: Hex, options: ExportOptions): Promise<void> {
  const { client, deployment } = await connectToRead(options);
  const evidence = await exportDispute(client, { deployment, gameId });
  await writeFile(options.out, `${JSON.stringify(evidence, null, 2)}\n`, { flag: "wx" });
  const { dispute, transactions } = evidence;
  print(
    options,
    {
      gameId,
      file: options.out,
      moves: dispute.moves.length,
      transactions: transactions.length,
      outcome: dispute.outcome,
    },
    `${describe(dispute)}\n  written ${options.out}`,
  );
}

async function check(file: string, options: OutputOptions): Promise<void> {
  const text = await readFile(file, "utf8");
  let evidence: unknown;
  try {
    evidence = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON.`, "Pass what `assay dispute export` wrote.");
  }
  try {
    const { dispute, unproven } = await verifyDispute(evidence);
    const { gameId, requestId, outcome, verdict } = dispute;
    print(
      options,
      { isTrue: true, gameId, requestId, outcome, verdict, unproven },
      [
        describe(dispute),
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
