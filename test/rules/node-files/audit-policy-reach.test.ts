import * as fc from 'fast-check';
import { auditLevel } from '../../../src/rules';
import type { AuditPolicy, AuditPolicyRule } from '../../../src/rules';
import { requestDecidedBy, requestForDecidedBy } from '../../../src/rules/node-files/audit-policy-reach';
import { auditPolicyArbitrary, auditRequestArbitrary } from '../../support/audit-arbitrary';

const policy = (...rules: AuditPolicyRule[]): AuditPolicy => ({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules });

it('finds a request for every rule that decides any', () => {
  fc.assert(
    fc.property(auditPolicyArbitrary(), fc.array(auditRequestArbitrary, { minLength: 20, maxLength: 20 }), (given, requests) => {
      for (const request of requests) {
        const { rule } = auditLevel(given, request);
        expect(rule === undefined || typeof requestDecidedBy(given, rule) === 'object').toBe(true);
      }
    }),
  );
});

it('finds only requests that the rule does decide', () => {
  fc.assert(
    fc.property(auditPolicyArbitrary(), (given) => {
      given.rules.forEach((_rule, index) => {
        const reach = requestDecidedBy(given, index);
        expect(typeof reach !== 'object' || auditLevel(given, reach).rule === index).toBe(true);
      });
    }),
  );
});

it('finds a request for a resource whenever the rule decides one', () => {
  const secrets = { group: '', resource: 'secrets' };
  const verbs = ['get', 'list', 'create'];
  fc.assert(
    fc.property(auditPolicyArbitrary(), auditRequestArbitrary, fc.constantFrom(...verbs), (given, { user }, verb) => {
      const { rule } = auditLevel(given, { ...(user ? { user } : {}), verb, resource: { ...secrets, namespace: 'default', name: 'a' } });
      expect(rule === undefined || typeof requestForDecidedBy(given, rule, secrets, verbs) === 'object').toBe(true);
    }),
  );
});

it('gives up where there are too many combinations', () => {
  const many = Array.from({ length: 100 }, (_, index) => `name-${index}`);
  const rule = { level: 'Metadata', users: many, userGroups: many, verbs: many } as const;
  expect(requestDecidedBy(policy({ level: 'Metadata' }, rule), 1)).toBe('unknown');
});
