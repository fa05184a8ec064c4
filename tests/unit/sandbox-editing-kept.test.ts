/** Edits that a browser keeps: each is the reader\'s, whatever a link, another tab, a full store or a newer example does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KeptEdits, type EditsPart, type LinkedFiles } from '../../src/sandbox/editing/project/kept-edits.ts';
import { partPair } from '../../src/sandbox/editing/project/older-edits.ts';
import { PageStore, ProjectStore, type TextStore } from '../../src/sandbox/editing/project/project-store.ts';
import { Project } from '../../src/sandbox/editing/project/project.ts';

const original = [
  { path: 'host/main.go', text: 'package main // host\n' },
  { path: 'plugin/main.go', text: 'package main // plugin\n' },
];
const mine = [{ path: 'host/main.go', text: 'package main // mine, 世界\n' }];
const theirs = [{ path: 'host/main.go', text: 'package main // theirs\n' }];
const whole: EditsPart = { name: 'pipe-waits', targets: ['host', 'plugin'] };
const KEY = 'block-or-eof/edits/1/pipe-waits';

class MemoryStore implements TextStore {
  readonly texts = new Map<string, string>();
  isFull = false;
  get length(): number {
    return this.texts.size;
  }
  key(index: number): string | null {
    return [...this.texts.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.texts.get(key) ?? null;
  }
  setItem(key: string, text: string): void {
    if (this.isFull) throw new DOMException('full', 'QuotaExceededError');
    this.texts.set(key, text);
  }
  removeItem(key: string): void {
    this.texts.delete(key);
  }
}

interface Tab {
  readonly project: Project;
  readonly edits: KeptEdits;
  readonly type: (text: string) => ReturnType<KeptEdits['save']>;
  readonly host: () => string;
}

function open(
  memory: MemoryStore,
  {
    link,
    example = original,
    store = new PageStore(() => memory),
  }: {
    readonly link?: LinkedFiles;
    readonly example?: typeof original;
    readonly store?: PageStore;
  } = {},
): Tab {
  const project = new Project(example);
  const edits = new KeptEdits({ store, part: whole, project }, link, undefined);
  return {
    project,
    edits,
    type: (text) => {
      project.setText('host/main.go', text);
      return edits.save();
    },
    host: () => project.text('host/main.go'),
  };
}

const textsOf = ({ edits }: Tab): readonly string[] =>
  edits.versions.flatMap(({ files }) => files.map(({ text }) => text)).sort();

describe('kept edits', () => {
  it('come back, for each example its own, and are let go of when nothing is changed', () => {
    const memory = new MemoryStore();
    const tab = open(memory);
    assert.equal(tab.edits.shownId, 'example');
    assert.deepEqual(tab.type('package main // 世界\n'), { isKept: true, isBeside: false });
    assert.equal(open(memory).host(), 'package main // 世界\n');
    assert.deepEqual(new ProjectStore(new PageStore(() => memory), 'pipe').list(original), []);
    tab.project.restore(original);
    tab.edits.save();
    assert.equal(memory.length, 0);
  });

  it('are not touched by a link until it is edited, and then kept beside', () => {
    const memory = new MemoryStore();
    open(memory).type('package main // mine\n');
    const [kept] = memory.texts;
    assert.ok(kept);
    const [key] = kept;
    for (const files of [theirs, []]) {
      const tab = open(memory, { link: { files } });
      assert.equal(tab.edits.shown?.kind, 'link');
      tab.edits.save();
      assert.deepEqual([...memory.texts], [kept]);
      assert.deepEqual(
        tab.edits.others.map(({ kind }) => kind),
        ['kept'],
      );
    }
    const tab = open(memory, { link: { files: theirs } });
    tab.type('package main // theirs, edited\n');
    assert.equal(memory.getItem(key), kept[1]);
    assert.deepEqual(textsOf(open(memory)), ['package main // mine\n', 'package main // theirs, edited\n']);
    tab.edits.show(key);
    assert.equal(tab.host(), 'package main // mine\n');
    tab.edits.show('link');
    assert.equal(tab.host(), 'package main // theirs\n');
  });

  it('of a link that brings the same are the reader’s own', () => {
    const memory = new MemoryStore();
    open(memory).type(mine[0]?.text ?? '');
    assert.equal(open(memory, { link: { files: mine } }).edits.shownId, memory.key(0));
  });

  it('of two tabs that write at one time are both kept', () => {
    const memory = new MemoryStore();
    // Neither has heard of the other yet: to each its store is empty.
    const [first, second] = [new MemoryStore(), new MemoryStore()];
    open(first).type('package main // one\n');
    open(second).type('package main // other\n');
    for (const [key, text] of [...first.texts, ...second.texts]) memory.setItem(key, text);
    assert.equal(memory.length, 2);

    const shared = new MemoryStore();
    open(shared).type('package main // before\n');
    const key = shared.key(0) ?? '';
    const before = shared.getItem(key);
    const tab = open(shared);
    tab.type('package main // one\n');
    const ofTab = shared.getItem(key);
    shared.setItem(key, before?.replace('before', 'other') ?? '');
    tab.edits.wroteOver(key, before);
    assert.deepEqual(tab.edits.save(), { isKept: true, isBeside: true });
    assert.deepEqual(textsOf(tab), ['package main // one\n', 'package main // other\n']);

    // One that went on from what it found has all of it.
    const other = open(shared);
    other.edits.show(key);
    shared.setItem(key, ofTab?.replace('one', 'one, more') ?? '');
    other.edits.wroteOver(key, before?.replace('before', 'other') ?? '');
    assert.deepEqual(other.edits.save(), { isKept: true, isBeside: false });
    assert.equal(shared.length, 2);
  });

  it('of two tabs stand beside each other', () => {
    const memory = new MemoryStore();
    open(memory).type('package main // before\n');
    const [one, other] = [open(memory), open(memory)];
    one.type('package main // one\n');
    assert.equal(other.edits.concerns(memory.key(0) ?? ''), true);
    assert.deepEqual(other.type('package main // other\n'), { isKept: true, isBeside: true });
    one.type('package main // one, more\n');
    assert.deepEqual(textsOf(one), ['package main // one, more\n', 'package main // other\n']);
    // Reset lets go of this tab's only.
    other.project.restore(original);
    other.edits.save();
    assert.deepEqual(textsOf(open(memory)), ['package main // one, more\n']);
  });

  it('are kept and read however large they are', () => {
    const memory = new MemoryStore();
    const large = `package main // ${'x'.repeat(300_000)}\n`;
    open(memory).type(large);
    assert.equal(open(memory).host(), large);
  });

  it('that can’t be read are not written over, nor let go of', () => {
    for (const text of ['', '{', 'null', '[]', '{"files":[["../x.go",""]]}', '{"files":[["host/main.go",1]]}']) {
      const memory = new MemoryStore();
      memory.texts.set(KEY, text);
      const tab = open(memory);
      assert.deepEqual(
        tab.edits.others.map(({ kind, raw }) => [kind, raw]),
        [['unreadable', text]],
      );
      tab.edits.save();
      tab.type('package main // mine\n');
      tab.project.restore(original);
      tab.edits.save();
      assert.deepEqual([...memory.texts], [[KEY, text]]);
    }
  });

  it('that the browser refuses stay in the page, and go to the browser when it takes them', () => {
    const memory = new MemoryStore();
    memory.isFull = true;
    const store = new PageStore(() => memory);
    assert.deepEqual(open(memory, { store }).type('package main // mine\n'), { isKept: false, isBeside: false });
    const again = open(memory, { store });
    assert.equal(again.host(), 'package main // mine\n');
    assert.equal(again.edits.isKept, false);
    memory.isFull = false;
    assert.deepEqual(again.type('package main // mine, more\n'), { isKept: true, isBeside: false });
    assert.equal(open(memory).host(), 'package main // mine, more\n');
  });

  it('of a browser without any storage stay in the page too', () => {
    const store = new PageStore(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const memory = new MemoryStore();
    assert.equal(open(memory, { store }).type('package main // mine\n').isKept, false);
    assert.equal(open(memory, { store }).host(), 'package main // mine\n');
  });

  it('made of an older text say so, also after more of them, and take what was left alone as it is now', () => {
    const memory = new MemoryStore();
    open(memory).type('package main // mine\n');
    const newer = original.map(({ path, text }) => ({ path, text: `${text}// newer\n` }));
    const tab = open(memory, { example: newer });
    assert.equal(tab.edits.shown?.isStale, true);
    assert.deepEqual(tab.edits.from, original);
    assert.deepEqual(tab.project.changedPaths, ['host/main.go']);
    tab.type('package main // mine, more\n');
    assert.equal(open(memory, { example: newer }).edits.shown?.isStale, true);
    const linked = open(new MemoryStore(), { example: newer, link: { files: mine, from: original } });
    assert.equal(linked.edits.shown?.isStale, true);
    assert.equal(open(new MemoryStore(), { link: { files: mine, from: original } }).edits.shown?.isStale, false);
  });

  it('of an older page come back: those of an example, and those of a pair, each part by itself', () => {
    const memory = new MemoryStore();
    const files = [...mine, ...original.slice(1)].map(({ path, text }) => [path, text]);
    memory.texts.set(KEY, JSON.stringify({ of: 'x', files }));
    const tab = open(memory);
    assert.equal(tab.host(), mine[0]?.text);
    assert.equal(tab.edits.shown?.isStale, true);

    const pair = 'block-or-eof/edits/1/playground/a/b';
    const parts: readonly EditsPart[] = [
      { name: 'playground-host/a', targets: ['host'] },
      { name: 'playground-plugin/b', targets: ['plugin'] },
    ];
    const store = new PageStore(() => memory);
    memory.texts.set(pair, JSON.stringify({ of: 'x', files }));
    memory.isFull = true;
    partPair(store, 'playground/a/b', parts, new Project(original));
    assert.notEqual(memory.getItem(pair), null);
    memory.isFull = false;
    memory.texts.set(`${pair}~2`, '{');
    partPair(new PageStore(() => memory), 'playground/a/b', parts, new Project(original));
    assert.deepEqual(
      [...memory.texts.keys()].map((key) => key.replace(/~\d+$/u, '')).sort(),
      [KEY, 'block-or-eof/edits/1/playground-host/a', 'block-or-eof/edits/1/playground-host/a'].sort(),
    );
    const texts = [...memory.texts.values()].join('\n');
    assert.match(texts, /mine, 世界/u);
  });
});
