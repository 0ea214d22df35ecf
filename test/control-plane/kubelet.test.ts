import fc from 'fast-check';
import { documentProblems, kubeletProblems } from '../../src/rules';
import { SUPPORTED_MINORS } from '../../src/settings';
import { FIELDS_OF_DISTRIBUTION, kubeletDocument } from '../../src/control-plane';
import type { KubeletConfiguration, KubeletSettings } from '../../src/control-plane';
import { expectYaml } from '../support/snapshot';
import type { SameFields, TableType } from '../support/table-types';
import { spec } from './cluster';
import { fileAt, paths } from './host-parts';
import { rounds } from '../support/rounds';

// The interface that people write in TypeScript has the fields of the kubelet's own type, and values that this reads: neither may drift.
type Own = TableType<'kubelet.KubeletConfiguration'>;
const SAME_FIELDS: SameFields<Omit<KubeletConfiguration, 'logging'>, Omit<Own, 'logging'>> = true;
const SAME_VALUES: KubeletConfiguration extends Own ? true : false = true;

it('is written with the fields of its own type', () => expect([SAME_FIELDS, SAME_VALUES]).toEqual([true, true]));

describe('the kubelet', () => {
  it('is this, with kubeadm', () => expectYaml('kubelet-configuration', [kubeletDocument(spec()) as object]));

  it('is the same for every minor', () => {
    const [oldest, ...newer] = SUPPORTED_MINORS.map((minor) => kubeletDocument(spec('kubeadm', {}, minor)));
    expect(newer).toEqual([oldest, oldest]);
  });

  it('is a drop-in file with k3s and RKE2, without what these set themselves', () => {
    const made = spec('rke2');
    expectYaml('kubelet-drop-in', [kubeletDocument(made) as object]);
    for (const role of ['control-plane', 'worker']) {
      expect(fileAt(made, '/var/lib/rancher/rke2/agent/etc/kubelet.conf.d/50-hardening.conf', role)).toMatchObject({
        mode: '0600',
        owner: 'root:root',
        content: expect.stringContaining('podPidsLimit: 4096') as string,
      });
    }
    expect(paths(spec('kubeadm')).filter((path) => path.includes('50-hardening'))).toEqual([]);
  });

  it.each(['k3s', 'rke2', 'talos', 'kind'] as const)('has no field on %s that it sets by itself', (distribution) => {
    const owned: readonly string[] = FIELDS_OF_DISTRIBUTION[distribution] ?? [];
    expect(Object.keys(kubeletDocument(spec(distribution)) ?? {}).filter((field) => owned.includes(field))).toEqual([]);
  });

  it('asks the cluster for its serving certificate, but on kind, where nobody approves', () => {
    expect(kubeletDocument(spec('kubeadm'))).toHaveProperty('serverTLSBootstrap', true);
    expect(kubeletDocument(spec('talos'))).toHaveProperty('serverTLSBootstrap', true);
    expect(kubeletDocument(spec('kind'))).not.toHaveProperty('serverTLSBootstrap');
    expect(kubeletDocument(spec('kind', { kubelet: { servingCertificates: 'bootstrap' } }))).toHaveProperty('serverTLSBootstrap', true);
  });

  it('takes more fields, adds to what is reserved, and keeps a weaker value as it was written', () => {
    const settings = {
      maxPods: 250,
      systemReserved: { memory: '1Gi' },
      evictionHard: { 'memory.available': '500Mi' },
      authentication: { webhook: { enabled: true, cacheTTL: '1m0s' } },
      podPidsLimit: -1,
    };
    expect(kubeletDocument(spec('kubeadm', { kubelet: { settings } }))).toMatchObject({
      maxPods: 250,
      systemReserved: { pid: '1000', memory: '1Gi' },
      evictionHard: { 'pid.available': '10%', 'memory.available': '500Mi' },
      authentication: {
        anonymous: { enabled: false },
        webhook: { enabled: true, cacheTTL: '1m0s' },
        x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' },
      },
      podPidsLimit: -1,
    });
  });

  it('refuses a field that the distribution would lose', () => {
    const kubelet = { settings: { authorization: { mode: 'Webhook' } } } as const;
    expect(() => kubeletDocument(spec('talos', { kubelet }))).toThrow(
      /^Kubelet: authorization cannot be set on talos, which sets it by itself \(control AUTH-03\)\. Remove it/,
    );
    expect(() => kubeletDocument(spec('kind', { kubelet: { settings: { protectKernelDefaults: true } } }))).toThrow(
      /cannot be set on kind/,
    );
  });

  it('is not made to ask for kernel settings that nobody writes', () => {
    const { kernel: _kernel, ...rest } = spec();
    expect(() => kubeletDocument(rest)).toThrow(/no kubelet would start \(control UPG-04\)\. Add KernelSettings\./);
  });

  it('is left alone where nobody answers for it', () => {
    const { kubelet: _kubelet, ...rest } = spec();
    expect(kubeletDocument(rest)).toBeUndefined();
  });

  it('keeps whatever is set, stays a document that the kubelet reads, and is never weaker without a finding', () => {
    const settings = fc.record<KubeletSettings>(
      {
        maxPods: fc.integer({ min: 1, max: 500 }),
        podPidsLimit: fc.integer({ min: -1, max: 20_000 }),
        eventRecordQPS: fc.integer({ min: 0, max: 100 }),
        seccompDefault: fc.boolean(),
        readOnlyPort: fc.constantFrom(0, 10_255),
        systemReserved: fc.constantFrom<Record<string, string>>({ memory: '1Gi' }, { pid: '0' }, { pid: '500', cpu: '100m' }),
        evictionHard: fc.constantFrom<Record<string, string>>({ 'memory.available': '1Gi' }, { 'memory.available': '0%' }),
      },
      { requiredKeys: [] },
    );
    const weak = ({
      podPidsLimit = 1,
      eventRecordQPS = 1,
      seccompDefault = true,
      readOnlyPort = 0,
      systemReserved,
      evictionHard,
    }: KubeletSettings) =>
      podPidsLimit <= 0 ||
      podPidsLimit > 16_384 ||
      eventRecordQPS === 0 ||
      !seccompDefault ||
      readOnlyPort !== 0 ||
      systemReserved?.['pid'] === '0' ||
      evictionHard?.['memory.available'] === '0%';
    fc.assert(
      fc.property(settings, fc.constantFrom(...SUPPORTED_MINORS), (given, minor) => {
        const document = kubeletDocument(spec('kubeadm', { kubelet: { settings: given } }, minor));
        expect(document).toMatchObject(given);
        expect(documentProblems(document, 'kubelet.config.k8s.io/v1beta1 KubeletConfiguration', minor)).toEqual([]);
        expect(kubeletProblems(document, minor).length > 0).toBe(weak(given));
      }),
      { numRuns: rounds(60) },
    );
  });
});
