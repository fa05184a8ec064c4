/** What stands around the content of a page where it is plain text, and what is said of a transcript in both. */
export const words = {
  /** The condition of a transcript's variant, and what happens then. */
  variants: { 'cgo hangs': 'Linux with a C compiler: hangs, without a word.' },
  session: (example: string, title: string, summary: string) =>
    `Example ${example}: ${title}. ${summary} Recorded session:`,
  challenge: (title: string, goal: string) => `Challenge in “${title}”: ${goal}`,
  prediction: (question: string) => `Place your bet: ${question}`,
  /** In place of a table. */
  onThePage: '(Here the page has a table.)',
  /** The two marks, by state. */
  states: { waiting: 'waiting', ended: 'ended' },

  /** llms.txt */
  site: {
    about:
      'How a WebAssembly plugin’s stdin, stdout and stderr behave under wazero: when a read waits, when it says EOF, and why.',
    pages: 'Each page is here as plain text, with the recorded sessions and the sources of its examples.',
    heading: 'Pages',
    noDescription: 'No description.',
  },
} as const;
