import * as fc from 'fast-check';
import { AUDIT_PROFILES, AUDIT_SIZES, auditLoads, auditPolicy, auditVolume, DEFAULT_AUDIT_LOG } from '../../../src';
import type { AuditLevel, AuditLoad, AuditPolicy } from '../../../src';

const at = (level: AuditLevel): AuditPolicy => ({
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived'],
  rules: [{ level }],
});
const LOAD: AuditLoad = {
  what: 'pods that start',
  request: { verb: 'create', resource: { group: '', resource: 'pods', namespace: 'shop' } },
  perSecond: 10,
  requestBytes: 3000,
  responseBytes: 4000,
};
const M = AUDIT_SIZES.metadata;

it.each<[AuditLevel, number]>([
  ['None', 0],
  ['Metadata', M],
  ['Request', M + 3000],
  ['RequestResponse', M + 7000],
])('at level %s counts %d bytes for an event', (level, bytes) => {
  expect(auditVolume(at(level), [LOAD])).toMatchObject({ eventsPerSecond: bytes > 0 ? 10 : 0, bytesPerSecond: 10 * bytes });
});

it('counts an event more, without bodies, for requests whose answer lasts', () => {
  expect(auditVolume(at('RequestResponse'), [{ ...LOAD, longRunning: true }])).toMatchObject({
    eventsPerSecond: 20,
    bytesPerSecond: 10 * (M + M + 7000),
  });
});

it('counts an event more for the stage in which requests come in, unless it is omitted', () => {
  const { omitStages: _omitted, ...whole } = at('Metadata');
  expect(auditVolume(whole, [LOAD]).eventsPerSecond).toBe(20);
});

it('counts no bodies of events that are truncated', () => {
  const large = { ...LOAD, responseBytes: 200 * 1024 };
  expect(auditVolume(at('RequestResponse'), [large]).bytesPerSecond).toBe(10 * M);
  expect(auditVolume(at('RequestResponse'), [large], { ...DEFAULT_AUDIT_LOG, truncate: false }).bytesPerSecond).toBeGreaterThan(10 * M);
});

it('says when the file is rotated, and how long events are kept: by files, or by days', () => {
  const log = { ...DEFAULT_AUDIT_LOG, maxSizeMb: 100, maxBackups: 10 };
  const busy = auditVolume(at('Metadata'), [LOAD], log);
  expect(busy.hoursUntilRotation).toBeCloseTo((100 * 1024 * 1024) / (10 * M) / 3600);
  expect(busy.hoursKept).toBeCloseTo(11 * busy.hoursUntilRotation);
  expect(auditVolume(at('Metadata'), [{ ...LOAD, perSecond: 0.001 }], log).hoursKept).toBe(30 * 24);
  expect(auditVolume(at('None'), [LOAD], log)).toMatchObject({ hoursUntilRotation: Infinity, hoursKept: 30 * 24 });
});

it('grows with the cluster, and is larger with nsa than with balanced', () => {
  const [nsa, balanced] = AUDIT_PROFILES.map((profile) => auditPolicy({ profile, minor: '1.36', secretLike: [], requestReceived: false }));
  const activity = fc.record({
    nodes: fc.integer({ min: 1, max: 1000 }),
    pods: fc.integer({ min: 1, max: 20_000 }),
    podStartsPerHour: fc.integer({ min: 1, max: 5000 }),
    operators: fc.nat(50),
    readsPerSecond: fc.nat(100),
  });
  fc.assert(
    fc.property(activity, (cluster) => {
      const bytes = (policy: AuditPolicy | undefined, given = cluster) =>
        auditVolume(policy as AuditPolicy, auditLoads(given)).bytesPerSecond;
      expect(bytes(nsa)).toBeGreaterThan(bytes(balanced));
      expect(bytes(nsa, { ...cluster, nodes: cluster.nodes * 2 })).toBeGreaterThan(bytes(nsa));
    }),
  );
});

it('has each load once, and none that never comes', () => {
  const loads = auditLoads({ nodes: 1, pods: 1, podStartsPerHour: 1, operators: 1, readsPerSecond: 1 });
  expect(loads.filter(({ perSecond }) => !(perSecond > 0))).toEqual([]);
  expect(new Set(loads.map(({ what }) => what)).size).toBe(loads.length);
});
