import { HardenedApp, IsolatedNamespace, loadImageLock } from 'cdk8s-hardened';
import { onlineBoutique } from './online-boutique';

const app = new HardenedApp({
  settings: {
    minor: '1.36',
    registries: ['us-central1-docker.pkg.dev/online-boutique-ci/', 'docker.io/library/'],
    ingress: { namespace: 'gateway', podLabels: { app: 'gateway' } },
  },
});
onlineBoutique(new IsolatedNamespace(app, 'online-boutique', { owner: 'shop@example.com' }), loadImageLock('../../images.lock.yaml'));
app.synth();
