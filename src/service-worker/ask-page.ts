import { holdOf, LONGEST_HOLD_MS, type StdinAnswer, type StdinAsk } from '../protocol/service-worker-stdin.ts';

/** The part of a `BroadcastChannel` that is used here; Node's has it too. */
export interface AskChannel {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: StdinAsk): void;
  close(): void;
}

/**
 * Asks the page of a run for news.
 *
 * An answer without news waits for the page to have looked, also when the time is up before: else a program that sleeps for
 * a millisecond again and again would never hear of anything, since a look takes longer than that.
 *
 * @param channel to the page; closed at the end
 * @returns the encoded news, or undefined if there was none in time
 */
export function askPage(channel: AskChannel, query: string): Promise<ArrayBuffer | undefined> {
  const id = crypto.randomUUID();
  return new Promise((resolve) => {
    let looked = false;
    let timeIsUp = false;
    const end = (body: ArrayBuffer | undefined): void => {
      clearTimeout(hold);
      clearTimeout(silence);
      channel.onmessage = null;
      channel.close();
      resolve(body);
    };
    const endWithoutNews = (): void => {
      if (looked && timeIsUp) end(undefined);
    };
    const hold = setTimeout(() => {
      timeIsUp = true;
      endWithoutNews();
    }, holdOf(query));
    // A page that is busy or asleep is asked again, and again.
    const silence = setTimeout(() => end(undefined), LONGEST_HOLD_MS);
    channel.onmessage = ({ data }: MessageEvent<StdinAnswer>) => {
      if (data.id !== id) return;
      switch (data.type) {
        case 'hold':
          looked = true;
          endWithoutNews();
          break;
        case 'news':
          end(data.body);
          break;
      }
    };
    channel.postMessage({ type: 'ask', id, query });
  });
}
