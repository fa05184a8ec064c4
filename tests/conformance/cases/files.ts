import { AT } from '../../unit/engine-wasi-harness.ts';
import { casesOf } from '../conformance-case.ts';
import { expectEqual, expectTrue } from '../expect.ts';
import { errnoName, F, FILETYPE, O, R, ROOT, TIMES, WHENCE, type World } from '../world.ts';

const open = casesOf('path_open', {
  'answers ENOENT for what is not there': (w) =>
    expectEqual([w.tryOpen('missing'), w.tryOpen('missing/file'), w.tryOpen('')], ['noent', 'noent', 'noent']),
  'makes a file with O_CREAT': (w) => {
    const fd = w.open('new', { oflags: O.creat });
    expectEqual(w.stat(fd).size, 0n);
    expectEqual(w.stat(fd).filetype, FILETYPE.regularFile);
  },
  'opens what is there with O_CREAT, and leaves it alone': (w) => {
    w.create('file', 'text');
    expectEqual(w.readFrom(w.open('file', { oflags: O.creat }), 9), 'text');
  },
  'answers EEXIST with O_CREAT and O_EXCL for what is there': (w) => {
    w.create('file');
    w.mkdir('dir');
    w.symlink('nowhere', 'link');
    const oflags = O.creat | O.excl;
    expectEqual(
      ['file', 'dir', 'link'].map((path) => w.tryOpen(path, { oflags, follow: true })),
      ['exist', 'exist', 'exist'],
    );
    w.close(w.open('other', { oflags }));
  },
  'empties a file with O_TRUNC': (w) => {
    w.create('file', 'text');
    const fd = w.open('file', { oflags: O.trunc });
    expectEqual(w.stat(fd).size, 0n);
  },
  'opens a directory with O_DIRECTORY, or without': (w) => {
    w.mkdir('dir');
    for (const oflags of [O.directory, 0]) {
      expectEqual(w.fdstat(w.open('dir', { oflags, rights: R.fdReaddir })).filetype, FILETYPE.directory);
    }
  },
  'answers ENOTDIR with O_DIRECTORY for a file': (w) => {
    w.create('file');
    expectEqual(w.tryOpen('file', { oflags: O.directory }), 'notdir');
  },
  'answers ENOTDIR for a path through a file, and on a descriptor that is none': (w) => {
    w.create('file');
    expectEqual([w.tryOpen('file/x'), w.tryOpen('file/.'), w.tryOpen('file/..')], ['notdir', 'notdir', 'notdir']);
    expectEqual([w.tryOpen('x', { fd: w.open('file') }), w.tryOpen('x', { fd: 0 })], ['notdir', 'notdir']);
  },
  'answers EISDIR for a directory that is to be written, emptied or made': (w) => {
    w.mkdir('dir');
    expectEqual(
      [
        w.tryOpen('dir', { oflags: O.directory, rights: R.fdRead | R.fdWrite }),
        w.tryOpen('dir', { oflags: O.trunc }),
        w.tryOpen('dir', { oflags: O.creat, rights: R.fdRead }),
        w.tryOpen('.', { rights: R.fdWrite }),
      ],
      ['isdir', 'isdir', 'isdir', 'isdir'],
    );
  },
  'answers EINVAL with O_CREAT and O_DIRECTORY, and for flags that there are not': (w) => {
    expectEqual(
      [
        w.tryOpen('new', { oflags: O.creat | O.directory }),
        w.tryOpen('new', { oflags: 64 }),
        w.tryOpen('new', { fdflags: 64 }),
      ],
      ['inval', 'inval', 'inval'],
    );
    expectEqual(w.exists('new'), false);
  },
  'answers EBADF on a descriptor that is not open': (w) => expectEqual(w.tryOpen('x', { fd: 99 }), 'badf'),
  'shows the flags that it was given': (w) => {
    for (const fdflags of [0, F.append, F.nonblock, F.append | F.sync, F.dsync | F.rsync]) {
      expectEqual(w.fdstat(w.open('file', { oflags: O.creat, fdflags })).flags, fdflags);
    }
  },
  'takes the lowest number that is free': (w) => {
    w.create('file');
    const [a, b, c] = [w.open('file'), w.open('file'), w.open('file')];
    expectEqual([a, b, c], [4, 5, 6]);
    w.close(b);
    w.close(a);
    expectEqual([w.open('file'), w.open('file'), w.open('file')], [4, 5, 7]);
  },
  'gives each descriptor a position of its own': (w) => {
    w.create('file', 'abcdef');
    const [a, b] = [w.open('file'), w.open('file')];
    expectEqual([w.readFrom(a, 3), w.readFrom(b, 2), w.readFrom(a, 3)], ['abc', 'ab', 'def']);
  },
  'shows at once what another descriptor wrote': (w) => {
    const reader = w.open('file', { oflags: O.creat, rights: R.fdRead });
    const writer = w.open('file', { rights: R.fdWrite });
    w.write(writer, 'x');
    expectEqual(w.readFrom(reader, 9), 'x');
  },
  'keeps a file that was removed, for who has it open': (w) => {
    w.create('file', 'still here');
    const fd = w.open('file');
    w.expect('success', 'path_unlink_file', ROOT, ...w.path('file'));
    expectEqual([w.readFrom(fd, 99), w.exists('file'), w.stat(fd).nlink], ['still here', false, 0n]);
    w.create('file', 'another');
    expectEqual([w.pread(fd, 0n, 99), w.textOf('file')], ['still here', 'another']);
  },
  'makes nothing in a directory that was removed': (w) => {
    w.mkdir('dir');
    const fd = w.openDirectory('dir');
    w.expect('success', 'path_remove_directory', ROOT, ...w.path('dir'));
    expectEqual(w.tryOpen('new', { fd, oflags: O.creat }), 'noent');
    w.expect('noent', 'path_create_directory', fd, ...w.path('new'));
  },
});

