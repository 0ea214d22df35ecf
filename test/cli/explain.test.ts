import { program } from '../../src/cli/program';

let shown: string;
beforeEach(() => {
  shown = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    shown += String(text);
    return true;
  });
});
afterEach(() => jest.restoreAllMocks());

const run = (...args: string[]): Promise<unknown> => program().parseAsync(['explain', ...args], { from: 'user' });

it('explains topics, each control once', async () => {
  await run('run-as-non-root', 'POD-02', 'POD-13');
  expect(shown.match(/^[A-Z]+-\d+ .*$/gm)).toEqual([expect.stringMatching(/^POD-02 {2}Run as/), expect.stringMatching(/^POD-13 /)]);
});

it('lists every control when it is asked for none', async () => {
  await run();
  expect(shown).toMatch(/^POD-01 .*\n[\s\S]*\nUPG-\d+ .*\n$/);
});

it('writes JSON for programs', async () => {
  await run('POD-13', '--json');
  expect(JSON.parse(shown)).toMatchObject([
    { id: 'POD-13', waivable: true, rules: [{ id: 'allow-privilege-escalation', scope: 'object' }] },
  ]);
});

it('refuses what it does not know', async () => {
  await expect(run('POD-99')).rejects.toThrow(/^There is no control, rule or check called "POD-99"\. Did you mean /);
});
