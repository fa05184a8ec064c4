import relayUrl from '../../service-worker/stdin-relay.ts?worker&url';
import { RunFailureError } from './run-failure.ts';

/**
 * Registers the service worker for the folder of the site's scripts and waits until it is active. Workers that are started
 * from then on are under its control, since their script is in that folder; pages never are. Registering it again costs
 * nothing, and brings it back where the reader has cleared the site's data.
 *
 * @throws RunFailureError
 */
export async function registerStdinRelay(): Promise<void> {
  const script = new URL(relayUrl, location.href);
  let registration: ServiceWorkerRegistration;
  try {
    registration = await navigator.serviceWorker.register(script, { scope: new URL('./', script).pathname });
    const newest = registration.installing ?? registration.waiting;
    if (newest !== null) await settled(newest);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new RunFailureError({ code: 'relay-refused', detail }, error);
  }
  if (registration.active === null) throw new RunFailureError({ code: 'relay-not-active' });
}

/** Resolves when a service worker is active, or was given up. */
function settled(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (worker.state !== 'activated' && worker.state !== 'redundant') return;
      worker.removeEventListener('statechange', look);
      resolve();
    };
    worker.addEventListener('statechange', look);
    look();
  });
}