const readAndWrite = [
  ...casesOf('fd_read', {
    'reads on from where it was, to the end, over several iovecs': (w) => {
      w.create('file', 'abcdefgh');
      const fd = w.open('file');
      expectEqual([w.readFrom(fd, 2, 3), w.readFrom(fd, 9, 9), w.readFrom(fd, 9)], ['abcde', 'fgh', '']);
    },
    'answers EISDIR for a directory': (w) => expectEqual(w.tryReadFrom(ROOT, 9), 'isdir'),
    'is EOF beyond the end': (w) => {
      w.create('file', 'abc');
      const fd = w.open('file');
      w.seek(fd, 100n, WHENCE.set);
      expectEqual(w.readFrom(fd, 9), '');
    },
  }),
  ...casesOf('fd_write', {
    'writes on from where it was': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      w.write(fd, 'abc');
      w.write(fd, 'def');
      w.seek(fd, 1n, WHENCE.set);
      w.write(fd, 'XY');
      expectEqual(w.textOf('file'), 'aXYdef');
    },
    'fills a gap with zeros': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      w.seek(fd, 3n, WHENCE.set);
      w.write(fd, 'x');
      expectEqual(w.textOf('file'), '\0\0\0x');
    },
    'goes to the end with the append flag, and moves there': (w) => {
      w.create('file', 'abc');
      const fd = w.open('file', { fdflags: F.append });
      w.seek(fd, 0n, WHENCE.set);
      w.write(fd, 'def');
      expectEqual(w.seek(fd, 0n, WHENCE.cur), 6n);
      w.expect('success', 'fd_fdstat_set_flags', fd, 0);
      w.seek(fd, 0n, WHENCE.set);
      w.write(fd, 'XX');
      expectEqual(w.textOf('file'), 'XXcdef');
    },
    'answers EBADF for a directory': (w) => expectEqual(w.tryWrite(ROOT, 'x'), 'badf'),
    'answers EFBIG beyond the largest file, and ENOSPC or EFBIG where no memory is': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      w.expect('success', 'fd_seek', fd, 2n ** 53n - 1n, WHENCE.set, AT.data);
      expectEqual(w.tryWrite(fd, 'xx'), 'fbig');
      w.expect('success', 'fd_seek', fd, 2n ** 50n, WHENCE.set, AT.data);
      const errno = w.tryWrite(fd, 'xx');
      expectTrue(errno === 'nospc' || errno === 'fbig', `ENOSPC, found ${errno}`);
      expectEqual(w.stat(fd).size, 0n);
    },
    'writes 8 MB in small pieces in well under a second': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      const piece = new Uint8Array(4096).fill(7);
      const start = performance.now();
      for (let i = 0; i < 2048; i += 1) w.write(fd, piece);
      expectTrue(performance.now() - start < 1000, 'growth to be paid once');
      expectEqual(w.stat(fd).size, 8_388_608n);
    },
  }),
  ...casesOf('fd_pread', {
    'reads at an offset, and does not move': (w) => {
      w.create('file', 'abcdef');
      const fd = w.open('file');
      expectEqual(
        [w.pread(fd, 2n, 1, 2), w.pread(fd, 5n, 9), w.pread(fd, 6n, 9), w.readFrom(fd, 9)],
        ['cde', 'f', '', 'abcdef'],
      );
    },
    'answers EISDIR for a directory, EBADF for what is not open, EINVAL for a negative offset': (w) => {
      w.create('file');
      expectEqual(
        [w.tryPread(ROOT, 0n, 9), w.tryPread(77, 0n, 9), w.tryPread(w.open('file'), -1n, 9)],
        ['isdir', 'badf', 'inval'],
      );
    },
  }),
  ...casesOf('fd_pwrite', {
    'writes at an offset, and does not move': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      w.pwrite(fd, 'xy', 4n);
      w.write(fd, 'ab');
      expectEqual(w.textOf('file'), 'ab\0\0xy');
    },
    'goes to the end with the append flag, as on Linux, and does not move': (w) => {
      w.create('file', 'abcd');
      const fd = w.open('file', { fdflags: F.append });
      w.pwrite(fd, 'xyz', 0n);
      expectEqual([w.textOf('file'), w.seek(fd, 0n, WHENCE.cur)], ['abcdxyz', 0n]);
    },
    'writes a file of 32 MB from its end to its start in well under a second': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      const start = performance.now();
      for (let mega = 31; mega >= 0; mega -= 1) w.pwrite(fd, 'mega', BigInt(mega) * 1_048_576n);
      expectTrue(performance.now() - start < 1000, 'memory to be taken once');
      expectEqual([w.pread(fd, 31n * 1_048_576n, 9), w.pread(fd, 1_048_576n, 5)], ['mega', 'mega\0']);
    },
    'answers EBADF for a directory, EINVAL for a negative offset': (w) =>
      expectEqual(
        [w.tryPwrite(ROOT, 'x', 0n), w.tryPwrite(w.open('file', { oflags: O.creat }), 'x', -5n)],
        ['badf', 'inval'],
      ),
  }),
  ...casesOf('fd_seek', {
    'moves from the start, from here and from the end, also beyond it': (w) => {
      w.create('file', 'abcdef');
      const fd = w.open('file');
      expectEqual(
        [
          w.seek(fd, 4n, WHENCE.set),
          w.seek(fd, -1n, WHENCE.cur),
          w.seek(fd, -2n, WHENCE.end),
          w.seek(fd, 10n, WHENCE.end),
        ],
        [4n, 3n, 4n, 16n],
      );
      expectEqual(w.stat(fd).size, 6n);
    },
    'answers EINVAL before the start and for a whence that there is not, and stays where it was': (w) => {
      w.create('file', 'abcdef');
      const fd = w.open('file');
      w.seek(fd, 2n, WHENCE.set);
      w.view.setBigUint64(AT.data, 77n, true);
      w.expect('inval', 'fd_seek', fd, -3n, WHENCE.cur, AT.data);
      w.expect('inval', 'fd_seek', fd, 0n, 3, AT.data);
      expectEqual(w.view.getBigUint64(AT.data, true), 77n, 'the result of a call that failed');
      expectEqual(w.readFrom(fd, 9), 'cdef');
    },
    'answers EBADF for a directory': (w) => w.expect('badf', 'fd_seek', ROOT, 0n, WHENCE.cur, AT.data),
  }),
  ...casesOf('fd_tell', {
    'tells the position': (w) => {
      w.create('file', 'abcdef');
      const fd = w.open('file');
      w.readFrom(fd, 4);
      w.expect('success', 'fd_tell', fd, AT.data);
      expectEqual(w.view.getBigUint64(AT.data, true), 4n);
    },
    'answers EBADF for a directory and for what is not open': (w) => {
      w.expect('badf', 'fd_tell', ROOT, AT.data);
      w.expect('badf', 'fd_tell', 99, AT.data);
    },
  }),
];

