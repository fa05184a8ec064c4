import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Session } from '../../scripts/compare-session.ts';
import {
  differencesFrom,
  faultsOf,
  tablesOf,
  type Explanation,
  type Observed,
  type World,
} from '../../scripts/compare-table.ts';

function observed(world: World, observations: Readonly<Record<string, string>>): Observed {
  return { stdin: 'pipe', program: 'poll', world, observations: new Map(Object.entries(observations)) };
}

function explanation(title: string, observation: string, worlds: string): Explanation {
  return { title, why: 'It is so.', cells: { pipe: { poll: { [observation]: worlds } } } };
}

describe('a table', () => {
  const tables = tablesOf([
    observed('engine', { first: '1', second: '3' }),
    observed('linux', { first: '1', second: '2', third: '3' }),
  ]);

  it('has a row for each observation, in the order of Linux', () =>
    assert.deepEqual(tables, [
      {
        stdin: 'pipe',
        rows: [
          { program: 'poll', observation: 'first', values: { linux: '1', engine: '1' } },
          { program: 'poll', observation: 'second', values: { linux: '2', engine: '3' } },
          { program: 'poll', observation: 'third', values: { linux: '3', engine: '–' } },
        ],
      },
    ]));

  it('names the cell that is not as recorded', () => {
    const found = tablesOf([observed('engine', { first: '1', second: '2' })]);
    assert.deepEqual(differencesFrom(tables, found, 'engine'), [
      'poll, “second”, stdin pipe, engine: expected 3, found 2',
    ]);
  });

  it('names what was not found, and what is new', () => {
    const found = tablesOf([observed('linux', { first: '1', second: '2', fourth: '4' })]);
    assert.deepEqual(differencesFrom(tables, found, 'linux'), [
      'poll, “third”, stdin pipe, linux: expected 3, found –',
      'poll, “fourth”, stdin pipe, linux: expected –, found 4',
    ]);
  });

  it('asks for one explanation of each difference', () => {
    const [one, other] = [explanation('one', 'second', 'engine'), explanation('other', 'second', 'engine')];
    assert.deepEqual(faultsOf(tables, [one, explanation('three', 'third', 'engine')]), []);
    assert.deepEqual(faultsOf(tables, [one]), [
      'poll, “third”, stdin pipe, engine: expected an explanation of the difference from Linux, found none',
    ]);
    assert.deepEqual(faultsOf(tables, [one, other, explanation('three', 'third', 'engine')]), [
      'poll, “second”, stdin pipe, engine: expected one explanation, found “one” and “other”',
    ]);
  });

  it('refuses an explanation of no difference, and of no cell', () => {
    const explanations = [
      explanation('two', 'second', 'engine'),
      explanation('three', 'third', 'engine'),
      explanation('equal', 'first', 'engine'),
      explanation('absent', 'first', 'wazero-file'),
    ];
    assert.deepEqual(faultsOf(tables, explanations), [
      'poll, “first”, stdin pipe, engine: “equal” explains it, but it is as on Linux, or not there',
      'poll, “first”, stdin pipe, wazero-file: “absent” explains it, but it is as on Linux, or not there',
    ]);
  });
});

describe('a session', () => {
  it('takes lines down however they are cut, and answers questions', () => {
    const given: string[] = [];
    const session = new Session({
      write: (bytes) => {
        given.push(new TextDecoder().decode(bytes));
        return Promise.resolve();
      },
      end: () => {
        given.push('end');
      },
    });
    session.take('= on');
    session.take('e: 1\n# for nobody\n? give line\n? end\n= two: a: b\n? exit');
    assert.equal(session.status, undefined);
    session.take(' 3\n');
    assert.deepEqual(given, ['a line\n', 'end']);
    assert.deepEqual(
      [...session.observations],
      [
        ['one', '1'],
        ['two', 'a: b'],
      ],
    );
    assert.equal(session.status, 3);
  });

  it('refuses what is in no form', () => {
    assert.throws(
      () => new Session().take('Segmentation fault\n'),
      /^Error: expected a line that begins with .*, found "Segmentation fault"$/u,
    );
    assert.throws(
      () => new Session().take('= one: 1\n= one: 2\n'),
      /^Error: expected "one" to be observed once, found it twice$/u,
    );
  });
});
