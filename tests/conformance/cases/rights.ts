import { DIRECTORY_RIGHTS } from '../../../src/engine/memory/memory-rights.ts';
import { AT } from '../../unit/engine-wasi-harness.ts';
import { casesOf, type ConformanceCase } from '../conformance-case.ts';
import { expectEqual, expectTrue } from '../expect.ts';
import { F, O, R, ROOT, TIMES, WHENCE, type World } from '../world.ts';

const ALL_FILE =
  R.fdDatasync |
  R.fdRead |
  R.fdSeek |
  R.fdFdstatSetFlags |
  R.fdSync |
  R.fdTell |
  R.fdWrite |
  R.fdAdvise |
  R.fdAllocate |
  R.fdFilestatGet |
  R.fdFilestatSetSize |
  R.fdFilestatSetTimes |
  R.pollFdReadwrite;

/** A call on an open file that needs a right, with the errno that it answers without. */
const FILE_CALLS: readonly [
  of: string,
  right: number,
  errno: 'badf' | 'notcapable',
  args: (fd: number) => (number | bigint)[],
][] = [
  ['fd_read', R.fdRead, 'badf', (fd) => [fd, AT.iovs, 1, AT.count]],
  ['fd_write', R.fdWrite, 'badf', (fd) => [fd, AT.iovs, 1, AT.count]],
  ['fd_pread', R.fdRead, 'badf', (fd) => [fd, AT.iovs, 1, 0n, AT.count]],
  ['fd_pwrite', R.fdWrite, 'badf', (fd) => [fd, AT.iovs, 1, 0n, AT.count]],
  ['fd_pread', R.fdSeek, 'notcapable', (fd) => [fd, AT.iovs, 1, 0n, AT.count]],
  ['fd_pwrite', R.fdSeek, 'notcapable', (fd) => [fd, AT.iovs, 1, 0n, AT.count]],
  ['fd_seek', R.fdSeek, 'notcapable', (fd) => [fd, 1n, WHENCE.cur, AT.data]],
  ['fd_tell', R.fdTell | R.fdSeek, 'notcapable', (fd) => [fd, AT.data]],
  ['fd_sync', R.fdSync, 'notcapable', (fd) => [fd]],
  ['fd_datasync', R.fdDatasync | R.fdSync, 'notcapable', (fd) => [fd]],
  ['fd_advise', R.fdAdvise, 'notcapable', (fd) => [fd, 0n, 0n, 0]],
  ['fd_allocate', R.fdAllocate, 'notcapable', (fd) => [fd, 0n, 1n]],
  ['fd_fdstat_set_flags', R.fdFdstatSetFlags, 'notcapable', (fd) => [fd, F.append]],
  ['fd_filestat_get', R.fdFilestatGet, 'notcapable', (fd) => [fd, AT.data]],
  ['fd_filestat_set_size', R.fdFilestatSetSize, 'notcapable', (fd) => [fd, 1n]],
  ['fd_filestat_set_times', R.fdFilestatSetTimes, 'notcapable', (fd) => [fd, 0n, 0n, TIMES.mtimNow]],
];

const fileRights = FILE_CALLS.flatMap(([of, right, errno, args]) =>
  casesOf(of, {
    [`needs the right of bit ${String(31 - Math.clz32(right))}, without which it answers ${errno}`]: (w) => {
      w.create('file', 'text');
      w.iovecs(1);
      w.expect('success', of, ...args(w.open('file', { rights: ALL_FILE })));
      w.expect(errno, of, ...args(w.open('file', { rights: ALL_FILE & ~right })));
    },
  }),
);

