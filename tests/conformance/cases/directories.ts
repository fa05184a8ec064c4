import { AT } from '../../unit/engine-wasi-harness.ts';
import { casesOf } from '../conformance-case.ts';
import { expectEqual, expectTrue } from '../expect.ts';
import { errnoName, FILETYPE, FOLLOW, O, ROOT, type World } from '../world.ts';

function rename(w: World, from: string, to: string): string {
  return errnoName(w.call('path_rename', ROOT, ...w.path(from), ROOT, ...w.newPath(to)));
}

function link(w: World, from: string, to: string, flags = 0): string {
  return errnoName(w.call('path_link', ROOT, flags, ...w.path(from), ROOT, ...w.newPath(to)));
}

function unlink(w: World, path: string): string {
  return errnoName(w.call('path_unlink_file', ROOT, ...w.path(path)));
}

function rmdir(w: World, path: string): string {
  return errnoName(w.call('path_remove_directory', ROOT, ...w.path(path)));
}

function mkdir(w: World, path: string): string {
  return errnoName(w.call('path_create_directory', ROOT, ...w.path(path)));
}

const listings = casesOf('fd_readdir', {
  'lists . and .. first, then what was made, with types and inodes': (w) => {
    w.create('file');
    w.mkdir('dir');
    w.symlink('file', 'link');
    const { entries, isFull } = w.readdir(ROOT, 4096);
    expectEqual(isFull, false);
    expectEqual(
      entries.map(({ name, filetype }) => [name, filetype]),
      [
        ['.', FILETYPE.directory],
        ['..', FILETYPE.directory],
        ['file', FILETYPE.regularFile],
        ['dir', FILETYPE.directory],
        ['link', FILETYPE.symbolicLink],
      ],
    );
    expectEqual(entries[0]?.ino, w.stat(ROOT).ino);
    expectEqual(entries[2]?.ino, w.pathStat('file').ino);
  },
  'lists the parent as ..': (w) => {
    w.mkdir('dir');
    const { entries } = w.readdir(w.openDirectory('dir'), 4096);
    expectEqual(
      entries.map(({ ino }) => ino),
      [w.pathStat('dir').ino, w.stat(ROOT).ino],
    );
  },
  'goes on from a cookie': (w) => {
    for (const name of ['a', 'b', 'c']) w.create(name);
    const { entries } = w.readdir(ROOT, 4096);
    for (const [index, { next }] of entries.entries()) {
      const rest = w.readdir(ROOT, 4096, next).entries;
      expectEqual(
        rest.map(({ name }) => name),
        entries.slice(index + 1).map(({ name }) => name),
      );
    }
  },
  'fills a small buffer to its end, with a part of an entry': (w) => {
    for (const name of ['first', 'second', 'third']) w.create(name);
    for (let size = 1; size < 160; size += 1) {
      w.expect('success', 'fd_readdir', ROOT, AT.data, size, 0n, AT.count);
      expectEqual(w.count, Math.min(size, 25 + 26 + 29 + 30 + 29), `bytes used of ${String(size)}`);
    }
  },
  'gives the same listing through buffers of any size': (w) => {
    const names = [
      '.',
      '..',
      ...Array.from({ length: 40 }, (_, index) => `${'name'.repeat(1 + (index % 9))}-${String(index)}`),
    ];
    for (const name of names.slice(2)) w.create(name);
    for (const size of [64, 65, 77, 100, 128, 256, 1000, 10_000])
      expectEqual(w.names(ROOT, size), names, `size ${String(size)}`);
  },
  'lists a thousand entries': (w) => {
    w.mkdir('dir');
    for (let i = 0; i < 1000; i += 1) w.create(`dir/file.${String(i)}`);
    expectEqual(w.names(w.openDirectory('dir'), 256).length, 1002);
  },
  'misses and repeats nothing while entries are removed and made': (w) => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) w.create(name);
    const { entries } = w.readdir(ROOT, 25 + 26 + 25 + 25 + 24);
    expectEqual(
      entries.map(({ name }) => name),
      ['.', '..', 'a', 'b'],
    );
    expectEqual([unlink(w, 'a'), unlink(w, 'b')], ['success', 'success']);
    w.create('f');
    const rest = w.readdir(ROOT, 4096, entries.at(-1)?.next);
    expectEqual(
      rest.entries.map(({ name }) => name),
      ['c', 'd', 'e', 'f'],
    );
  },
  'lists nothing beyond the end': (w) => expectEqual(w.readdir(ROOT, 4096, 99n).entries, []),
  'writes names of several bytes a letter': (w) => {
    w.create('Größe-世界');
    expectEqual(w.names(ROOT).at(-1), 'Größe-世界');
  },
  'answers ENOTDIR for a file, EBADF for what is not open': (w) => {
    w.create('file');
    w.expect('notdir', 'fd_readdir', w.open('file'), AT.data, 100, 0n, AT.count);
    w.expect('badf', 'fd_readdir', 99, AT.data, 100, 0n, AT.count);
  },
});

