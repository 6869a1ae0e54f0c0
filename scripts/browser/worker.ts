import { compute } from "./compute.ts";

compute().then(
  (computed) => postMessage(computed),
  (error: unknown) => postMessage(String(error)),
);
