import { words } from '#words/run';
import type { TransportKind } from '../../protocol/messages.ts';
import { registerStdinRelay } from './stdin-relay-registration.ts';

/** What a browser offers for making a read wait. */
export interface BlockingFeatures {
  /** `WebAssembly.Suspending` and `promising` are there. */
  readonly jspi: boolean;
  /** The document is cross-origin isolated and has `SharedArrayBuffer`. */
  readonly sharedMemory: boolean;
  /** The document may register service workers; whether the browser lets it in fact, `findTransport` tries. */
  readonly serviceWorker: boolean;
}

/** Looks at the browser. */
export function detectBlockingFeatures(): BlockingFeatures {
  return {
    jspi: typeof WebAssembly === 'object' && 'Suspending' in WebAssembly && 'promising' in WebAssembly,
    sharedMemory: typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated,
    // The development server keeps the scripts in folders of their own, outside of the service worker's scope.
    serviceWorker: !import.meta.env.DEV && globalThis.isSecureContext && 'serviceWorker' in navigator,
  };
}

/**
 * Chooses how reads will wait: JSPI first, since it needs nothing of the site; then shared memory, the fastest; then the
 * service worker, which is there in every browser.
 *
 * @param forced the value of the query parameter `transport`, if there is one
 * @returns undefined if the browser has no way to block, or not the forced one
 */
export function chooseTransport(features: BlockingFeatures, forced: string | null): TransportKind | undefined {
  const available: TransportKind[] = [];
  if (features.jspi) available.push('jspi');
  if (features.sharedMemory) available.push('shared-memory');
  if (features.serviceWorker) available.push('service-worker');
  return forced === null ? available[0] : available.find((kind) => kind === forced);
}

/** Chooses a transport and tries what can fail about it: private windows may refuse a service worker. */
export async function findTransport(): Promise<TransportKind | undefined> {
  const forced = new URLSearchParams(location.search).get('transport');
  const kind = chooseTransport(detectBlockingFeatures(), forced);
  if (kind !== 'service-worker') return kind;
  try {
    await registerStdinRelay();
    return kind;
  } catch {
    return undefined;
  }
}

/** What readers are told of the transport. */
export function transportName(kind: TransportKind | undefined): string {
  const { transports } = words;
  if (kind !== undefined) return transports[kind];
  return import.meta.env.DEV ? transports.noneInDevelopment : transports.none;
}
