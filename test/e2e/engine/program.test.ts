import * as path from 'node:path';
import { runInEngine } from '../../support/pulumi-engine';
import type { EngineRun } from '../../support/pulumi-engine';

/** What `main` in Pulumi.yaml names. */
const PROGRAM = path.join(__dirname, '../../../scripts/pulumi.cjs');

describe('the program of the checkout, over the protocol of the engine', () => {
  let run: EngineRun;
  beforeAll(async () => {
    const overrides = JSON.stringify({ cluster: { name: 'shop-test' }, tenants: [{ name: 'shop', owner: 'o', namespaces: ['shop'] }] });
    run = await runInEngine(PROGRAM, {
      latencyMs: 10,
      config: { 'cdk8s-hardened:checkCluster': 'false', 'cdk8s-hardened:overrides': overrides },
    });
  }, 60_000);

  it('comes to its end', () => {
    expect({ status: run.status, errors: run.errors, said: run.said }).toEqual({ status: 0, errors: [], said: '' });
  });

  it('registers nothing before what it needs, and nothing twice', () => {
    expect(run.tooEarly).toEqual([]);
    expect(run.inFlight).toBeGreaterThan(1);
    expect(new Set(run.registrations.map(({ urn }) => urn)).size).toBe(run.registrations.length);
  });

  it('takes values of the configuration in place of those in the blueprint', () => {
    const urns = run.registrations.map(({ urn }) => urn);
    expect(urns).toEqual(
      expect.arrayContaining([expect.stringMatching(/App::shop-test$/), expect.stringMatching(/core\/v1:Namespace::shop$/)]),
    );
    expect(urns.join('\n')).not.toContain('payments');
  });

  it('tells of the posture, of files for hosts by digest, and of waivers', () => {
    expect(run.outputs).toEqual({
      posture: {
        cluster: 'shop-test',
        kubernetes: '1.36',
        asOf: expect.any(String),
        objects: expect.any(Number),
        nodeFiles: expect.any(Number),
        waived: 0,
      },
      nodeFiles: expect.arrayContaining([
        {
          role: 'worker',
          path: '/install.sh',
          mode: expect.any(String),
          owner: 'root:root',
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ]),
      waivers: [],
    });
  });
});

it('ends at once with one error for what is wrong, and no stack of calls', async () => {
  const overrides = JSON.stringify({ cluster: { kubernetes: '1.20' } });
  const { status, errors, said, registrations } = await runInEngine(PROGRAM, { config: { 'cdk8s-hardened:overrides': overrides } });
  expect([status, said]).toEqual([32, '']); // that the user has been told
  expect(errors).toEqual([
    expect.stringMatching(/^✗ Pulumi\.dev\.yaml, cdk8s-hardened:overrides cluster\.kubernetes: .*1\.36.*\n1 mistake in .*blueprint\.yaml/),
  ]);
  expect(errors[0]).not.toMatch(/\n\s+at /);
  expect(registrations.map(({ urn }) => urn)).toEqual([expect.stringContaining('pulumi:pulumi:Stack')]);
}, 60_000);