const sizes = [
  ...casesOf('fd_filestat_set_size', {
    'appends zeros, and cuts off': (w) => {
      w.create('file', 'abcdef');
      const fd = w.open('file');
      w.expect('success', 'fd_filestat_set_size', fd, 3n);
      expectEqual(w.textOf('file'), 'abc');
      w.expect('success', 'fd_filestat_set_size', fd, 6n);
      expectEqual(w.textOf('file'), 'abc\0\0\0');
    },
    'does not move the position': (w) => {
      w.create('file', 'abcdef');
      const fd = w.open('file');
      w.readFrom(fd, 4);
      w.expect('success', 'fd_filestat_set_size', fd, 1n);
      w.write(fd, 'x');
      expectEqual(w.textOf('file'), 'a\0\0\0x');
    },
    'makes a file of 1 TB that takes no memory': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      w.expect('success', 'fd_filestat_set_size', fd, 2n ** 40n);
      expectEqual([w.stat(fd).size, w.pread(fd, 2n ** 39n, 3)], [2n ** 40n, '\0\0\0']);
    },
    'answers EFBIG beyond the largest file, EINVAL for a directory, EBADF for what is not open': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      w.expect('fbig', 'fd_filestat_set_size', fd, -1n);
      w.expect('inval', 'fd_filestat_set_size', ROOT, 0n);
      w.expect('badf', 'fd_filestat_set_size', 99, 0n);
    },
  }),
  ...casesOf('fd_allocate', {
    'makes a file as long as asked for, never shorter': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      w.expect('success', 'fd_allocate', fd, 0n, 100n);
      expectEqual(w.stat(fd).size, 100n);
      w.expect('success', 'fd_allocate', fd, 10n, 10n);
      expectEqual(w.stat(fd).size, 100n);
      w.expect('success', 'fd_allocate', fd, 90n, 20n);
      expectEqual(w.stat(fd).size, 110n);
    },
    'keeps the contents': (w) => {
      w.create('file', 'abc');
      w.expect('success', 'fd_allocate', w.open('file'), 0n, 5n);
      expectEqual(w.textOf('file'), 'abc\0\0');
    },
    'answers EINVAL for no length, EFBIG for too much, EBADF for a directory': (w) => {
      const fd = w.open('file', { oflags: O.creat });
      w.expect('inval', 'fd_allocate', fd, 0n, 0n);
      w.expect('fbig', 'fd_allocate', fd, -1n, 10n);
      w.expect('badf', 'fd_allocate', ROOT, 0n, 1n);
    },
  }),
];

