import { type Computed, compute } from "./compute.ts";

function inWorker(): Promise<Computed> {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/worker.js", { type: "module" });
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = ({ data }) => (typeof data === "string" ? reject(new Error(data)) : resolve(data));
  });
}

Object.assign(globalThis, { compute, inWorker });
