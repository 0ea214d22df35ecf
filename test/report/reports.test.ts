import '@microsoft/jest-sarif';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Log } from 'sarif';
import { parse } from 'yaml';
import { RULES } from '../../src/rules';
import { jsonReport, junitReport, sarifReport, textReport, textSummary } from '../../src/report';
import { checked, TWO_FINDINGS, WAIVER } from '../support/check-report';

const report = checked(TWO_FINDINGS, { waivers: [WAIVER] });
const sarif = (text = TWO_FINDINGS) => (JSON.parse(sarifReport(checked(text, { waivers: [WAIVER] }))) as Log).runs[0];

const HOSTILE = fs.readFileSync(path.join(__dirname, '../data/hostile-names.yaml'), 'utf8');
const FORMATS = [textReport, textSummary, jsonReport, sarifReport, junitReport];

describe('text', () => {
  it('has each finding, and in the summary what was not read and how many there are', () => {
    expect(textReport(report)).toMatch(
      /^✗ Role shop\/watcher: grants access to every Secret\n {4}control {2}NET-25 [\s\S]*YYYY-MM-DD }\]\n$/,
    );
    expect(textSummary(report)).toBe(
      '✗ k8s/web.yaml:18: not read: Flow sequence in block collection must be sufficiently indented and end with a ].\n' +
        '3 objects as of Kubernetes 1.35, 1 finding (1 high), 1 waived, 1 part of the input not read\n',
    );
  });

  it('is empty when there is nothing to say', () => {
    expect(textReport(checked('', {}))).toBe('');
  });

  it('names the template that Helm rendered an object from', () => {
    expect(textReport(checked(TWO_FINDINGS))).toContain('    where    k8s/web.yaml:8 → shop/templates/account.yaml\n');
  });

  it('says of a waiver that cannot stand why, and warns of one that will not stand for long', () => {
    const on = (asOf: string) => checked(TWO_FINDINGS, { asOf, waivers: [WAIVER] });
    expect(textSummary(on('2027-03-30'))).toContain('! waiver of POD-19 for ServiceAccount/shop/web (shop@example.com) expires in 1 days');
    expect(textReport(on('2027-04-01'))).toContain('✗ waiver of POD-19 for ServiceAccount/shop/web: it expired on 2027-03-31');
    expect(textSummary(on('2027-04-01'))).toContain('2 findings (1 high, 1 medium), 0 waived, 1 waiver that cannot stand');
  });

  it('says which findings do not fail', () => {
    expect(textSummary(checked(TWO_FINDINGS, {}, 'high'))).toMatch(/; findings below high do not fail\n$/);
  });
});

describe('JSON', () => {
  it('has the shape that docs/check.md promises', () => {
    expect(JSON.parse(jsonReport(report))).toEqual({
      tool: { name: 'cdk8s-hardened', version: '1.2.3' },
      kubernetes: '1.35',
      asOf: '2027-01-01',
      failOn: 'low',
      summary: { objects: 3, findings: 1, failing: 1, bySeverity: { high: 1 }, waived: 1, unread: 1 },
      findings: [
        {
          rule: 'rbac-secrets',
          controls: ['NET-25'],
          severity: 'high',
          message: 'grants access to every Secret',
          remedy: expect.stringContaining('resourceNames') as string,
          object: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', namespace: 'shop', name: 'watcher' },
          file: 'k8s/web.yaml',
          line: 1,
        },
      ],
      waived: [expect.objectContaining({ rule: 'service-account-automount', template: 'shop/templates/account.yaml', waiver: WAIVER })],
      waiverProblems: [],
      warnings: [],
      unread: [{ file: 'k8s/web.yaml', line: 18, message: expect.stringContaining('Flow sequence') as string }],
    });
  });

  it('holds the names as they are, however they are escaped', () => {
    const { findings } = JSON.parse(jsonReport(checked(HOSTILE))) as { findings: { object: { name: string; namespace: string } }[] };
    expect(findings[0]?.object).toMatchObject({
      name: '<img src=x>\u001b[31m\u202e](https://evil.example.com)',
      namespace: '\u009b2J"&]]>\n✗',
    });
  });
});

