import { diffJson, diffMarkdown, diffText } from '../../../src/report/diff';
import type { DiffReport } from '../../../src/report/diff';

const HOSTILE = '<img src=x onerror=alert(1)> | [link](http://x) @everybody \u001b[31m';
const REPORT: DiffReport = {
  before: 'old',
  after: 'new',
  changes: [
    { subject: 'object', tendency: 'neutral', what: 'Pod shop/web: new' },
    { subject: 'flow', tendency: 'looser', control: 'NET-04', what: 'Pod/shop/web → Pod/shop/db TCP 80' },
    { subject: 'permission', tendency: 'stricter', control: 'AUTH-06', what: `Group ${HOSTILE} may get pods in shop (no more)` },
  ],
};

it('has a line for each change, what is looser first, and the sum', () => {
  expect(diffText({ ...REPORT, changes: REPORT.changes.slice(0, 2) })).toBe(
    [
      '✗ looser   flow       NET-04 Pod/shop/web → Pod/shop/db TCP 80',
      '· neutral  object     Pod shop/web: new',
      'old → new: 1 looser, 0 stricter, 1 neutral',
      '',
    ].join('\n'),
  );
  expect(diffText({ ...REPORT, changes: [] })).toBe('old → new: no change\n');
});

it('shows no name that steers the terminal, or is markup', () => {
  expect(diffText(REPORT)).not.toContain('\u001b');
  const markdown = diffMarkdown(REPORT);
  expect(markdown).not.toMatch(/<img|\u001b|\]\(|@everybody/);
  expect(markdown.split('\n').filter((line) => line.includes('onerror'))).toEqual([
    expect.stringMatching(/^\| permission \| AUTH-06 \| [^|]+ \|$/),
  ]);
});

it('has sections for a pull request, with what is neutral folded away', () => {
  expect(
    diffMarkdown(REPORT)
      .replace(/&#\d+;/g, '?')
      .split('\n')
      .filter((line) => /^(#|<|\*\*)/.test(line)),
  ).toEqual([
    '**Posture**: old → new: 1 looser, 1 stricter, 1 neutral',
    '### Looser',
    '### Stricter',
    '<details><summary>Other changes</summary>',
    '</details>',
  ]);
});

it('has everything as JSON', () => {
  expect(JSON.parse(diffJson(REPORT))).toMatchObject({ before: 'old', after: 'new', summary: { looser: 1, stricter: 1, neutral: 1 } });
});
