import Builder from 'fast-xml-builder';
import { formatFinding, formatWaiverProblem, subjectOf } from '../assessment';
import { severityOf } from '../controls';
import { printable } from '../manifest';
import type { Finding } from '../rules';
import { fails } from './check-report';
import type { CheckReport } from './check-report';

/** A test case as the XML builder takes it: attributes begin with `@`. */
type TestCase = Readonly<Record<string, unknown>>;

const XML = { ignoreAttributes: false, attributeNamePrefix: '@', format: true, suppressBooleanAttributes: false, suppressEmptyNode: true };

/**
 * The report as JUnit XML, in the form that Jenkins and GitLab read: a test case for each finding, and one for each object without
 * any. A finding below the severity that fails, or that is waived, is skipped; what could not be read is an error.
 */
export function junitReport({ manifests, unread, assessment, failOn }: CheckReport): string {
  const { findings, waived, problems } = assessment;
  const found = new Set([...findings, ...waived.map(({ finding }) => finding)].map(({ target }) => target.object));
  const cases: TestCase[] = [
    ...unread.map(({ file, line, message }) =>
      testCase('input', line === undefined ? file : `${file}:${line}`, { error: { '@message': printable(message), '@type': 'unread' } }),
    ),
    ...findings.map((finding) =>
      findingCase(finding, fails(finding, failOn) ? failure(finding) : skipped(`below ${failOn}: ${finding.message}`)),
    ),
    ...waived.map(({ finding, waiver }) =>
      findingCase(finding, skipped(`waived until ${waiver.expires}: ${waiver.reason} (${waiver.owner})`)),
    ),
    ...problems.map((problem) => {
      const { control, target } = problem.waiver;
      return testCase('waivers', `${control} ${target}`, {
        failure: { '@message': printable(problem.message), '@type': control, '#text': formatWaiverProblem(problem) },
      });
    }),
    ...manifests
      .filter(({ object }) => !found.has(object))
      .map((manifest) => testCase(subjectOf({ target: { object: manifest.object } }), 'no finding', {})),
  ];
  const counts = {
    '@tests': cases.length,
    '@failures': cases.filter((item) => 'failure' in item).length,
    '@errors': cases.filter((item) => 'error' in item).length,
    '@skipped': cases.filter((item) => 'skipped' in item).length,
  };
  const suite = { '@name': 'cdk8s-hardened check', ...counts, ...(cases.length > 0 && { testcase: cases }) };
  return new Builder(XML).build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, testsuites: { testsuite: suite } });
}

function testCase(className: string, name: string, outcome: object): TestCase {
  return { '@classname': printable(className), '@name': printable(name), ...outcome };
}

function findingCase(finding: Finding, outcome: object): TestCase {
  const { object, container } = finding.target;
  return testCase(subjectOf({ target: { object } }), container === undefined ? finding.rule : `${finding.rule} ${container}`, outcome);
}

function failure(finding: Finding): object {
  const type = `${finding.controls.join(' ')} ${severityOf(finding.controls)}`;
  return { failure: { '@message': printable(finding.message), '@type': type, '#text': formatFinding(finding) } };
}

function skipped(message: string): object {
  return { skipped: printable(message) };
}
