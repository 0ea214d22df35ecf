import * as fs from 'node:fs';
import * as path from 'node:path';
import { SNAPSHOTS } from '../../support/snapshot';

const DOCS = path.join(__dirname, '..', '..', '..', 'docs');
const OUTPUT = fs
  .readdirSync(SNAPSHOTS)
  .filter((file) => file.startsWith('network-'))
  .map((file) => fs.readFileSync(path.join(SNAPSHOTS, file), 'utf8'));

test.each(['network-flows', 'hardened-service', 'hardened-ingress'])('the YAML in docs/%s.md is what is emitted', (page) => {
  const blocks = [...fs.readFileSync(path.join(DOCS, `${page}.md`), 'utf8').matchAll(/```yaml\n([^]*?)```/g)].map(
    (match) => match[1] as string,
  );
  expect(blocks.length).toBeGreaterThan(0);
  expect(blocks.filter((block) => !OUTPUT.some((output) => output === block))).toEqual([]);
});
