/** What is wrong with a plugin. */
export type PluginFault =
  /** It is not a WebAssembly module that this engine compiles. */
  | 'module'
  /** It imports what is not there. */
  | 'imports'
  /** It is not a command. */
  | 'exports'
  /** This engine can't suspend it. */
  | 'engine'
  /** It trapped. */
  | 'trap'
  /** It used up its stack. */
  | 'stack';

/** A plugin that could not be run, or broke down. The message says what was expected, what was found, and the way out. */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly fault: PluginFault;

  constructor(fault: PluginFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fault = fault;
  }
}

/** What the engine threw while the plugin ran, as a `PluginError`; undefined if it is not about the plugin. */
export function breakdownOf(error: unknown): PluginError | undefined {
  // Firefox has an InternalError "too much recursion" for it, other engines a RangeError "Maximum call stack size exceeded".
  const isStack = error instanceof RangeError || (error instanceof Error && error.name === 'InternalError');
  if (isStack && /call stack|too much recursion/iu.test(error.message)) {
    return new PluginError(
      'stack',
      `expected the plugin to exit, found its stack used up (${error.message}); look for recursion without end`,
      error,
    );
  }
  if (error instanceof WebAssembly.RuntimeError) {
    return new PluginError(
      'trap',
      `expected the plugin to exit, found a trap: ${error.message}; what the plugin wrote to stderr may say why, and its stack is in "cause"`,
      error,
    );
  }
  return undefined;
}
