import type { TransportKind } from '../protocol/messages.ts';

/** What a browser offers for making a read wait. */
export interface BlockingFeatures {
  /** `WebAssembly.Suspending` and `promising` are there. */
  readonly jspi: boolean;
  /** The document is cross-origin isolated and has `SharedArrayBuffer`. */
  readonly sharedMemory: boolean;
}

/** Looks at the browser. */
export function detectBlockingFeatures(): BlockingFeatures {
  return {
    jspi: typeof WebAssembly === 'object' && 'Suspending' in WebAssembly && 'promising' in WebAssembly,
    sharedMemory: typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated,
  };
}

/**
 * Chooses how reads will wait: JSPI first, since it needs nothing of the site; then shared memory.
 *
 * @param forced the value of the query parameter `transport`, if there is one
 * @returns undefined if the browser has no way to block, or not the forced one
 */
export function chooseTransport(features: BlockingFeatures, forced: string | null): TransportKind | undefined {
  const available: TransportKind[] = [];
  if (features.jspi) available.push('jspi');
  if (features.sharedMemory) available.push('shared-memory');
  return forced === null ? available[0] : available.find((kind) => kind === forced);
}

/** The transport's name for readers. */
export function transportName(kind: TransportKind): string {
  switch (kind) {
    case 'jspi':
      return 'waits by JSPI';
    case 'shared-memory':
      return 'waits by shared memory';
    case 'service-worker':
      return 'waits by service worker';
  }
}