const create = casesOf('path_create_directory', {
  'makes a directory, also with a slash at the end': (w) => {
    expectEqual([mkdir(w, 'a'), mkdir(w, 'a/b/')], ['success', 'success']);
    expectEqual(w.pathStat('a/b').filetype, FILETYPE.directory);
  },
  'answers EEXIST for what is there': (w) => {
    w.create('file');
    w.mkdir('dir');
    w.symlink('nowhere', 'link');
    expectEqual(
      ['file', 'dir', 'dir/', 'link', 'link/', '.'].map((path) => mkdir(w, path)),
      Array(6).fill('exist'),
    );
  },
  'answers ENOENT without a parent, ENOTDIR in a file': (w) => {
    w.create('file');
    expectEqual([mkdir(w, 'no/dir'), mkdir(w, 'file/dir'), mkdir(w, '')], ['noent', 'notdir', 'noent']);
  },
  'answers EBADF for what is not open, ENOTDIR for a stream': (w) => {
    w.expect('badf', 'path_create_directory', 99, ...w.path('dir'));
    w.expect('notdir', 'path_create_directory', 1, ...w.path('dir'));
  },
});

const remove = [
  ...casesOf('path_remove_directory', {
    'removes an empty directory, also with a slash at the end': (w) => {
      w.mkdir('a');
      w.mkdir('b');
      expectEqual([rmdir(w, 'a'), rmdir(w, 'b/'), w.exists('a'), w.exists('b')], ['success', 'success', false, false]);
    },
    'answers ENOTEMPTY for one that is not empty': (w) => {
      w.mkdir('dir');
      w.create('dir/file');
      expectEqual(rmdir(w, 'dir'), 'notempty');
      expectEqual([unlink(w, 'dir/file'), rmdir(w, 'dir')], ['success', 'success']);
    },
    'answers ENOTDIR for a file and for a link to a directory': (w) => {
      w.create('file');
      w.mkdir('dir');
      w.symlink('dir', 'link');
      expectEqual(
        ['file', 'file/', 'link', 'link/'].map((path) => rmdir(w, path)),
        Array(4).fill('notdir'),
      );
      expectEqual(w.exists('dir'), true);
    },
    'answers ENOENT for what is not there, EINVAL for ., ENOTEMPTY for ..': (w) => {
      w.mkdir('dir');
      w.mkdir('dir/in');
      expectEqual([rmdir(w, 'no'), rmdir(w, '.'), rmdir(w, 'dir/in/..')], ['noent', 'inval', 'notempty']);
    },
  }),
  ...casesOf('path_unlink_file', {
    'removes a file': (w) => {
      w.create('file');
      expectEqual([unlink(w, 'file'), unlink(w, 'file')], ['success', 'noent']);
    },
    'removes a symbolic link, not what it leads to': (w) => {
      w.create('file');
      w.symlink('file', 'link');
      expectEqual([unlink(w, 'link'), w.exists('file')], ['success', true]);
    },
    'answers EISDIR for a directory, with or without a slash': (w) => {
      w.mkdir('dir');
      expectEqual([unlink(w, 'dir'), unlink(w, 'dir/'), unlink(w, '.')], ['isdir', 'isdir', 'isdir']);
    },
    'answers ENOTDIR for a file with a slash at the end': (w) => {
      w.create('file');
      expectEqual([unlink(w, 'file/'), w.exists('file')], ['notdir', true]);
    },
    'answers EBADF for what is not open': (w) => w.expect('badf', 'path_unlink_file', 99, ...w.path('file')),
  }),
];

