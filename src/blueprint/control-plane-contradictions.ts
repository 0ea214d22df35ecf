import { DEFAULT_CERTIFICATES, defaultServingCertificates, recipientProblem, sysctlsOf } from '../control-plane';
import { MANAGED_DISTRIBUTIONS } from '../settings';
import type { Distribution } from '../settings';
import type { Mistake } from './describe-issue';
import { keysAt, textsAt, valueAt } from './plain-data';
import { CONTROL_PLANE_SCHEMA } from './schema-control-plane';

const ROOT = 'controlPlane';
const RANCHER: readonly unknown[] = ['k3s', 'rke2'];

/** What `controlPlane` cannot mean, or would mean nothing, on this cluster. */
export function controlPlaneContradictions(document: unknown): Mistake[] {
  const distribution = valueAt(document, ['cluster', 'distribution']);
  if (keysAt(document, [ROOT]).length > 0 && MANAGED_DISTRIBUTIONS.some((managed) => managed === distribution)) {
    const message =
      `on ${String(distribution)} the provider sets the control plane and its nodes, so that this would come to nothing (control UPG-04). ` +
      'Remove it, and set what can be set in the node pools.';
    return [{ path: [ROOT], message }];
  }
  return [...recipients(document), ...certificates(document), ...kernel(document), ...servingCertificates(document, distribution)];
}

/** The text is not shown: it may be a secret key. */
function recipients(document: unknown): Mistake[] {
  return textsAt(document, [ROOT, 'etcd', 'backup', 'recipients']).flatMap(({ value, path }) => {
    const problem = recipientProblem(value);
    return problem === undefined ? [] : [{ path, message: `${problem} (control NET-22).` }];
  });
}

function certificates(document: unknown): Mistake[] {
  const at = (name: keyof typeof DEFAULT_CERTIFICATES): number => {
    const value = valueAt(document, [ROOT, 'certificates', name]);
    return typeof value === 'number' ? value : Number(DEFAULT_CERTIFICATES[name]);
  };
  const [validity, authority, before] = [at('validityDays'), at('caValidityDays'), at('renewBeforeDays')];
  const end = '(control NET-20).';
  return [
    ...(before < validity
      ? []
      : [
          {
            path: [ROOT, 'certificates'],
            message: `with ${validity} days of validity and ${before} days before the end, every new certificate would be renewed again at once ${end} Give fewer \`renewBeforeDays\`.`,
          },
        ]),
    ...(validity <= authority
      ? []
      : [
          {
            path: [ROOT, 'certificates'],
            message: `certificates valid for ${validity} days outlive the authority that signs them, which has ${authority} ${end} Give more \`caValidityDays\`.`,
          },
        ]),
  ];
}

function kernel(document: unknown): Mistake[] {
  const parsed = CONTROL_PLANE_SCHEMA.shape.kernel.safeParse(valueAt(document, [ROOT, 'kernel']));
  if (!parsed.data) {
    return [];
  }
  try {
    sysctlsOf({ without: parsed.data.without ?? [], sysctls: parsed.data.sysctls ?? {} }, true);
    return [];
  } catch (error) {
    return [{ path: [ROOT, 'kernel'], message: (error as Error).message.replace('KernelSettings: ', '') }];
  }
}

/** k3s and RKE2 sign serving certificates themselves, and nobody else does; an approver has work only where kubelets ask. */
function servingCertificates(document: unknown, distribution: unknown): Mistake[] {
  const path = [ROOT, 'kubelet', 'servingCertificates'];
  const written = valueAt(document, path);
  const holds = written ?? defaultServingCertificates(distribution as Distribution | undefined);
  const own = RANCHER.includes(distribution);
  const approver = valueAt(document, [ROOT, 'kubelet', 'approver']) !== undefined;
  return [
    ...(written === undefined || own === (written === 'distribution')
      ? []
      : [
          {
            path,
            message: `${own ? `${String(distribution)} signs them itself` : `${String(distribution)} signs none itself`} (control NET-14). Write ${own ? "'distribution', or nothing" : "'bootstrap'"}.`,
          },
        ]),
    ...(approver && holds !== 'bootstrap'
      ? [
          {
            path: [ROOT, 'kubelet', 'approver'],
            message: `no kubelet asks for a certificate when servingCertificates is '${String(holds)}' (control NET-14). Remove the approver, or write 'bootstrap'.`,
          },
        ]
      : []),
  ];
}
