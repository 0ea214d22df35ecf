import { stringify } from 'yaml';
import { nameOf, parseManifests } from '../../src/manifest';
import { VALID_POD } from '../../src/rules';

const POD = stringify(VALID_POD);
const names = (text: string) => parseManifests(text, 'k8s.yaml').manifests.map(({ object }) => `${object.kind} ${nameOf(object)}`);
const problems = (text: string) => parseManifests(text, 'k8s.yaml').problems.map(({ line, message }) => `${line} ${message}`);
const config = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\n`;

it('reads what Helm writes: comments, empty documents, a separator at the beginning and at the end', () => {
  const text = `---\n# Source: shop/templates/a.yaml\n${config('a')}---\n\n---\n# Source: shop/templates/none.yaml\n---\r\n${config('b')}---\n`;
  expect(names(text)).toEqual(['ConfigMap a', 'ConfigMap b']);
  expect(problems(text)).toEqual([]);
});

it('says where each object is written, each container of it, and the template that Helm rendered it from', () => {
  const text = `${config('a')}---\n# Source: shop/templates/web.yaml\n${POD}`;
  const [, pod] = parseManifests(text, 'k8s.yaml').manifests;
  const lines = text.split('\n');
  expect(pod?.origin).toEqual({
    source: `k8s.yaml:${lines.indexOf('kind: Pod')}`,
    template: 'shop/templates/web.yaml',
    containers: new Map([['main', `k8s.yaml:${lines.indexOf('    - name: main') + 1}`]]),
  });
});

it.each(['Pod', 'CronJob'])('finds the line of a container, of an init container and of a sidecar in a %s', (kind) => {
  const spec = 'spec: { containers: [\n{ name: web }], initContainers: [\n{ name: init },\n{ name: sidecar, restartPolicy: Always }] }';
  const text =
    kind === 'Pod'
      ? `{ apiVersion: v1, kind: Pod, metadata: { name: web }, ${spec} }`
      : `{ apiVersion: batch/v1, kind: CronJob, metadata: { name: web }, spec: { jobTemplate: { spec: { template: { ${spec} } } } } }`;
  expect([...(parseManifests(text, 'web.json').manifests[0]?.origin.containers ?? [])]).toEqual([
    ['web', 'web.json:2'],
    ['init', 'web.json:3'],
    ['sidecar', 'web.json:4'],
  ]);
});

it('takes lists apart, of any kind and in one another, with the line of each item', () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n- { apiVersion: v1, kind: Secret, metadata: { name: a } }\n- apiVersion: v1\n  kind: List\n  items:\n  - { apiVersion: v1, kind: Secret, metadata: { name: b } }\n`;
  expect(parseManifests(list, 'list.yaml').manifests.map(({ object, origin }) => [object.metadata.name, origin.source])).toEqual([
    ['a', 'list.yaml:4'],
    ['b', 'list.yaml:8'],
  ]);
});

it('gives an item of a typed list the kind that the list has', () => {
  expect(
    parseManifests('{ apiVersion: apps/v1, kind: DeploymentList, items: [{ metadata: { name: a } }] }', 'x').manifests[0]?.object,
  ).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a' },
  });
});

it.each(['items: []', 'items:'])('reads a list with nothing in it (%s)', (items) => {
  expect(parseManifests(`apiVersion: v1\nkind: List\n${items}\n`, 'x')).toMatchObject({ manifests: [], problems: [] });
});

it('reads JSON, and an object that has only a prefix for its name', () => {
  expect(names('{"apiVersion":"batch/v1","kind":"Job","metadata":{"generateName":"backup-"}}')).toEqual(['Job backup-']);
});

const NOT_AN_OBJECT = /so it is no object of the Kubernetes API\. Leave it out of what is checked, or complete it\.$/;
it.each([
  ['no apiVersion', 'kind: Pod\nmetadata: { name: x }', '1 it has no apiVersion,'],
  ['an apiVersion that is no text', 'apiVersion: 1\nkind: Pod\nmetadata: { name: x }', '1 it has no apiVersion,'],
  ['no kind', '\n\napiVersion: v1\nmetadata: { name: x }', '3 it has no kind,'],
  ['no metadata', 'apiVersion: v1\nkind: Pod\nmetadata:', '1 it has no metadata,'],
  ['no name', 'apiVersion: v1\nkind: Pod\nmetadata: {}', '1 it has no metadata.name that is text,'],
  ['a name that is a number', 'apiVersion: v1\nkind: Pod\nmetadata: { name: 5 }', '1 it has no metadata.name that is text,'],
  [
    'a namespace that is a number',
    'apiVersion: v1\nkind: Pod\nmetadata: { name: x, namespace: 5 }',
    '1 its metadata.namespace is no text,',
  ],
  ['text alone', 'hello', '1 it is no block of fields,'],
  ['a list of objects', `- ${config('a').replaceAll('\n', '\n  ')}`, '1 it is no block of fields,'],
  ['an item that is null', 'apiVersion: v1\nkind: List\nitems:\n-', '4 it is no block of fields,'],
])('says that %s is no object, and where', (_what, text, message) => {
  const [problem] = problems(text);
  expect(problem?.startsWith(message)).toBe(true);
  expect(problem).toMatch(NOT_AN_OBJECT);
});

it('reads the other documents of a text when one of them is broken', () => {
  const text = `${config('a')}---\nkind: [\n---\n${config('b')}--- # a comment may stand here\n${config('c')}--- !tag\n${config('d')}`;
  expect(names(text)).toEqual(['ConfigMap a', 'ConfigMap b', 'ConfigMap c']);
  expect(problems(text)).toEqual([
    expect.stringMatching(/^6 Flow sequence in block collection must be/),
    "15 only a comment may stand behind the '---' above it",
  ]);
});

it('takes nothing for a comment that is more than that to kubectl', () => {
  for (const breaks of ['\r', '\u0085', '\u2028']) {
    expect(problems(`# a comment${breaks}kind: Pod\n`)[0]).toMatch(/^1 the character \\u.* is a line break to some readers/);
  }
  expect(problems('# a comment\r\n\t# another\n\n')).toEqual([]);
});

it('says of a chart that is not rendered what to do', () => {
  expect(problems('kind: {{ .Values.kind }}: x')[0]).toMatch(
    /It looks like a template: render it first, as in `helm template … \| cdk8s-hardened check -`$/,
  );
});

it('stops where a text has more problems than anybody reads, and says so', () => {
  const { manifests, problems: told } = parseManifests(`${'- a\n---\n'.repeat(200)}${config('a')}`, 'x');
  expect([manifests.length, told.length]).toEqual([0, 101]);
  expect(told.at(-1)).toEqual({ file: 'x', line: 199, message: 'the rest of it was not read: there are 100 problems or more.' });
});

it('stops where a text has more objects and containers than can be checked, and says so', () => {
  const tooMuch = /^the rest of it was not read: more than 25000 objects and containers would be checked at once\. Check it in parts\.$/;
  const pod = `{ apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { containers: [${'{},'.repeat(25_000)}] } }\n`;
  for (const text of [`${pod}---\n${pod}`, `apiVersion: v1\nkind: List\nitems:\n- ${pod}- ${pod}`]) {
    const { manifests, problems: told } = parseManifests(text, 'x');
    expect([manifests.length, told.map(({ message }) => message)]).toEqual([1, [expect.stringMatching(tooMuch)]]);
  }
});
