import {
  admissionProblems,
  auditPolicyProblems,
  authenticationProblems,
  authorizationProblems,
  encryptionProblems,
} from '../../../src/rules';
import type { DocumentKindName, NodeFileProblem } from '../../../src/rules';
import { everyField } from '../../support/every-field';

const CHECKERS: readonly (readonly [DocumentKindName, (document: unknown) => readonly NodeFileProblem[]])[] = [
  ['apiserver.config.k8s.io/v1 AdmissionConfiguration', (document) => admissionProblems(document, { minor: '1.37' })],
  ['apiserver.config.k8s.io/v1 AuthenticationConfiguration', authenticationProblems],
  ['apiserver.config.k8s.io/v1 AuthorizationConfiguration', authorizationProblems],
  ['apiserver.config.k8s.io/v1 EncryptionConfiguration', encryptionProblems],
  ['audit.k8s.io/v1 Policy', (document) => auditPolicyProblems(document, '1.37')],
];

const strangers = (problems: readonly NodeFileProblem[]): string[] =>
  problems.filter(({ message }) => /no such field|is no field/.test(message)).map(({ field }) => field);

// The checkers have shapes of their own, that they read documents with: these must not fall behind the types of Kubernetes.
describe.each(CHECKERS)('the checker of %s', (name, check) => {
  it('knows every field that Kubernetes knows', () => expect(strangers(check(everyField(name, '1.37')))).toEqual([]));

  it('finds one that Kubernetes does not know', () => {
    expect(strangers(check({ ...everyField(name, '1.37'), fieldz: 1 }))).toEqual(['fieldz']);
  });
});

describe.each([
  ['PodSecurity', 'pod-security.admission.config.k8s.io/v1 PodSecurityConfiguration'],
  ['EventRateLimit', 'eventratelimit.admission.k8s.io/v1alpha1 Configuration'],
  ['ImagePolicyWebhook', 'ImagePolicyWebhook'],
  ['ValidatingAdmissionPolicy', 'apiserver.config.k8s.io/v1 ValidatingAdmissionPolicyConfiguration'],
] as const)('the checker of admission, for %s,', (plugin, name) => {
  const check = (configuration: object): string[] =>
    strangers(
      admissionProblems(
        { apiVersion: 'apiserver.config.k8s.io/v1', kind: 'AdmissionConfiguration', plugins: [{ name: plugin, configuration }] },
        { minor: '1.37' },
      ),
    );

  it('knows every field that Kubernetes knows', () => expect(check(everyField(name, '1.37') ?? {})).toEqual([]));

  it('finds one that Kubernetes does not know', () => {
    expect(check({ ...everyField(name, '1.37'), fieldz: 1 })).toEqual(['plugins[0].configuration.fieldz']);
  });
});
