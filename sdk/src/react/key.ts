/** Names of queries: what a hook asks, in a form that TanStack Query can hash and store. */

/** The first part of every key: `queryClient.invalidateQueries({ queryKey: [ASSAY_KEY] })` has everything read anew. */
export const ASSAY_KEY = "assay";

/**
 * The key under which a hook keeps what it has read.
 *
 * @param name - name of the action
 * @param chainId - the chain that is asked
 * @param parameters - of the action; a model counts by its id, and what is no data not at all
 */
export function assayQueryKey(
  name: string,
  chainId: number | undefined,
  parameters: object,
): readonly [typeof ASSAY_KEY, string, number | undefined, string] {
  const text = JSON.stringify(parameters, (_key, value: unknown) => plain(value));
  return [ASSAY_KEY, name, chainId, text];
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if (value instanceof AbortSignal) return undefined;
  if ("modelId" in value && "record" in value) return value.modelId;
  if (ArrayBuffer.isView(value))
    return Array.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
