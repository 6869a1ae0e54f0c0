import { readFile } from "node:fs/promises";
import { z } from "zod";
import { AssayError } from "../core/errors.ts";
import type { MachineModel } from "../machine/model.ts";
import { elementCount } from "../runtime/tensors.ts";

const numbers = z.array(z.number());

/** The schema of {@link ModelAbout}. */
export const aboutSchema = z
  .strictObject({
    /** SPDX identifier. */
    licence: z.string(),
    description: z.string(),
    /** What inputs stand for, by name. */
    inputs: z.record(
      z.string(),
      z.discriminatedUnion("kind", [
        z
          .strictObject({
            kind: z.literal("image"),
            layout: z.enum(["NCHW", "NHWC", "CHW", "HWC", "HW"]),
            channels: z.enum(["rgb", "bgr", "gray"]),
            mean: numbers.exactOptional(),
            std: numbers.exactOptional(),
            inverted: z.boolean().exactOptional(),
          })
          .readonly(),
        z
          .strictObject({
            kind: z.literal("text"),
            encoding: z.literal("utf8-bytes"),
            padding: z.number().exactOptional(),
          })
          .readonly(),
      ]),
    ),
    /** What outputs stand for, by name. */
    outputs: z.record(
      z.string(),
      z.strictObject({ kind: z.literal("classes"), labels: z.array(z.string()) }),
    ),
  })
  .partial();

/** What a publisher says of a model, for people and for the helpers that make tensors of pictures and texts. Nothing that is computed depends on it. */
export type ModelAbout = z.infer<typeof aboutSchema>;

/** What was said of a model is not in the form that others can read, or speaks of something that the model does not have. */
export class ModelAboutError extends AssayError {
  override readonly name = "ModelAboutError";

  constructor(message: string, context: Record<string, unknown>, cause?: unknown) {
    super("MODEL_ABOUT_INVALID", message, {
      recovery: "Compare it with the names that `assay model inspect` shows, and with the publishers' guide.",
      context,
      cause,
    });
  }
}

/**
 * Reads what a JSON file says of a model.
 *
 * @throws {ModelAboutError} if it cannot be read, or names an input or an output that the model does not have
 */
export async function readModelAbout(
  file: string,
  model: Pick<MachineModel, "inputs" | "outputs">,
): Promise<ModelAbout> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new ModelAboutError(`${file} is not a JSON file that can be read.`, { file }, cause);
  }
  const result = aboutSchema.safeParse(json);
  if (!result.success) {
    const problem = z.prettifyError(result.error);
    throw new ModelAboutError(`${file} describes no model: ${problem}.`, { file }, result.error);
  }
  const { inputs = {}, outputs = {} } = result.data;
  for (const name of Object.keys(inputs)) {
    if (!model.inputs.some((slot) => slot.name === name))
      throw new ModelAboutError(`${file}: the model has no input "${name}".`, { file, name });
  }
  for (const [name, { labels }] of Object.entries(outputs)) {
    const slot = model.outputs.find((output) => output.name === name);
    if (slot === undefined)
      throw new ModelAboutError(`${file}: the model has no output "${name}".`, { file, name });
    const scores = elementCount(slot.dims);
    if (labels.length !== scores) {
      const message = `${file}: "${name}" has ${scores} scores and ${labels.length} labels.`;
      throw new ModelAboutError(message, { file, name, scores, labels: labels.length });
    }
  }
  return result.data;
}
