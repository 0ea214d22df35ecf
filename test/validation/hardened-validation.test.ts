import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { ValidationContext } from 'cdk8s-cli/plugins';
import type { Validation } from 'cdk8s-cli/plugins';
import { HardenedValidation } from '../../src';
import type { HardenedValidationProps } from '../../src';
import { TWO_FINDINGS, WAIVER } from '../support/check-report';

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'validation-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const FINDINGS = TWO_FINDINGS.replace(/---\nkind: \[\n$/, '');

/** The report that cdk8s-cli shows after the plugin has seen this text. */
async function report(text: string, props?: HardenedValidationProps) {
  const file = path.join(folder, 'shop.k8s.yaml');
  fs.writeFileSync(file, text);
  const context = new ValidationContext([file], 'cdk8s-hardened', '1.2.3', { watcher: { path: 'shop/watcher' } });
  const plugin: Validation = new HardenedValidation(props);
  await plugin.validate(context);
  return { ...context.report.toJson(), text: context.report.toString(), file };
}

it('reports each rule that finds something, with the control, how to mend it, and the construct', async () => {
  const { violations, summary, text, file } = await report(FINDINGS);
  expect(summary).toMatchObject({ status: 'failure', metadata: { kubernetes: '1.35', objects: '3', findings: '2', waived: '0' } });
  expect(violations.map(({ ruleName }) => ruleName)).toEqual(['rbac-secrets', 'service-account-automount']);
  expect(violations[0]).toEqual({
    ruleName: 'rbac-secrets',
    recommendation: 'NET-25 Guard access to Secrets with RBAC',
    fix: expect.stringContaining('resourceNames') as string,
    violatingConstructs: [
      {
        constructPath: 'shop/watcher',
        resourceName: 'watcher',
        locations: [`${file}:1 Role shop/watcher: grants access to every Secret`],
        manifestPath: file,
      },
    ],
  });
  expect(text).toContain('Construct Path: shop/watcher');
});

it('succeeds where nothing is found, or where all of it is below the severity that fails', async () => {
  expect((await report('')).summary.status).toBe('failure'); // nothing was synthesised
  expect((await report('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n')).summary.status).toBe('success');
  expect((await report(FINDINGS, { failOn: 'critical' })).summary.status).toBe('success');
});

it('fails for what cannot be read, and says what', async () => {
  const { summary, file } = await report(TWO_FINDINGS, { failOn: 'critical' });
  expect(summary.status).toBe('failure');
  expect(summary.metadata?.[`not read: ${file}:18`]).toMatch(/^Flow sequence/);
});

it('takes settings and waivers from a blueprint', async () => {
  const blueprint = path.join(folder, 'blueprint.yaml');
  const text = fs.readFileSync(path.join(__dirname, '../../blueprint.yaml'), 'utf8');
  fs.writeFileSync(blueprint, `${text}\nwaivers: [${JSON.stringify({ ...WAIVER, expires: '2999-01-01' })}]\n`);
  const { violations, summary } = await report(FINDINGS, { blueprint });
  expect(violations.map(({ ruleName }) => ruleName)).toEqual(['rbac-secrets']);
  expect(summary.metadata).toMatchObject({ kubernetes: '1.36', waived: '1' });
});

it.each([
  [{ blueprints: 'x' }, /properties' in cdk8s\.yaml:[\s\S]*blueprints/],
  [{ failOn: 'severe' }, /failOn/],
  [{ minor: '1.20' }, /minor/],
])('refuses the properties %j', (props, message) => {
  expect(() => new HardenedValidation(props as HardenedValidationProps)).toThrow(message);
});

it('shows no name that steers a terminal', async () => {
  const { text } = await report(String.raw`{ apiVersion: v1, kind: ServiceAccount, metadata: { name: "a\e[2J" } }`);
  expect(text).toContain('a\\u{1b}[2J');
  expect(text).not.toContain('\u001b[2J');
});
