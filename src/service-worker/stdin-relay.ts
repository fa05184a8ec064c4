/**
 * The service worker of the third transport. It answers requests for stdin, which only workers of this site make, by asking
 * the page of the run; nothing else is touched. It lies in the folder of the site's scripts, and that folder is its scope: so
 * it controls the workers whose script is there, and never a page.
 */
import { parseStdinUrl, stdinChannelName } from '../protocol/service-worker-stdin.ts';
import { askPage } from './ask-page.ts';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', () => {
  // It keeps no state, so a newer one may take over in the middle of a run.
  void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const request = parseStdinUrl(event.request.url);
  if (request === undefined) return;
  const channel = new BroadcastChannel(stdinChannelName(request.run));
  event.respondWith(
    askPage(channel, request.query).then((body) =>
      body === undefined
        ? new Response(null, { status: 204 })
        : new Response(body, { headers: { 'Cache-Control': 'no-store', 'Content-Type': 'application/octet-stream' } }),
    ),
  );
});
