import * as fs from 'node:fs';
import * as path from 'node:path';
import { securityDecisions } from '../support/security-decisions';

const SRC = path.join(__dirname, '../../src');

it('no construct and no stack refuses by itself what a rule should refuse', () => {
  const files = ['constructs', 'stacks', 'synth'].flatMap((folder) =>
    fs.readdirSync(path.join(SRC, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
  );
  const sources = files.filter((file) => file.endsWith('.ts'));
  expect(sources.length).toBeGreaterThan(30);
  expect(sources.flatMap((file) => securityDecisions(file, fs.readFileSync(path.join(SRC, file), 'utf8')))).toEqual([]);
});

it.each([
  'if (props.privileged) { throw new Error("no"); }',
  'if (spec["hostNetwork"] === true) { check(); } else { throw new Error("no"); }',
  'const message = container.securityContext.runAsUser === 0 ? new Error("root") : undefined;',
])('such a decision is found: %s', (source) => {
  expect(securityDecisions('x.ts', source)).toHaveLength(1);
});

it.each([
  'const user = props.runAsUser ?? 10001;',
  'if (props.hostNetwork) { spec.hostUsers = undefined; }',
  'if (name === "") { throw new Error("no name"); }',
])('what only sets a field, or decides on something else, is not: %s', (source) => {
  expect(securityDecisions('x.ts', source)).toEqual([]);
});