describe('SARIF', () => {
  // The schema comes with @microsoft/jest-sarif: 2.1.0-rtm.5, from which the standard differs in nothing that is used here.
  it.each([
    ['findings, waived ones and what was not read', TWO_FINDINGS],
    ['nothing', ''],
    ['hostile names', HOSTILE],
  ])('is valid with %s', (_what, text) => {
    expect(JSON.parse(sarifReport(checked(text, { waivers: [WAIVER] })))).toBeValidSarifLog();
  });

  it('has every rule, with help, its controls as tags, and a score of which GitHub makes the same severity', () => {
    const rules = sarif()?.tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id));
    expect(rules.find(({ id }) => id === 'run-as-non-root')).toMatchObject({
      shortDescription: { text: 'May run as root' },
      fullDescription: { text: expect.stringMatching(/^POD-02 Run as a non-root user and group, enforced at deploy time\. /) as string },
      help: {
        text: expect.stringMatching(/^Mend: set `runAsNonRoot: true`/) as string,
        markdown: expect.stringMatching(/^\*\*Mend:\*\*/) as string,
      },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security', 'POD-02'], 'security-severity': '8.0' },
    });
  });

  it('has each finding with its rule, place and object; one that is waived is suppressed', () => {
    const results = sarif()?.results ?? [];
    expect(results).toMatchObject([
      {
        ruleId: 'rbac-secrets',
        level: 'error',
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: 'k8s/web.yaml' }, region: { startLine: 1 } },
            logicalLocations: [{ fullyQualifiedName: 'Role shop/watcher' }],
          },
        ],
      },
      {
        ruleId: 'service-account-automount',
        level: 'warning',
        suppressions: [
          { kind: 'external', status: 'accepted', justification: 'until the next release (shop@example.com, until 2027-03-31)' },
        ],
      },
    ]);
    expect(results[0]?.suppressions).toBeUndefined();
    expect(results.map(({ ruleId, ruleIndex }) => RULES[ruleIndex ?? -1]?.id === ruleId)).toEqual([true, true]);
  });

  it('says what was not read, and that the run did not succeed', () => {
    expect(sarif()?.invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [{ level: 'error', message: { text: expect.stringContaining('Flow') as string } }],
      },
    ]);
    expect(sarif('')?.invocations).toEqual([{ executionSuccessful: true, toolExecutionNotifications: [] }]);
  });

  it('gives a finding the same fingerprint when lines are added above it, and each finding one of its own', () => {
    const prints = (text: string) =>
      sarif(text)?.results?.map(({ partialFingerprints }) => partialFingerprints?.['primaryLocationLineHash']);
    expect(prints(`# one\n# two\n${TWO_FINDINGS}`)).toEqual(prints(TWO_FINDINGS));
    expect(new Set(prints(`${TWO_FINDINGS}\n---\n${TWO_FINDINGS}`)).size).toBe(4);
  });

  it('makes no link of a name, and writes a path as a URI', () => {
    const [result] = sarif(HOSTILE)?.results ?? [];
    expect(result?.message.text).not.toContain('](');
    const odd = {
      ...report,
      unread: [
        { file: 'k8s/ä b#%.yaml', message: 'x' },
        { file: '/k8s/a b.yaml', message: 'x' },
      ],
    };
    const [run] = (JSON.parse(sarifReport(odd)) as Log).runs;
    const uris = run?.invocations?.[0]?.toolExecutionNotifications?.map(
      ({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri,
    );
    expect(uris).toEqual(['k8s/%C3%A4%20b%23%25.yaml', 'file:///k8s/a%20b.yaml']);
  });
});

describe('JUnit', () => {
  it('has a case for each finding, each object without one, and what was not read', () => {
    const xml = junitReport(report);
    expect(xml).toContain('<testsuite name="cdk8s-hardened check" tests="4" failures="1" errors="1" skipped="1">');
    expect(xml.match(/<(testcase|failure|error|skipped)[^>]*>/g)).toEqual([
      '<testcase classname="input" name="k8s/web.yaml:18">',
      '<error message="Flow sequence in block collection must be sufficiently indented and end with a ]." type="unread"/>',
      '<testcase classname="Role shop/watcher" name="rbac-secrets">',
      '<failure message="grants access to every Secret" type="NET-25 high">',
      '<testcase classname="ServiceAccount shop/web" name="service-account-automount">',
      '<skipped>',
      '<testcase classname="ServiceAccount shop/good" name="no finding"/>',
    ]);
  });

  it('skips what is waived, and what is below the severity that fails, with the reason', () => {
    expect(junitReport(report)).toContain('<skipped>waived until 2027-03-31: until the next release (shop@example.com)</skipped>');
    expect(junitReport(checked(TWO_FINDINGS, {}, 'high'))).toContain(
      '<skipped>below high: gives its token to every pod that runs as it</skipped>',
    );
  });

  it('fails for a waiver that cannot stand', () => {
    expect(junitReport(checked(TWO_FINDINGS, { asOf: '2027-04-01', waivers: [WAIVER] }))).toContain(
      '<testcase classname="waivers" name="POD-19 ServiceAccount/shop/web">\n      <failure message="it expired on 2027-03-31',
    );
  });

  it('escapes what XML has a meaning for', () => {
    expect(junitReport(checked(HOSTILE))).toContain(
      'classname="ServiceAccount \\u{9b}2J&quot;&amp;]]&gt;\\u{a}✗/&lt;img src=x&gt;\\u{1b}[31m',
    );
  });
});

it.each(FORMATS.map((format) => [format.name, format] as const))('%s shows nothing that steers a terminal', (_name, format) => {
  const steering = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;
  expect(HOSTILE).not.toMatch(steering); // escaped there, and real once it is read
  expect(String((parse(HOSTILE) as { metadata: { name: string } }).metadata.name)).toMatch(steering);
  expect(format(checked(HOSTILE))).not.toMatch(steering);
  expect(format(checked(HOSTILE, { asOf: '2027-04-01', waivers: [WAIVER] }))).not.toMatch(steering);
});
