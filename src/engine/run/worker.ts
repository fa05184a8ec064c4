/** The worker of one run: it takes one `RunMessage`, runs the program to its end, and tells the page. */
import type { ChannelEnd, ProgramNews, RunMessage, WorkerMessage } from '../../protocol/messages.ts';
import type { WorkerFailure } from '../../protocol/problems.ts';
import { EngineError } from '../engine-error.ts';
import { isStackOverflow } from '../plugin/plugin-error.ts';
import { MessageStdinChannel } from '../stdin/message-channel.ts';
import { runProgram } from './run-program.ts';
import { ServiceWorkerChannel } from '../stdin/service-worker-channel.ts';
import { SharedMemoryChannel } from '../stdin/shared-memory-channel.ts';
import { RunStopped, type StdinChannel } from '../stdin/stdin-channel.ts';
import { stdinRequests } from '../stdin/stdin-request.ts';

declare const self: DedicatedWorkerGlobalScope;

/** Bytes that are worth a transfer, which takes 10 µs; a copy of so many takes one. */
const TRANSFER_FROM = 4096;

function send(message: WorkerMessage, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

function tellAlive(): void {
  send({ type: 'alive' });
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** What is worth a transfer in a message. */
function transferred(news: ProgramNews): Transferable[] {
  if (news.type !== 'output') return [];
  return news.chunks.flatMap(({ bytes: { buffer } }) => (buffer.byteLength < TRANSFER_FROM ? [] : buffer));
}

function openChannel(end: ChannelEnd): StdinChannel {
  switch (end.kind) {
    case 'jspi':
      return new MessageStdinChannel(end.port);
    case 'shared-memory':
      return new SharedMemoryChannel(end.buffer, () => send({ type: 'space' }));
    case 'service-worker':
      return new ServiceWorkerChannel(stdinRequests(end.run, self.location.href));
  }
}

/** Whether wazero is in a host: its overlay (examples/internal/overlay) imports the tracer. */
function runsPlugins(module: WebAssembly.Module): boolean {
  return WebAssembly.Module.imports(module).some(
    ({ module: from, name }) => from === 'block_or_eof' && name === 'enter',
  );
}

/** What the page is told when the host broke down instead of exiting. */
function failureOf(error: unknown, module: WebAssembly.Module): WorkerFailure {
  if (error instanceof EngineError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  if (isStackOverflow(error)) return { code: 'host-stack', detail, runsPlugins: runsPlugins(module) };
  if (error instanceof RangeError) return { code: 'host-memory', detail };
  if (error instanceof WebAssembly.RuntimeError) return { code: 'host-trap', detail };
  return { code: 'unforeseen', detail };
}

/** Resolves when the lock is held; it is until the worker ends. */
function hold(lock: string): Promise<void> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(lock, () => {
        resolve();
        return new Promise(() => undefined);
      })
      .catch(reject);
  });
}

async function run(message: RunMessage): Promise<void> {
  try {
    const alive = message.lock === undefined ? undefined : hold(message.lock).then(tellAlive);
    const status = await runProgram({
      ready: alive,
      module: message.module,
      argv: message.argv,
      env: message.env,
      files: message.files,
      channel: openChannel(message.channel),
      hold: message.hold,
      tell: (news) => send(news, transferred(news)),
    });
    send({ type: 'exited', status, at: now() });
  } catch (error) {
    // Nobody listens any more.
    if (error instanceof RunStopped) self.close();
    else send({ type: 'failed', failure: failureOf(error, message.module) });
  }
}

self.onmessage = (event: MessageEvent<RunMessage>) => {
  void run(event.data);
};