/** Calls on a directory that need a right. */
const DIRECTORY_CALLS: readonly [of: string, right: number, args: (w: World, fd: number) => (number | bigint)[]][] = [
  ['fd_readdir', R.fdReaddir, (_, fd) => [fd, AT.data, 100, 0n, AT.count]],
  ['fd_filestat_get', R.fdFilestatGet, (_, fd) => [fd, AT.data]],
  ['fd_filestat_set_times', R.fdFilestatSetTimes, (_, fd) => [fd, 0n, 0n, TIMES.mtimNow]],
  ['fd_sync', R.fdSync, (_, fd) => [fd]],
  ['path_open', R.pathOpen, (w, fd) => [fd, 0, ...w.path('file'), 0, 0n, 0n, 0, AT.count]],
  ['path_open', R.pathCreateFile, (w, fd) => [fd, 0, ...w.path('new'), O.creat, 0n, 0n, 0, AT.count]],
  ['path_create_directory', R.pathCreateDirectory, (w, fd) => [fd, ...w.path('new')]],
  ['path_remove_directory', R.pathRemoveDirectory, (w, fd) => [fd, ...w.path('dir')]],
  ['path_unlink_file', R.pathUnlinkFile, (w, fd) => [fd, ...w.path('file')]],
  ['path_symlink', R.pathSymlink, (w, fd) => [...w.path('target'), fd, ...w.newPath('new')]],
  ['path_readlink', R.pathReadlink, (w, fd) => [fd, ...w.path('link'), AT.data, 100, AT.count]],
  ['path_filestat_get', R.pathFilestatGet, (w, fd) => [fd, 0, ...w.path('file'), AT.data]],
  ['path_filestat_set_times', R.pathFilestatSetTimes, (w, fd) => [fd, 0, ...w.path('file'), 0n, 0n, TIMES.mtimNow]],
  ['path_link', R.pathLinkSource, (w, fd) => [fd, 0, ...w.path('file'), ROOT, ...w.newPath('new')]],
  ['path_link', R.pathLinkTarget, (w, fd) => [ROOT, 0, ...w.path('dir/../file'), fd, ...w.newPath('new')]],
  ['path_rename', R.pathRenameSource, (w, fd) => [fd, ...w.path('file'), ROOT, ...w.newPath('new')]],
  ['path_rename', R.pathRenameTarget, (w, fd) => [ROOT, ...w.path('file'), fd, ...w.newPath('new')]],
];

const directoryRights = DIRECTORY_CALLS.flatMap(([of, right, args]) =>
  casesOf(of, {
    [`needs the right of bit ${String(31 - Math.clz32(right))} of the directory, without which it answers notcapable`]:
      (w) => {
        w.create('file');
        w.mkdir('dir');
        w.symlink('file', 'link');
        const fd = w.openDirectory('.', { rights: DIRECTORY_RIGHTS & ~right });
        w.expect('notcapable', of, ...args(w, fd));
        w.expect('success', of, ...args(w, w.openDirectory('.')));
      },
  }),
);