const HOUR = 3_600_000_000_000n;

const stats = [
  ...casesOf('fd_filestat_get', {
    'shows type, size, links, an inode of its own, and times of now': (w) => {
      w.create('a', 'hello');
      w.create('b');
      const [a, b] = [w.stat(w.open('a')), w.stat(w.open('b'))];
      expectEqual([a.filetype, a.size, a.nlink, a.dev], [FILETYPE.regularFile, 5n, 1n, b.dev]);
      expectTrue(a.ino !== b.ino, 'different inodes');
      const now = BigInt(Date.now()) * 1_000_000n;
      for (const time of [a.atim, a.mtim, a.ctim]) expectTrue(now - time < HOUR && now - time > -HOUR, 'a time of now');
    },
    'shows a directory with a link for its name, for itself and for each directory in it': (w) => {
      w.mkdir('dir');
      w.mkdir('dir/one');
      w.create('dir/file');
      const stat = w.stat(w.openDirectory('dir'));
      expectEqual([stat.filetype, stat.nlink], [FILETYPE.directory, 3n]);
    },
    'answers EBADF for what is not open': (w) => w.expect('badf', 'fd_filestat_get', 99, AT.data),
  }),
  ...casesOf('path_filestat_get', {
    'shows the same as of the open file': (w) => {
      w.create('file', 'hello');
      expectEqual(w.pathStat('file'), w.stat(w.open('file')));
    },
    'shows a symbolic link, or with the flag what it leads to': (w) => {
      w.create('file', 'hello');
      w.symlink('file', 'link');
      expectEqual(
        [w.pathStat('link').filetype, w.pathStat('link').size, w.pathStat('link', { follow: true }).filetype],
        [FILETYPE.symbolicLink, 4n, FILETYPE.regularFile],
      );
    },
    'answers ENOENT for what is not there, and for a link to it': (w) => {
      w.symlink('missing', 'link');
      w.expect('noent', 'path_filestat_get', ROOT, 0, ...w.path('missing'), AT.data);
      w.expect('noent', 'path_filestat_get', ROOT, 1, ...w.path('link'), AT.data);
    },
  }),
  ...casesOf(
    'fd_write',
    {
      'moves the time of change on, and reading that of access': (w) => {
        w.create('file', 'abc');
        const fd = w.open('file');
        const before = w.stat(fd);
        w.write(fd, 'x');
        const written = w.stat(fd);
        expectTrue(written.mtim > before.mtim && written.ctim > before.ctim, 'a later mtim and ctim');
        w.pread(fd, 0n, 1);
        const read = w.stat(fd);
        expectTrue(read.atim > written.atim && read.mtim === written.mtim, 'a later atim only');
      },
    },
    () => {
      let now = 1_000_000n;
      return { clocks: { realtime: () => (now += 1000n), monotonic: () => 0n } };
    },
  ),
];

