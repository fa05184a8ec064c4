import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { ActScript } from '../../src/sandbox/sharing/act-script.ts';
import { RUN_LINK } from '../../src/sandbox/sharing/link-prefixes.ts';
import {
  decodeShareFragment,
  encodeShareFragment,
  ShareLinkError,
  type SharedRun,
} from '../../src/sandbox/sharing/share-link.ts';

const run: SharedRun = {
  example: 'pipe-waits',
  place: 1,
  plugin: 'c',
  prediction: 'waits',
  acts: [
    { kind: 'typed', text: '世界 <script>\n', after: 300 },
    { kind: 'closed', after: 0 },
  ],
};

const encode = (value: unknown): string =>
  `#run=${Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')}`;

describe('a share link', () => {
  it('gives back what was put in', () => {
    const fragment = encodeShareFragment(run);
    assert.ok(fragment.startsWith(RUN_LINK));
    assert.match(fragment, /^#run=[\w-]+$/u);
    assert.deepEqual(decodeShareFragment(fragment), run);
  });

  it('of a place that it does not name is of the first', () =>
    assert.equal(decodeShareFragment(encode({ ...run, v: 1, place: undefined })).place, 0));

  it('does not take more than a link holds', () => {
    const long: SharedRun = { ...run, acts: [{ kind: 'typed', text: 'x'.repeat(20_000), after: 0 }] };
    assert.throws(() => encodeShareFragment(long), /does not fit into a link: expected at most 16,384 characters/u);
  });

  for (const [what, fragment, message] of [
    ['is cut short', encodeShareFragment(run).slice(0, 40), /text that can’t be read/u],
    ['is not base64', '#run=%%%', /text that can’t be read/u],
    ['is not UTF-8', '#run=gICA', /text that can’t be read/u],
    ['is of another version', encode({ ...run, v: 2 }), /expected version 1, found 2/u],
    [
      'names no plugin',
      encode({ ...run, v: 1, plugin: 'perl' }),
      /expected one of go, c, rust as plugin, found "perl"/u,
    ],
    ['stands nowhere', encode({ ...run, v: 1, place: -1 }), /expected a place from 0 to 99, found -1/u],
    ['has an unknown act', encode({ ...run, v: 1, acts: [{ kind: 'eval', after: 0 }] }), /found "eval"/u],
    ['pauses for a day', encode({ ...run, v: 1, acts: [{ kind: 'closed', after: 1e8 }] }), /a pause of 0 to 10000 ms/u],
    [
      'has acts without end',
      encode({ ...run, v: 1, acts: Array(201).fill({ kind: 'closed', after: 0 }) }),
      /at most 200/u,
    ],
    ['is a list', encode([]), /expected a shared run, found \[\]/u],
    ['is far too long', `#run=${'A'.repeat(100_000)}`, /at most 16384 characters, found 100005/u],
  ] as const) {
    it(`that ${what} is refused with a way out`, () =>
      assert.throws(
        () => decodeShareFragment(fragment),
        (error) =>
          error instanceof ShareLinkError && message.test(error.message) && /plain example/u.test(error.message),
      ));
  }
});

describe('a script of acts', () => {
  it('acts when the plugin waits, after each pause', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const done: string[] = [];
    const script = new ActScript(
      [
        { kind: 'typed', text: 'Ada\n', after: 300 },
        { kind: 'closed', after: 50 },
      ],
      {
        type: (text) => done.push(text),
        closeStdin: () => done.push('close'),
        stop: () => done.push('stop'),
      },
    );
    script.start();
    mock.timers.tick(10_000);
    assert.deepEqual(done, [], 'nothing before the plugin waits');
    script.pluginWaits(1);
    mock.timers.tick(299);
    assert.deepEqual(done, []);
    mock.timers.tick(1);
    assert.deepEqual(done, ['Ada\n']);
    script.pluginWaits(1);
    mock.timers.tick(10_000);
    assert.deepEqual(done, ['Ada\n'], 'the next act waits for the next wait');
    script.pluginWaits(2);
    mock.timers.tick(50);
    assert.deepEqual(done, ['Ada\n', 'close']);
    mock.timers.reset();
  });

  it('stops a plugin that never waits, and does nothing once the run has ended', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const done: string[] = [];
    const target = {
      type: () => done.push('type'),
      closeStdin: () => done.push('close'),
      stop: () => done.push('stop'),
    };
    new ActScript([{ kind: 'stopped', after: 100 }], target).start();
    const ended = new ActScript([{ kind: 'stopped', after: 100 }], target);
    ended.start();
    ended.end();
    mock.timers.tick(1000);
    assert.deepEqual(done, ['stop']);
    mock.timers.reset();
  });
});
