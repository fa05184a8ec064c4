/** The input line of a sandbox is a terminal's: its keys, its queue, its echo. */
import { pageOf } from './fixtures/built-site.ts';
import type { Sandbox } from './fixtures/sandbox.ts';
import { expect, test } from './fixtures/test.ts';

/** Pastes text into the input line, as a reader's clipboard would. */
async function paste(sandbox: Sandbox, text: string): Promise<void> {
  await sandbox.input.evaluate((input, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** What the keys do does not depend on how reads wait. */
const once = { tag: '@once' };

test.describe('the keys of a terminal', once, () => {
  test('Ctrl-D sends what stands in the line and closes stdin', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('terminal').path, 'terminal');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.typeHalf('Ada');
    await sandbox.input.press('Control+d');
    await sandbox.expectExit(0);
    await expect(sandbox.log).toContainText('Hello, Ada');
    await expect(sandbox.log).toContainText('^D');
  });

  test('Ctrl-C stops the run, and only copies while text is selected', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('terminal').path, 'terminal');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.typeHalf('Ada');
    await sandbox.input.press('Control+a');
    await sandbox.input.press('Control+c');
    await sandbox.expectWaiting();
    await sandbox.input.press('End');
    await sandbox.input.press('Control+c');
    await sandbox.expectState('stopped');
    await expect(sandbox.input).toHaveValue('Ada');
  });

  test('arrow-up recalls, and arrow-down comes back to what was being written', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('terminal').path, 'terminal');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.type('Ada');
    await sandbox.type('Grace');
    await sandbox.typeHalf('Zo');
    await sandbox.input.press('ArrowUp');
    await expect(sandbox.input).toHaveValue('Grace');
    await sandbox.input.press('ArrowUp');
    await expect(sandbox.input).toHaveValue('Ada');
    await sandbox.input.press('ArrowDown');
    await sandbox.input.press('ArrowDown');
    await expect(sandbox.input).toHaveValue('Zo');
  });

  test('a paste of many lines sends the complete ones', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('terminal').path, 'terminal');
    await sandbox.run();
    await sandbox.expectWaiting();
    await paste(sandbox, 'Ada\r\nGrace\nZo');
    await expect(sandbox.log).toContainText('Hello, Ada');
    await expect(sandbox.log).toContainText('Hello, Grace');
    await expect(sandbox.input).toHaveValue('Zo');
  });

  test('Enter that picks a word of an input method does not send', async ({ openInC }) => {
    const sandbox = await openInC(pageOf('terminal').path, 'terminal');
    await sandbox.run();
    await sandbox.expectWaiting();
    await sandbox.typeHalf('世');
    const sent = await sandbox.input.evaluate((input) =>
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, cancelable: true })),
    );
    expect(sent, 'the default, which submits the form, is prevented').toBe(false);
    await expect(sandbox.input).toHaveValue('世');
  });
});

test('what is typed ahead stands in the queue until the host reads it', async ({ page, openSandbox }) => {
  const sandbox = await openSandbox(pageOf('terminal').path, 'terminal');
  await page.route('**/*.wasm', async (route) => {
    await expect(sandbox.root.getByText('Typed, not read yet: Ada⏎')).toBeVisible();
    await route.continue();
  });
  await sandbox.run();
  await expect(sandbox.sendButton).toBeEnabled();
  await sandbox.type('Ada');
  await expect(sandbox.log).toContainText('Hello, Ada');
  await expect(sandbox.root.getByText('Typed, not read yet')).toBeHidden();
  await expect(sandbox.log).toHaveText(/^Name: Ada\s*Hello, Ada/u);
});

test('a line that no run takes stays in the field', async ({ openSandbox }) => {
  const sandbox = await openSandbox(pageOf('terminal').path, 'terminal');
  await sandbox.typeHalf('Ada');
  await sandbox.input.press('Enter');
  await expect(sandbox.input).toHaveValue('Ada');
});
