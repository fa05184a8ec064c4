/** What an editor shows of a program and keeps of it: the example, what a link brought, and a reader's edits. */

const when = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

export const words = {
  /** What a reader chooses from where there are several. */
  shown: 'Shown',
  shownOf: { host: 'Host shown', plugin: 'Plugin shown' },
  versions: {
    example: 'The example',
    link: 'What the link brought',
    kept: (at: Date): string => `Your edits, kept ${when.format(at)}`,
    keptLongAgo: 'Your edits from before',
    unreadable: 'Edits that this page can’t read',
  },
  cameWithLink: 'These files came with the link. Nothing was run: read them first, then press Run.',
  fromBefore: 'These are your edits from before. Reset shows the example.',
  exampleChanged: 'The example has changed since they were made.',
  othersKept: 'There are edits of your own besides, and they are kept: choose above which are shown.',
  unreadableKept: 'There are edits too that this page can’t read; they are kept.',
  keptBeside: 'Another tab wrote edits of this example meanwhile. Both are kept: choose above which are shown.',
  otherTab:
    'Another tab edits this example too. What you type here is kept beside it: choose above which edits are shown.',
  unreadable: 'This page can’t read these edits. They stay where they are.',
  downloadUnreadable: 'Download them as they are',
  showExampleChanges: 'Show what changed in the example',
  notKept:
    'This browser does not keep your edits: its storage is full or turned off. They stay until you leave this page; Download keeps them.',
};