const renames = casesOf('path_rename', {
  'moves a file, also into another directory': (w) => {
    w.create('a', 'text');
    w.mkdir('dir');
    expectEqual([rename(w, 'a', 'b'), rename(w, 'b', 'dir/c')], ['success', 'success']);
    expectEqual([w.textOf('dir/c'), w.exists('a'), w.exists('b')], ['text', false, false]);
  },
  'replaces a file': (w) => {
    w.create('a', 'new');
    w.create('b', 'old');
    const fd = w.open('b');
    expectEqual(rename(w, 'a', 'b'), 'success');
    expectEqual([w.textOf('b'), w.exists('a'), w.readFrom(fd, 9)], ['new', false, 'old']);
  },
  'moves a directory with what is in it, also with slashes at the end': (w) => {
    w.mkdir('a');
    w.create('a/file', 'text');
    expectEqual([rename(w, 'a/', 'b'), rename(w, 'b', 'c/'), rename(w, 'c/', 'd/')], ['success', 'success', 'success']);
    expectEqual(w.textOf('d/file'), 'text');
  },
  'replaces an empty directory': (w) => {
    w.mkdir('a');
    w.create('a/file');
    w.mkdir('b');
    expectEqual([rename(w, 'a', 'b'), w.exists('b/file'), w.exists('a')], ['success', true, false]);
  },
  'changes the parent of a directory': (w) => {
    w.mkdir('a');
    w.mkdir('b');
    expectEqual(rename(w, 'a', 'b/a'), 'success');
    const { entries } = w.readdir(w.openDirectory('b/a'), 4096);
    expectEqual(entries[1]?.ino, w.pathStat('b').ino);
    expectEqual([w.pathStat('b').nlink, w.pathStat('.').nlink], [3n, 3n]);
  },
  'does nothing with two names of one file': (w) => {
    w.create('a', 'text');
    expectEqual(link(w, 'a', 'b'), 'success');
    expectEqual(
      [rename(w, 'a', 'b'), rename(w, 'a', 'a'), w.textOf('a'), w.textOf('b')],
      ['success', 'success', 'text', 'text'],
    );
  },
  'moves a symbolic link, not what it leads to': (w) => {
    w.create('file');
    w.symlink('file', 'link');
    expectEqual([rename(w, 'link', 'moved'), w.pathStat('moved').filetype], ['success', FILETYPE.symbolicLink]);
  },
  'answers ENOENT for what is not there': (w) => {
    w.create('file');
    expectEqual([rename(w, 'no', 'x'), rename(w, 'file', 'no/x')], ['noent', 'noent']);
  },
  'answers ENOTEMPTY for a directory that is not empty': (w) => {
    w.mkdir('a');
    w.mkdir('b');
    w.create('b/file');
    expectEqual(rename(w, 'a', 'b'), 'notempty');
  },
  'answers ENOTDIR for a directory over a file, EISDIR for a file over a directory': (w) => {
    w.mkdir('dir');
    w.create('file');
    expectEqual([rename(w, 'dir', 'file'), rename(w, 'file', 'dir')], ['notdir', 'isdir']);
  },
  'answers ENOTDIR for a file with a slash at the end': (w) => {
    w.create('file');
    expectEqual([rename(w, 'file/', 'x'), rename(w, 'file', 'x/')], ['notdir', 'notdir']);
  },
  'answers EINVAL for a directory into itself': (w) => {
    w.mkdir('a');
    w.mkdir('a/b');
    expectEqual(
      [rename(w, 'a', 'a/b/c'), rename(w, 'a', 'a/x'), rename(w, 'a/b', 'a')],
      ['inval', 'inval', 'notempty'],
    );
  },
  'answers EBUSY for . and ..': (w) => {
    w.mkdir('dir');
    expectEqual([rename(w, '.', 'x'), rename(w, 'dir', '.'), rename(w, 'dir/..', 'x')], ['busy', 'busy', 'busy']);
  },
  'answers EBADF for what is not open': (w) => {
    w.create('file');
    w.expect('badf', 'path_rename', 99, ...w.path('file'), ROOT, ...w.newPath('x'));
    w.expect('badf', 'path_rename', ROOT, ...w.path('file'), 99, ...w.newPath('x'));
  },
});

