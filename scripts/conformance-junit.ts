/**
 * Holds the JUnit reports of `check` against the schema that Jenkins reads by, as it comes with the sources of kubeconform, one of
 * the graders.
 *
 *   npm run tools && npm run conformance:junit -- <manifests.yaml> ...
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { validateXML } from 'xmllint-wasm';
import { PlatformSettings } from '../src';
import { checkManifests, junitReport } from '../src/report';

const GRADERS = path.join(__dirname, '../tools/graders');

async function main(paths: readonly string[]): Promise<void> {
  const folder = execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', 'github.com/yannh/kubeconform'], {
    cwd: GRADERS,
    encoding: 'utf8',
  }).trim();
  const schema = fs.readFileSync(path.join(folder, 'fixtures/junit.xsd'), 'utf8');
  const settings = PlatformSettings.from();
  const reports = await Promise.all(
    (['low', 'critical'] as const).map((failOn) =>
      checkManifests({ paths: [...paths, 'no-such-file.yaml'], settings, failOn, version: '0' }),
    ),
  );
  const files = reports.map((report) => ({ fileName: `${report.failOn}.xml`, contents: junitReport(report) }));
  const broken = { fileName: 'broken.xml', contents: '<testsuites><testcase/></testsuites>' };
  if ((await validateXML({ xml: [broken], schema: [schema] })).valid) {
    throw new Error('The schema accepts what is no report, so it shows nothing.');
  }
  const { valid, errors } = await validateXML({ xml: files, schema: [schema] });
  errors.forEach(({ rawMessage }) => process.stdout.write(`${rawMessage}\n`));
  process.stdout.write(`${files.length} reports on ${reports[0]?.manifests.length} objects: ${valid ? 'valid' : 'NOT VALID'}\n`);
  process.exitCode = valid ? 0 : 1;
}

void main(process.argv.slice(2));
