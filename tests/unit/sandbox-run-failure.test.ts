import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { words as engineWords } from '#words/engine';
import { words } from '#words/failures';
import { PluginError } from '../../src/engine/plugin/plugin-error.ts';
import {
  failureOf,
  failureSentence,
  fencedFailure,
  mayBeOutdated,
  RunFailureError,
} from '../../src/sandbox/run/run-failure.ts';
import { withoutFences } from '../../src/sandbox/run/verbatim.ts';
import { marked } from '../../src/words/marked.ts';

describe('why a run failed', () => {
  it('is said on the page as the engine says it', () => {
    const error = new PluginError({
      code: 'imports-of-js',
      imports: ['"gojs"."debug" (function)', '"gojs"."x" (global)'],
    });
    assert.equal(error.fault, 'imports');
    assert.equal(failureSentence(error.problem), error.message);
    assert.match(
      error.message,
      /found "gojs"\."debug" \(function\), "gojs"\."x" \(global\); it was built with GOOS=js/u,
    );
  });

  it('knows a script that is gone in every browser’s words, and that the page may be older than the site', () => {
    for (const message of [
      'Failed to fetch dynamically imported module: https://example.org/a.js',
      'error loading dynamically imported module: https://example.org/a.js',
      'Importing a module script failed.',
    ]) {
      assert.deepEqual(failureOf(new TypeError(message)), { code: 'no-script' });
    }
    assert.ok(mayBeOutdated({ code: 'no-script' }) && mayBeOutdated({ code: 'no-worker' }));
    assert.ok(!mayBeOutdated({ code: 'worker-ended' }));
  });

  it('blames no plugin for the stack of a host that runs none', () => {
    const detail = 'Maximum call stack size exceeded';
    const told = (runsPlugins: boolean): string => failureSentence({ code: 'host-stack', detail, runsPlugins });
    assert.doesNotMatch(told(false), /plugin/u);
    assert.match(told(true), /its calls, or those of its plugin, go deeper/u);
  });

  it('keeps the sentence of a failure that was thrown, and of any other error', () => {
    const failure = { code: 'not-served', file: 'hosts.wasm', status: 404 } as const;
    const error = new RunFailureError(failure);
    assert.equal(failureOf(error), failure);
    assert.match(error.message, /^Could not load hosts\.wasm: expected status 200, found 404\. Reload the page/u);
    assert.equal(failureSentence(failureOf(new Error('The host does not compile.'))), 'The host does not compile.');
  });

  it('has a fence around what is no language, and nothing else of it is lost', () => {
    const failure = { code: 'not-compiled', file: 'hosts.wasm', detail: 'expected magic word' } as const;
    assert.equal(withoutFences(fencedFailure(failure)), failureSentence(failure));
    const verbatim = fencedFailure(failure).split(/[\uE002\uE003]/u);
    assert.deepEqual([verbatim[1], verbatim[3], verbatim.length], ['hosts.wasm', 'expected magic word', 5]);
    assert.equal(fencedFailure({ code: 'told', sentence: 'Choose a file.' }), 'Choose a file.');
  });

  it('is marked but for what is no language', () => {
    const trap = marked(words.problems)['host-trap']({ detail: 'unreachable' });
    assert.equal(trap.normalize('NFD').replaceAll('\u0301', ''), 'The host trapped (unreachable). Press Run again.');
    assert.ok(trap.includes('(unreachable)'));
    assert.ok(!trap.includes('host'));
    const missing = marked(engineWords.problems).imports({ imports: ['"env"."f" (function)'] });
    assert.ok(missing.includes('"env"."f" (function);'));
  });
});