function timesOf(w: World, path: string): [bigint, bigint] {
  const { atim, mtim } = w.pathStat(path);
  return [atim, mtim];
}

const times = [
  ...casesOf('fd_filestat_set_times', {
    'sets one time and leaves the other': (w) => {
      w.create('file');
      const fd = w.open('file');
      const [atim] = timesOf(w, 'file');
      w.expect('success', 'fd_filestat_set_times', fd, 11n, 22n, TIMES.mtim);
      expectEqual(timesOf(w, 'file'), [atim, 22n]);
      w.expect('success', 'fd_filestat_set_times', fd, 33n, 44n, TIMES.atim);
      expectEqual(timesOf(w, 'file'), [33n, 22n]);
    },
    'sets a time to now': (w) => {
      w.create('file');
      const fd = w.open('file');
      w.expect('success', 'fd_filestat_set_times', fd, 1n, 1n, TIMES.atim | TIMES.mtim);
      w.expect('success', 'fd_filestat_set_times', fd, 0n, 0n, TIMES.mtimNow);
      const [atim, mtim] = timesOf(w, 'file');
      expectTrue(atim === 1n && BigInt(Date.now()) * 1_000_000n - mtim < HOUR, 'mtim of now, atim as it was');
    },
    'answers EINVAL for a time that is given and now, and changes nothing': (w) => {
      w.create('file');
      const fd = w.open('file');
      const before = timesOf(w, 'file');
      w.expect('inval', 'fd_filestat_set_times', fd, 1n, 2n, TIMES.mtim | TIMES.mtimNow);
      w.expect('inval', 'fd_filestat_set_times', fd, 1n, 2n, TIMES.atim | TIMES.atimNow);
      w.expect('inval', 'fd_filestat_set_times', fd, 1n, 2n, 64);
      expectEqual(timesOf(w, 'file'), before);
    },
    'sets the times of a directory': (w) => {
      w.expect('success', 'fd_filestat_set_times', ROOT, 5n, 6n, TIMES.atim | TIMES.mtim);
      expectEqual(timesOf(w, '.'), [5n, 6n]);
    },
    'answers EBADF for what is not open': (w) => w.expect('badf', 'fd_filestat_set_times', 99, 1n, 2n, 0),
  }),
  ...casesOf('path_filestat_set_times', {
    'sets the times of a link itself, or with the flag of what it leads to': (w) => {
      w.create('file');
      w.symlink('file', 'link');
      w.expect('success', 'path_filestat_set_times', ROOT, 0, ...w.path('link'), 1n, 2n, TIMES.atim | TIMES.mtim);
      expectEqual(timesOf(w, 'link'), [1n, 2n]);
      w.expect('success', 'path_filestat_set_times', ROOT, 1, ...w.path('link'), 3n, 4n, TIMES.atim | TIMES.mtim);
      expectEqual(
        [timesOf(w, 'link'), timesOf(w, 'file')],
        [
          [1n, 2n],
          [3n, 4n],
        ],
      );
    },
    'answers EINVAL for a time that is given and now': (w) => {
      w.create('file');
      w.expect('inval', 'path_filestat_set_times', ROOT, 0, ...w.path('file'), 1n, 2n, TIMES.atim | TIMES.atimNow);
      w.expect('inval', 'path_filestat_set_times', ROOT, 0, ...w.path('file'), 1n, 2n, TIMES.mtim | TIMES.mtimNow);
    },
    'answers ENOENT for what is not there': (w) =>
      w.expect('noent', 'path_filestat_set_times', ROOT, 0, ...w.path('missing'), 1n, 2n, TIMES.mtim),
  }),
];