const others: ConformanceCase[] = [
  ...casesOf('path_open', {
    'gives the rights that were asked for, as far as they mean something': (w) => {
      w.create('file');
      w.mkdir('dir');
      const file = w.fdstat(
        w.open('file', { rights: R.fdRead | R.pathOpen | R.fdReaddir, inheriting: R.fdRead | R.pathOpen }),
      );
      expectEqual([file.rights, file.inheriting], [R.fdRead, R.fdRead]);
      const dir = w.fdstat(
        w.open('dir', { rights: R.fdRead | R.fdSeek | R.pathOpen, inheriting: R.fdRead | R.pathOpen }),
      );
      expectEqual([dir.rights, dir.inheriting], [R.pathOpen, R.fdRead | R.pathOpen]);
    },
    'answers ENOTCAPABLE for rights that the directory does not hand on': (w) => {
      w.create('file');
      const fd = w.openDirectory('.', { inheriting: R.fdRead });
      expectEqual(
        [
          w.tryOpen('file', { fd, rights: R.fdRead }),
          w.tryOpen('file', { fd, rights: R.fdRead | R.fdWrite }),
          w.tryOpen('file', { fd, rights: 0, inheriting: R.fdWrite }),
          w.tryOpen('file', { fd, rights: 0, fdflags: F.sync }),
          w.tryOpen('file', { fd, rights: 0, fdflags: F.dsync }),
        ],
        ['success', 'notcapable', 'notcapable', 'notcapable', 'notcapable'],
      );
    },
    'answers EPERM with O_TRUNC where sizes may not be set': (w) => {
      w.create('file', 'text');
      const fd = w.openDirectory('.', { rights: DIRECTORY_RIGHTS & ~R.pathFilestatSetSize });
      expectEqual([w.tryOpen('file', { fd, oflags: O.trunc, rights: 0 }), w.textOf('file')], ['perm', 'text']);
    },
    'ignores bits that are no rights, as Go asks for them': (w) => {
      w.create('file');
      w.expect('success', 'path_open', ROOT, 0, ...w.path('file'), 0, 0xffff_ffffn, 0xffff_ffffn, 0, AT.count);
    },
    'opens the directory itself with its own rights, with none, and to read': (w) => {
      const { rights, inheriting } = w.fdstat(ROOT);
      for (const wanted of [rights, 0, R.fdRead]) {
        w.close(w.open('.', { oflags: O.directory, rights: wanted, inheriting }));
        w.close(w.open('.', { rights: wanted, inheriting }));
      }
    },
  }),
  ...casesOf('fd_fdstat_get', {
    'shows a preopened directory with all rights that mean something on it, and hands on all': (w) => {
      const { rights, inheriting, flags } = w.fdstat(ROOT);
      expectEqual([rights & (R.fdRead | R.fdWrite | R.fdSeek | R.fdFilestatSetSize), flags], [0, 0]);
      for (const [name, right] of Object.entries(R)) {
        expectTrue((inheriting & right) !== 0, `${name} to be handed on`);
        if (name.startsWith('path')) expectTrue((rights & right) !== 0, `${name} on the directory`);
      }
    },
  }),
  ...casesOf('fd_fdstat_set_rights', {
    'drops rights, for good': (w) => {
      w.create('file', 'text');
      const fd = w.open('file', { rights: R.fdRead | R.fdWrite | R.fdSeek, inheriting: R.fdRead });
      w.expect('success', 'fd_fdstat_set_rights', fd, BigInt(R.fdSeek), 0n);
      expectEqual([w.fdstat(fd).rights, w.fdstat(fd).inheriting], [R.fdSeek, 0]);
      expectEqual([w.tryReadFrom(fd, 9), w.tryWrite(fd, 'x')], ['badf', 'badf']);
      w.expect('notcapable', 'fd_fdstat_set_rights', fd, BigInt(R.fdSeek | R.fdRead), 0n);
      w.expect('notcapable', 'fd_fdstat_set_rights', fd, BigInt(R.fdSeek), BigInt(R.fdRead));
      w.expect('notcapable', 'fd_fdstat_set_rights', fd, 1n << 60n, 0n);
    },
    'drops what a directory hands on': (w) => {
      w.create('file');
      const { rights, inheriting } = w.fdstat(ROOT);
      w.expect('success', 'fd_fdstat_set_rights', ROOT, BigInt(rights), BigInt(inheriting & ~R.fdWrite));
      expectEqual(
        [w.tryOpen('file', { rights: R.fdWrite }), w.tryOpen('file', { rights: R.fdRead })],
        ['notcapable', 'success'],
      );
    },
    'takes stdin away': (w) => {
      w.type('x');
      w.expect('success', 'fd_fdstat_set_rights', 0, 0n, 0n);
      expectEqual(w.tryReadFrom(0, 1), 'badf');
    },
    'answers EBADF for what is not open': (w) => w.expect('badf', 'fd_fdstat_set_rights', 99, 0n, 0n),
  }),
  ...casesOf('fd_seek', {
    'needs the right to tell only, where it does not move': (w) => {
      w.create('file');
      w.expect('success', 'fd_seek', w.open('file', { rights: R.fdTell }), 0n, WHENCE.cur, AT.data);
    },
  }),
];

export const rightsCases = [...fileRights, ...directoryRights, ...others];
