/** The recorded sessions in Firefox. */
import { firefoxAdvice, startFirefox } from './firefox.ts';
import { playEverywhere } from './play-everywhere.ts';

playEverywhere('Firefox', firefoxAdvice, () => startFirefox(), [
  { kind: 'jspi', name: 'waits by JSPI', isolated: false, forced: false },
  { kind: 'shared-memory', name: 'waits by shared memory', isolated: true, forced: true },
  { kind: 'service-worker', name: 'waits by service worker', isolated: false, forced: true },
]);
