import { catalogue, CONTROLS, entriesFor, explain, listOfControls, RULES, SCORER_DEFECTS } from '../../src';

const idsFor = (topic: string): string[] => entriesFor(topic).map(({ control }) => control.id);

it.each([
  ['a control', 'POD-02', ['POD-02']],
  ['a control in small letters', 'net-21', ['NET-21']],
  ['a rule', 'run-as-non-root', ['POD-02']],
  ['a rule of two controls', 'host-namespaces', RULES.find(({ id }) => id === 'host-namespaces')?.controls],
  ['a check of Checkov', 'ckv_k8s_20', ['POD-13']],
  ['a check that several controls answer', 'C-0013', ['POD-01', 'POD-02']],
])('finds %s', (_what, topic, expected) => expect(idsFor(topic)).toEqual(expected));

it.each(RULES.map(({ id, controls }) => [id, controls]))('finds the rule %s by its id', (id, controls) => {
  expect(idsFor(id).sort()).toEqual([...controls].sort());
});

it.each([
  ['pod-2', /no control, rule or check called "pod-2"\. Did you mean POD-02\?/],
  ['run-as-nonroot', /Did you mean run-as-non-root\?/],
  ['the meaning of life', /Topics are controls such as POD-02, rules such as run-as-non-root/],
  ['', /no control, rule or check called ""/],
])('refuses %j with what to ask for', (topic, message) => expect(() => entriesFor(topic)).toThrow(message));

it('says what a control is about, who sets it, how to mend and to waive, and what other tools say', () => {
  const text = entriesFor('POD-14').map(explain).join('\n');
  expect(text).toMatch(/^POD-14 {2}Drop all Linux capabilities\n {4}why {6}\S/);
  expect(text).toMatch(/\n {4}set by {3}.*HardenedDeployment.*: Pod spec\.containers\[\]\.securityContext\.capabilities\.drop/);
  expect(text).toMatch(/\n {4}rule {5}capabilities-drop: .* \(CEL, at admission too\)\n {4}mend {5}\S/);
  expect(text).toMatch(/\n {4}waive {4}waivers: \[\{ control: POD-14, /);
  expect(text).toMatch(/\n {4}see {6}Kubescape: C-\d+/);
  expect(text).toMatch(/\n {4}leave {4}Kyverno drop-cap-net-raw: /);
});

it('offers no waiver where none is possible, or nothing is checked', () => {
  const waiveLine = ({ id }: { id: string }): string | undefined => /\n {4}waive {4}(.*)\n/.exec(entriesFor(id).map(explain).join())?.[1];
  const unwaivable = catalogue().filter(({ control, rules }) => !control.waivable && rules.length > 0);
  expect(new Set(unwaivable.map(({ control }) => waiveLine(control)))).toEqual(new Set(['not possible for this control']));
  expect(waiveLine({ id: 'POD-01' })).toBeUndefined();
});

it('lists every control in a line', () => {
  expect(listOfControls().trimEnd().split('\n')).toHaveLength(CONTROLS.length);
});

it.each(SCORER_DEFECTS)('the check $check of $tool is one that its control names, or belongs to none', ({ check, control }) => {
  const named = catalogue().filter((entry) =>
    Object.values(entry.control.mappings)
      .flat()
      .includes(check.split(' ')[0] as string),
  );
  expect(named.length === 0 || named.some((entry) => entry.control.id === control)).toBe(true);
});
