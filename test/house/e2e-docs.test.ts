import * as fs from 'node:fs';
import * as path from 'node:path';
import { REWRITTEN } from '../e2e/cluster/command-lines';

it('docs/e2e.md has every change to a command line that kubeadm wrote', () => {
  const text = fs.readFileSync(path.join(__dirname, '../../docs/e2e.md'), 'utf8');
  const rows = REWRITTEN.map(({ what, why }) => `| ${what} | ${why} |`);
  expect(rows.filter((row) => !text.includes(row))).toEqual([]);
});
