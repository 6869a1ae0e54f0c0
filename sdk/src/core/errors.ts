/**
 * The one error tree of Assay. Every failure that a caller can meet is an `AssayError` with a stable code, the offending values, and a sentence that says what to do.
 */

export type ErrorContext = Readonly<Record<string, unknown>>;

/** What an error is made with, beside its code and its message. */
export interface AssayErrorOptions {
  /** Names the offending values. */
  readonly context?: ErrorContext;
  /** One sentence that tells a human what to do. */
  readonly recovery?: string;
  /** Whether the same call can succeed later without any change. */
  readonly isTransient?: boolean;
  /** What this error was made from. */
  readonly cause?: unknown;
}

const BRAND = "AssayError";

/** Base of all errors. Subclasses fix `name`; `code` is stable across versions and safe to switch on. */
export class AssayError extends Error {
  override readonly name: string = "AssayError";
  /** What `AssayError.is` knows errors by, across copies of the package. */
  readonly brand = BRAND;
  /** Stable across versions: safe to switch on. */
  readonly code: string;
  /** What happened, without what to do about it. */
  readonly shortMessage: string;
  /** The offending values by name. */
  readonly context: ErrorContext;
  /** What to do about it, in a sentence. */
  readonly recovery: string | undefined;
  /** Whether the same call can succeed later without any change. */
  readonly isTransient: boolean;

  constructor(code: string, shortMessage: string, options: AssayErrorOptions = {}) {
    const recovery = options.recovery === undefined ? "" : ` ${options.recovery}`;
    super(`${shortMessage}${recovery}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.shortMessage = shortMessage;
    this.context = options.context ?? {};
    this.recovery = options.recovery;
    this.isTransient = options.isTransient ?? false;
  }

  /** Recognises errors of this tree even across two copies of the package. */
  static is(error: unknown): error is AssayError {
    return error instanceof Error && (error as { brand?: unknown }).brand === BRAND;
  }

  /** JSON form; bigints become decimal strings. */
  toJSON(): Record<string, unknown> {
    const context = JSON.parse(
      JSON.stringify(this.context, (_key, value) => (typeof value === "bigint" ? value.toString() : value)),
    ) as unknown;
    return {
      name: this.name,
      code: this.code,
      message: this.shortMessage,
      recovery: this.recovery,
      isTransient: this.isTransient,
      context,
    };
  }
}
