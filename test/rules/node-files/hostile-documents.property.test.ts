import fc from 'fast-check';
import {
  admissionProblems,
  authenticationProblems,
  authorizationProblems,
  encryptionProblems,
  staticPolicyProblems,
} from '../../../src/rules';

const CHECKS: readonly (readonly [string, readonly string[], (document: unknown) => unknown])[] = [
  ['EncryptionConfiguration', ['resources', 'providers', 'kms', 'secretbox', 'keys', 'identity'], encryptionProblems],
  ['AuthenticationConfiguration', ['anonymous', 'jwt', 'issuer', 'claimMappings', 'username', 'expression'], authenticationProblems],
  ['AuthorizationConfiguration', ['authorizers', 'webhook', 'type', 'matchConditions', 'timeout'], authorizationProblems],
  [
    'AdmissionConfiguration',
    ['plugins', 'name', 'configuration', 'defaults'],
    (document) => admissionProblems(document, { minor: '1.37' }),
  ],
  ['ValidatingAdmissionPolicy', ['metadata', 'name', 'spec'], (document) => staticPolicyProblems([document])],
];

it('takes a value whose constructor has no name that is text', () => {
  const nameless = Object.assign(Object.create(null) as object, { constructor: { name: { toString: null } } });
  const document = { apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AdmissionConfiguration', plugins: nameless };
  expect(admissionProblems(document, { minor: '1.37' }).map(({ field }) => field)).toContain('plugins');
});

// Files that others wrote may hold anything in any place.
it.each(CHECKS)('never throws: %s', (kind, names, check) => {
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, undefined, true, 0, -1, '', 'v2', 'PodSecurity', '*.*', "claims.x.map(g, 'a')", 'constructor', '__proto__'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('constructor', 'toString', ...names), tie('tree'), { maxKeys: 4 }),
    ),
  }));
  const withHead = tree.map((body) => ({ apiVersion: 'apiserver.config.k8s.io/v1', kind, ...(typeof body === 'object' ? body : {}) }));
  fc.assert(
    fc.property(fc.oneof(tree, withHead), (document) => {
      expect(Array.isArray(check(document))).toBe(true);
    }),
    { numRuns: 200 },
  );
});