const links = casesOf('path_link', {
  'gives a file a second name': (w) => {
    w.create('a', 'text');
    expectEqual(link(w, 'a', 'b'), 'success');
    expectEqual([w.pathStat('a').nlink, w.pathStat('a')], [2n, w.pathStat('b')]);
    w.write(w.open('a'), 'T');
    expectEqual(w.textOf('b'), 'Text');
    expectEqual([unlink(w, 'a'), w.textOf('b'), w.pathStat('b').nlink], ['success', 'Text', 1n]);
  },
  'links into another directory': (w) => {
    w.create('file');
    w.mkdir('dir');
    const dir = w.openDirectory('dir');
    w.expect('success', 'path_link', ROOT, 0, ...w.path('file'), dir, ...w.newPath('link'));
    expectEqual(w.exists('dir/link'), true);
  },
  'links a symbolic link itself, also one that leads nowhere or round': (w) => {
    w.symlink('nowhere', 'dangling');
    w.symlink('loop', 'loop');
    expectEqual([link(w, 'dangling', 'a'), link(w, 'loop', 'b')], ['success', 'success']);
    expectEqual(w.pathStat('a').filetype, FILETYPE.symbolicLink);
  },
  'follows a symbolic link with the flag': (w) => {
    w.create('file');
    w.symlink('file', 'link');
    w.symlink('nowhere', 'dangling');
    expectEqual([link(w, 'link', 'hard', FOLLOW), link(w, 'dangling', 'x', FOLLOW)], ['success', 'noent']);
    expectEqual(w.pathStat('hard').ino, w.pathStat('file').ino);
  },
  'answers EEXIST for a name that is taken': (w) => {
    w.create('file');
    w.create('other');
    w.mkdir('dir');
    w.symlink('nowhere', 'link');
    expectEqual(
      ['other', 'file', 'dir', 'link', '.'].map((path) => link(w, 'file', path)),
      Array(5).fill('exist'),
    );
  },
  'answers EPERM for a directory': (w) => {
    w.mkdir('dir');
    expectEqual(link(w, 'dir', 'x'), 'perm');
  },
  'answers ENOENT for what is not there, and for a new name with a slash at the end': (w) => {
    w.create('file');
    expectEqual([link(w, 'no', 'x'), link(w, 'file', 'x/'), link(w, 'file', 'no/x')], ['noent', 'noent', 'noent']);
  },
  'answers EBADF for what is not open': (w) => {
    w.create('file');
    w.expect('badf', 'path_link', 99, 0, ...w.path('file'), ROOT, ...w.newPath('x'));
    w.expect('badf', 'path_link', ROOT, 0, ...w.path('file'), 99, ...w.newPath('x'));
  },
});

function symlink(w: World, target: string, path: string): string {
  const [at, length] = w.path(target);
  return errnoName(w.call('path_symlink', at, length, ROOT, ...w.newPath(path)));
}

function readlink(w: World, path: string, size: number): string {
  w.expect('success', 'path_readlink', ROOT, ...w.path(path), AT.data, size, AT.count);
  return w.text;
}

