// Written by scripts/generate/deployments.ts: do not edit, run `npm run generate`.

/** The deployments of the protocol on public chains. */
export const deployments = [
] as const;
