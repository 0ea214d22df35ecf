import type { App } from 'cdk8s';
import {
  admissionHostParts,
  ApiServerAdmission,
  ApiServerAuthentication,
  ApiServerAuthorization,
  authenticationHostParts,
  authorizationHostParts,
  EncryptionAtRest,
  encryptionHostParts,
} from '../../src';
import type { ControlPlaneSpec, HostLayout, HostParts, KubeObject } from '../../src';
import { controlPlaneOf, KUBEADM_LAYOUT, objectsOf } from '../support/control-plane';

type ToHostParts = (spec: ControlPlaneSpec, layout: HostLayout) => HostParts;

/** What the part asks of a host on 1.37, where it shows most, each way that it is made. */
function part(hostParts: ToHostParts, ...ways: readonly ((app: App) => unknown)[]): () => KubeObject[] {
  const settings = { minor: '1.37', enforcement: { exempt: { groups: ['platform'] } } } as const;
  return () => ways.flatMap((make) => objectsOf(hostParts(controlPlaneOf(make, settings), KUBEADM_LAYOUT)));
}

/** The parts of the API server: who gets in, what they may do, what is admitted, how it is stored. */
export const API_SERVER_PARTS: Readonly<Record<string, () => KubeObject[]>> = {
  ApiServerAdmission: part(
    admissionHostParts,
    (app) => new ApiServerAdmission(app, 'part', { alwaysPullImages: true, imagePolicy: { server: 'https://images.example.com' } }),
  ),
  ApiServerAuthentication: part(
    authenticationHostParts,
    (app) => new ApiServerAuthentication(app, 'part', { oidc: [{ issuer: 'https://id.example.com', audiences: ['kubernetes'] }] }),
  ),
  ApiServerAuthorization: part(
    authorizationHostParts,
    (app) => new ApiServerAuthorization(app, 'part'),
    (app) => new ApiServerAuthorization(app, 'part', { form: 'file' }),
  ),
  EncryptionAtRest: part(
    encryptionHostParts,
    (app) => new EncryptionAtRest(app, 'part'),
    (app) => new EncryptionAtRest(app, 'part', { provider: 'kms', kms: { name: 'kms-1', socket: '/run/kms/kms.sock' } }),
  ),
};
