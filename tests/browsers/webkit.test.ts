/** The recorded sessions in WebKitGTK, which has neither JSPI nor SharedArrayBuffer yet. */
import { playEverywhere } from './play-everywhere.ts';
import { startWebKit, webkitAdvice } from './webkit.ts';

playEverywhere('WebKitGTK', webkitAdvice, startWebKit, [
  { kind: 'service-worker', name: 'waits by service worker', isolated: false, forced: false },
]);
