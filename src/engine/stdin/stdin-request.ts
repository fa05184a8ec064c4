import { decodeNews, stdinUrl } from '../../protocol/service-worker-stdin.ts';
import { EngineError } from '../engine-error.ts';
import type { StdinExchange } from './service-worker-channel.ts';

/**
 * Exchanges over synchronous XMLHttpRequest, which workers have in every browser.
 * @param run the run's id
 * @param script address of the worker's script; requests go to a folder beside it
 */
export function stdinRequests(run: string, script: string): StdinExchange {
  return (request) => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', stdinUrl(script, run, request), false);
    xhr.responseType = 'arraybuffer';
    xhr.send();
    if (xhr.status === 204) return undefined;
    const news = xhr.status === 200 && xhr.response instanceof ArrayBuffer ? decodeNews(xhr.response) : undefined;
    if (news === undefined) throw new EngineError({ code: 'server-answered', status: xhr.status });
    return news;
  };
}