const symlinks = [
  ...casesOf('path_symlink', {
    'makes a link that is followed to a file, to a directory, and on the way': (w) => {
      w.mkdir('dir');
      w.create('dir/file', 'text');
      expectEqual(
        [symlink(w, 'dir/file', 'a'), symlink(w, 'dir', 'b'), symlink(w, '../b/file', 'dir/c')],
        Array(3).fill('success'),
      );
      expectEqual([w.textOf('a'), w.textOf('b/file'), w.textOf('dir/c')], ['text', 'text', 'text']);
    },
    'makes a link that leads nowhere': (w) =>
      expectEqual([symlink(w, 'nowhere', 'link'), w.tryOpen('link', { follow: true })], ['success', 'noent']),
    'answers EEXIST for a name that is taken': (w) => {
      w.create('file');
      w.mkdir('dir');
      expectEqual(
        [symlink(w, 'x', 'file'), symlink(w, 'x', 'dir'), symlink(w, 'x', 'dir/')],
        ['exist', 'exist', 'exist'],
      );
    },
    'answers ENOENT for a name with a slash at the end, ENOTDIR if that is a file': (w) => {
      w.create('file');
      expectEqual(
        [symlink(w, 'x', 'new/'), symlink(w, 'x', 'file/'), symlink(w, '', 'new')],
        ['noent', 'notdir', 'noent'],
      );
    },
    'answers EPERM for an absolute target': (w) =>
      expectEqual([symlink(w, '/', 'link'), symlink(w, '/file', 'link')], ['perm', 'perm']),
    'answers EBADF for what is not open': (w) =>
      w.expect('badf', 'path_symlink', ...w.path('x'), 99, ...w.newPath('link')),
  }),
  ...casesOf('path_readlink', {
    'gives the target, and no byte more': (w) => {
      w.symlink('target', 'link');
      new Uint8Array(w.memory.buffer).fill(0xee, AT.data, AT.data + 10);
      expectEqual(readlink(w, 'link', 10), 'target');
      expectEqual(w.view.getUint8(AT.data + 6), 0xee);
    },
    'gives as much as fits': (w) => {
      w.symlink('target', 'link');
      expectEqual([readlink(w, 'link', 4), readlink(w, 'link', 6), readlink(w, 'link', 0)], ['targ', 'target', '']);
    },
    'answers EINVAL for what is no link, ENOENT for what is not there': (w) => {
      w.create('file');
      w.expect('inval', 'path_readlink', ROOT, ...w.path('file'), AT.data, 10, AT.count);
      w.expect('inval', 'path_readlink', ROOT, ...w.path('.'), AT.data, 10, AT.count);
      w.expect('noent', 'path_readlink', ROOT, ...w.path('no'), AT.data, 10, AT.count);
    },
    'answers EBADF for what is not open': (w) =>
      w.expect('badf', 'path_readlink', 99, ...w.path('link'), AT.data, 10, AT.count),
  }),
  ...casesOf('path_open', {
    'answers ELOOP for a link that is not to be followed, ENOTDIR with O_DIRECTORY': (w) => {
      w.mkdir('dir');
      w.symlink('dir', 'link');
      w.symlink('nowhere', 'dangling');
      expectEqual([w.tryOpen('link'), w.tryOpen('dangling')], ['loop', 'loop']);
      expectEqual(
        [w.tryOpen('link', { oflags: O.directory }), w.tryOpen('dangling', { oflags: O.directory })],
        ['notdir', 'notdir'],
      );
      expectEqual(w.tryOpen('link', { oflags: O.directory, follow: true }), 'success');
    },
    'answers ENOTDIR with O_DIRECTORY for a link to a file': (w) => {
      w.create('file');
      w.symlink('file', 'link');
      expectEqual(w.tryOpen('link', { oflags: O.directory, follow: true }), 'notdir');
    },
    'follows a link with a slash at the end also without the flag': (w) => {
      w.mkdir('dir');
      w.symlink('dir', 'link');
      expectEqual(w.tryOpen('link/', { oflags: O.directory }), 'success');
    },
    'makes the file that a link leads to': (w) => {
      w.symlink('new', 'link');
      w.write(w.open('link', { oflags: O.creat, follow: true }), 'text');
      expectEqual(w.textOf('new'), 'text');
    },
    'answers ELOOP for a loop, and for more than 40 links': (w) => {
      w.symlink('b', 'a');
      w.symlink('a', 'b');
      w.symlink('self', 'self');
      expectEqual(
        [w.tryOpen('a', { follow: true }), w.tryOpen('self/x'), w.tryOpen('self', { follow: true })],
        Array(3).fill('loop'),
      );
      w.create('end', 'text');
      w.symlink('end', 'link0');
      for (let i = 1; i <= 40; i += 1) w.symlink(`link${String(i - 1)}`, `link${String(i)}`);
      expectEqual([w.textOf('link39'), w.tryOpen('link40', { follow: true })], ['text', 'loop']);
    },
    'answers EPERM for every way out of the directory': (w) => {
      w.mkdir('dir');
      w.symlink('..', 'up');
      w.symlink('../..', 'dir/up');
      w.symlink('dir/../..', 'round');
      const dir = w.openDirectory('dir');
      for (const path of [
        '/',
        '/etc/passwd',
        '..',
        '../x',
        'dir/../..',
        'dir/../../x',
        'up/x',
        'dir/up/x',
        'round/x',
      ]) {
        expectEqual(w.tryOpen(path, { follow: true, rights: 0 }), 'perm', path);
      }
      for (const path of ['..', '../dir', 'up/x'])
        expectEqual(w.tryOpen(path, { fd: dir, follow: true }), 'perm', path);
    },
    'takes . and .. and slashes where they stand': (w) => {
      w.mkdir('dir');
      w.mkdir('dir/in');
      w.create('dir/in/file', 'text');
      expectEqual(w.textOf('dir/.//in/../../dir/in/../in///./file'), 'text');
      expectEqual([w.tryOpen('dir/in/', { rights: 0 }), w.tryOpen('dir/in///', { rights: 0 })], ['success', 'success']);
      expectEqual([w.tryOpen('dir/in/file/'), w.tryOpen('dir/in/file///')], ['notdir', 'notdir']);
      expectEqual(w.tryOpen('dir/no/../in/file'), 'noent');
    },
    'answers EISDIR with O_CREAT for a path with a slash at the end': (w) =>
      expectEqual(w.tryOpen('new/', { oflags: O.creat }), 'isdir'),
    'answers EINVAL for a zero byte, EILSEQ for what is not UTF-8': (w) => {
      expectEqual([w.tryOpen('file\0'), w.tryOpen('\0')], ['inval', 'inval']);
      const path = w.path(Uint8Array.of(0x66, 0xff, 0xfe));
      w.expect('ilseq', 'path_open', ROOT, 0, ...path, O.creat, 0n, 0n, 0, AT.count);
    },
    'takes any other name': (w) => {
      const names = [
        'with space',
        'Größe',
        '世界',
        '\u{1F600}',
        '\uFEFFbom',
        '...',
        '-x',
        '*',
        'a\nb',
        'n'.repeat(255),
      ];
      for (const name of names) w.create(name, name);
      for (const name of names) expectEqual(w.textOf(name), name);
      expectEqual(w.names(ROOT).slice(2), names);
    },
    'answers ENAMETOOLONG for a name of more than 255 bytes, a path of 4096': (w) =>
      expectEqual(
        [w.tryOpen('n'.repeat(256)), w.tryOpen('ü'.repeat(128)), w.tryOpen('./'.repeat(2048))],
        Array(3).fill('nametoolong'),
      ),
  }),
];

const changes = casesOf(
  'path_rename',
  {
    'notes the change in the times of both directories': (w) => {
      w.mkdir('a');
      w.mkdir('b');
      w.create('a/file');
      const before = [w.pathStat('a').mtim, w.pathStat('b').mtim, w.pathStat('a/file').mtim];
      expectEqual(rename(w, 'a/file', 'b/file'), 'success');
      const after = [w.pathStat('a').mtim, w.pathStat('b').mtim, w.pathStat('b/file').mtim];
      expectTrue(
        (after[0] ?? 0n) > (before[0] ?? 0n) && (after[1] ?? 0n) > (before[1] ?? 0n),
        'later times of the directories',
      );
      expectEqual(after[2], before[2]);
    },
  },
  () => {
    let now = 1_000_000n;
    return { clocks: { realtime: () => (now += 1000n), monotonic: () => 0n } };
  },
);

export const directoryCases = [...listings, ...create, ...remove, ...renames, ...links, ...symlinks, ...changes];
