/** The site's search: what a reader types who has the bug, and the page that is offered first. */
import { expect, test } from './fixtures/test.ts';

/** What is typed, the title of the page that should come first, and why that one. */
const questions = [
  // What EOF is, and which answers of a reader a plugin takes for it.
  ['EOF', 'What a read can say'],
  // Four wirings end in this message of Go. Only there are all four.
  ['deadlock', 'Troubleshooting'],
  ['all goroutines are asleep', 'Troubleshooting'],
  // Who looks for the method wants to know what to give it.
  ['WithStdin', 'Which stream?'],
  // What a buffer says to a plugin, when it is right, and when it is not.
  ['bytes.Buffer', 'Buffers end'],
  // Texts that are pasted, each at its entry.
  ['bufio.Scanner: token too long', 'Troubleshooting'],
  ['stream did not contain valid UTF-8', 'Troubleshooting'],
  ['invalid character looking for beginning of value', 'Troubleshooting'],
  ['module closed with exit_code(0)', 'Troubleshooting'],
  ['exit_code(2)', 'Troubleshooting'],
  ['4026531839', 'Troubleshooting'],
  ['4294967295', 'Troubleshooting'],
  // Symptoms without a text.
  ['nothing is printed', 'Troubleshooting'],
  ['plugin deadlock', 'Troubleshooting'],
  ['long line', 'Messages over bytes'],
  ['large message', 'Messages over bytes'],
  ['log stderr', 'Messages over bytes'],
  ['half a character', 'What a read can say'],
  ['CRLF', 'What a read can say'],
  ['0x04', 'What a read can say'],
  ['read ahead', 'The system streams'],
  ['isatty', 'The system streams'],
  ['goroutines reactor', 'Reactors'],
  // Who has set one has seen that it wakes nobody.
  ['timeout', 'Never wait for ever'],
  // Whose host is dead pastes what is left of it.
  ['signal: broken pipe', 'Troubleshooting'],
  ['SIGPIPE', 'When stdout is a file'],
  ['stat |0: file already closed', 'Troubleshooting'],
  ['WARNING: DATA RACE', 'Troubleshooting'],
  ['output cut short', 'When stdout is a file'],
  // Readers that the library does not have, or has.
  ['Poll method', 'Streams of your own'],
  ['io.MultiReader', 'Streams of your own'],
  ['reader from a channel', 'Streams of your own'],
  // Three causes, and the text says none of them.
  ['nil pointer dereference (recovered by wazero)', 'Troubleshooting'],
  ['assignment to entry in nil map', 'Troubleshooting'],
  ['runtime closed with exit_code(0)', 'Troubleshooting'],
  // A name, or WASI asked for twice.
  ['module[rust.wasm] has already been instantiated', 'Troubleshooting'],
  ['first time only', 'Once for each request'],
  ['run plugin twice', 'Once for each request'],
  ['second run reads EOF', 'Once for each request'],
  ['HTTP server', 'Once for each request'],
  // The signal, and what is between it and the plugin.
  ['Ctrl-C does nothing', 'The system streams'],
  ['signal.NotifyContext', 'The system streams'],
  ['SetReadDeadline', 'Never wait for ever'],
  // Go's own words on a host without poll_oneoff; and those hosts.
  ['poll_oneoff failed', 'Other hosts'],
  ['wasmtime', 'Other hosts'],
  ['node:wasi', 'Other hosts'],
] as const;

test('what the search needs is loaded when somebody reaches for it, and then its field has the focus', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('reference/glossary/', { waitUntil: 'networkidle' });
  expect(asked.filter((url) => /ui-core|pagefind/u.test(url))).toEqual([]);
  await page.keyboard.press('Control+k');
  const field = page.getByRole('dialog').getByPlaceholder('Search');
  await expect(field).toBeFocused();
  await page.keyboard.type('deadlock');
  await expect(page.getByRole('dialog').getByText('results for deadlock')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Search' }).first().click();
  await expect(field).toBeFocused();
});

test('the search offers the right page first', { tag: '@any-address' }, async ({ page }) => {
  await page.goto('reference/glossary/');
  await page.getByRole('button', { name: 'Search' }).first().click();
  const dialog = page.getByRole('dialog');
  for (const [words, title] of questions) {
    await dialog.getByPlaceholder('Search').fill(words);
    // The line above the results repeats the words, so these are the results of this question and not of the last.
    const heading = dialog.getByText(`results for ${words}`).or(dialog.getByText(`1 result for ${words}`));
    await expect(heading).toBeVisible();
    await expect(dialog.getByRole('link').first(), `for “${words}”`).toHaveText(title);
  }
});
