import type { ToolchainFault } from '../protocol/toolchain.ts';

/** A request that can't be served, and why: the page has a sentence for it. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
  readonly fault: ToolchainFault;

  constructor(fault: ToolchainFault) {
    // For a developer who sees it thrown; no reader does.
    super(JSON.stringify(fault));
    this.fault = fault;
  }
}