const descriptors = [
  ...casesOf('fd_close', {
    'answers EBADF for what is not open, also the second time': (w) => {
      w.create('file');
      const fd = w.open('file');
      w.close(fd);
      w.expect('badf', 'fd_close', fd);
      w.expect('badf', 'fd_close', 1234);
      w.expect('badf', 'fd_close', -1);
    },
    'closes a preopened directory': (w) => {
      const fd = w.openDirectory('.');
      w.close(ROOT);
      w.expect('badf', 'fd_prestat_get', ROOT, AT.data);
      expectEqual(w.tryOpen('new', { fd, oflags: O.creat }), 'success');
    },
  }),
  ...casesOf('fd_renumber', {
    'moves a descriptor over another, which it closes; its old number is free': (w) => {
      w.create('a', 'in a');
      w.create('b', 'in b');
      const [a, b] = [w.open('a'), w.open('b')];
      w.readFrom(a, 3);
      w.expect('success', 'fd_renumber', a, b);
      expectEqual(w.readFrom(b, 9), 'a');
      w.expect('badf', 'fd_close', a);
      expectEqual(w.open('a'), a);
    },
    'moves over a standard stream': (w) => {
      w.create('file', 'from the file');
      const fd = w.open('file');
      w.expect('success', 'fd_renumber', fd, 0);
      expectEqual(w.readFrom(0, 99), 'from the file');
    },
    'moves a directory over the preopened one': (w) => {
      w.mkdir('dir');
      const fd = w.openDirectory('dir');
      const { ino } = w.stat(fd);
      w.expect('success', 'fd_renumber', fd, ROOT);
      expectEqual(w.stat(ROOT).ino, ino);
    },
    'does nothing with the same number twice': (w) => {
      w.create('file', 'text');
      const fd = w.open('file');
      w.expect('success', 'fd_renumber', fd, fd);
      expectEqual(w.readFrom(fd, 9), 'text');
    },
    'answers EBADF if one of them is not open': (w) => {
      w.create('file');
      const fd = w.open('file');
      w.expect('badf', 'fd_renumber', fd, 99);
      w.expect('badf', 'fd_renumber', 99, fd);
      w.close(fd);
    },
  }),
  ...casesOf('fd_fdstat_set_flags', {
    'sets the append flag of an open file': (w) => {
      w.create('file', 'abc');
      const fd = w.open('file');
      w.expect('success', 'fd_fdstat_set_flags', fd, F.append);
      w.write(fd, 'def');
      expectEqual([w.textOf('file'), w.fdstat(fd).flags], ['abcdef', F.append]);
    },
  }),
  ...['fd_sync', 'fd_datasync'].flatMap((name) =>
    casesOf(name, {
      'succeeds on a file and on a directory': (w) => {
        w.expect('success', name, w.open('file', { oflags: O.creat }));
        w.expect('success', name, ROOT);
      },
      'answers EBADF for what is not open': (w) => w.expect('badf', name, 99),
    }),
  ),
  ...casesOf('fd_advise', {
    'takes every advice, and changes nothing': (w) => {
      w.create('file', 'text');
      const fd = w.open('file');
      for (let advice = 0; advice <= 5; advice += 1) w.expect('success', 'fd_advise', fd, 0n, 100n, advice);
      expectEqual(w.stat(fd).size, 4n);
    },
    'answers EINVAL for an advice that there is not, EBADF for a directory': (w) => {
      w.create('file');
      w.expect('inval', 'fd_advise', w.open('file'), 0n, 0n, 6);
      w.expect('badf', 'fd_advise', ROOT, 0n, 0n, 0);
      w.expect('badf', 'fd_advise', 99, 0n, 0n, 0);
    },
  }),
  ...casesOf('fd_prestat_get', {
    'shows the preopened directory': (w) => {
      w.expect('success', 'fd_prestat_get', ROOT, AT.data);
      expectEqual([w.view.getUint8(AT.data), w.view.getUint32(AT.data + 4, true)], [0, 1]);
    },
    'answers EBADF for every other descriptor': (w) => {
      const fd = w.openDirectory('.');
      for (const other of [0, 1, 2, fd, 99]) w.expect('badf', 'fd_prestat_get', other, AT.data);
    },
  }),
  ...casesOf('fd_prestat_dir_name', {
    'gives the name, also into a larger buffer': (w) => {
      for (const size of [1, 2]) {
        w.view.setUint16(AT.data, 0, true);
        w.expect('success', 'fd_prestat_dir_name', ROOT, AT.data, size);
        expectEqual(w.view.getUint8(AT.data), '/'.charCodeAt(0));
      }
    },
    'answers ENAMETOOLONG for a buffer that is too small': (w) =>
      w.expect('nametoolong', 'fd_prestat_dir_name', ROOT, AT.data, 0),
    'answers EBADF for every other descriptor': (w) => {
      for (const other of [0, 99]) w.expect('badf', 'fd_prestat_dir_name', other, AT.data, 9);
    },
  }),
];

const given = casesOf(
  'fd_pwrite',
  {
    'changes a file that was given, not the bytes it was given as': (w) => {
      const fd = w.open('dir/given');
      w.pwrite(fd, 'J', 0n);
      expectEqual(w.textOf('dir/given'), 'Jello');
      expectEqual(errnoName(w.call('fd_filestat_set_size', fd, 2n)), 'success');
      w.pwrite(fd, 'y', 6n);
      expectEqual([w.textOf('dir/given'), new TextDecoder().decode(GIVEN)], ['Je\0\0\0\0y', 'hello']);
    },
  },
  () => ({ files: { 'dir/given': GIVEN } }),
);
const GIVEN = new TextEncoder().encode('hello');

export const fileCases = [...open, ...readAndWrite, ...sizes, ...stats, ...times, ...descriptors, ...given];
