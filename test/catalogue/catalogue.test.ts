import { catalogue, generators, hasField } from '../../src/catalogue';
import { CONTROLS, DISPOSITIONS } from '../../src/controls';
import { CEL_RULES, RULES } from '../../src/rules';
import { specimen } from './specimens';

const entries = catalogue();
const known = new Set(CONTROLS.map(({ id }) => id));

it('has the 83 recommendations, each once', () => {
  const count = (section: string) => CONTROLS.filter(({ id }) => id.startsWith(`${section}-`)).length;
  expect(['POD', 'NET', 'AUTH', 'LOG', 'UPG'].map(count)).toEqual([22, 26, 12, 18, 5]);
  expect(known.size).toBe(83);
});

describe.each(CONTROLS.map((control) => [control.id, control] as const))('%s', (id, control) => {
  const entry = entries.find((candidate) => candidate.control.id === id);

  it('says what it asks, why, and how it is answered', () => {
    expect([control.title, control.section, control.why].every((text) => text.length > 3)).toBe(true);
    expect(control.disposition.length).toBeGreaterThan(0);
    expect(DISPOSITIONS).toEqual(expect.arrayContaining([...control.disposition]));
    expect(control.practice === undefined).toBe(!control.disposition.includes('organisational'));
  });

  it('is called generated exactly when something sets it, and enforced exactly when a CEL rule may deny what does not meet it', () => {
    const enforcing = CEL_RULES.filter(
      ({ controls, cel }) => (controls as readonly string[]).includes(id) && (cel.enforcement ?? 'deny') === 'deny',
    );
    expect({ generated: control.disposition.includes('generated'), enforced: control.disposition.includes('enforced') }).toEqual({
      generated: (entry?.generators.length ?? 0) > 0,
      enforced: enforcing.length > 0,
    });
  });
});

describe.each(generators().map((generator) => [generator.names.join(', '), generator] as const))('%s', (_names, { names, fields }) => {
  it('answers only controls that exist', () => {
    expect(Object.keys(fields).filter((id) => !known.has(id))).toEqual([]);
  });

  it.each(names)('really sets each field that it declares: %s', (name) => {
    const objects = specimen(name);
    const missing = Object.entries(fields).flatMap(([id, declared]) =>
      declared.filter((field) => !objects.some((object) => hasField(object, field))).map((field) => `${id} ${field.kind} ${field.field}`),
    );
    expect(missing).toEqual([]);
  });
});

it('has no rule that names a control that does not exist', () => {
  expect(RULES.flatMap((rule) => rule.controls).filter((id) => !known.has(id))).toEqual([]);
});

describe('a field', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web', labels: { 'a.b/c': 'x' } },
    spec: { containers: [{ name: 'a', tty: true }, { name: 'b' }], list: ['x', 'y'] },
  };

  it.each([
    [{ kind: 'Pod', field: 'metadata.labels[a.b/c]', value: 'x' }, true],
    [{ kind: 'Pod', field: 'metadata.labels[a.b/c]', value: 'y' }, false],
    [{ kind: 'Pod', field: 'spec.containers[].name' }, true],
    [{ kind: 'Pod', field: 'spec.containers[].tty' }, false],
    [{ kind: 'Pod', field: 'spec.containers[?].tty', value: true }, true],
    [{ kind: 'Pod', field: 'spec.list', value: ['x', 'y'] }, true],
    [{ kind: 'Pod', field: 'spec.none[]' }, false],
    [{ kind: 'Service', field: 'spec.list' }, false],
  ])('%j is there: %s', (field, expected) => expect(hasField(object, field)).toBe(expected));
});
