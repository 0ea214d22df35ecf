import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  HardenedApp,
  HardenedBaseline,
  HardenedDeployment,
  IsolatedNamespace,
  LeastPrivilegeRole,
  loadBlueprint,
  loadImageLock,
  Permission,
  Probes,
  Resource,
  Subject,
} from 'cdk8s-hardened';
import type { IsolatedNamespaceProps } from 'cdk8s-hardened';

/** Our namespaces carry the cost centre. */
class CostedNamespace extends IsolatedNamespace {
  protected override namespaceLabels(props: IsolatedNamespaceProps): Record<string, string> {
    return { ...super.namespaceLabels(props), 'example.com/cost-centre': props.tenant ?? 'shared' };
  }
}

/** The baseline with our namespaces. */
class OurBaseline extends HardenedBaseline {
  public override createNamespace(scope: Construct, name: string, props: IsolatedNamespaceProps): IsolatedNamespace {
    return new CostedNamespace(scope, name, props);
  }
}

/** What we add: the cost reporter may read who has which namespace and node. */
class CostStack extends Chart {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    const permissions = [Permission.read(Resource.NAMESPACES), Permission.read(Resource.NODES)];
    new LeastPrivilegeRole(this, 'cost-reporter', { permissions, subjects: [Subject.group('finance')], clusterWide: true });
  }
}

const { settings, baseline } = loadBlueprint('../../blueprint.yaml');
const app = new HardenedApp({ settings });
const ours = new OurBaseline(app, 'baseline', { ...baseline, without: ['system-namespaces'], kubeSystem: undefined });
new CostStack(app, 'cost');
new HardenedDeployment(ours.namespace('shop'), 'currency', {
  image: loadImageLock('../../images.lock.yaml').of('currencyservice'),
  port: 7000,
  probes: Probes.grpc(),
});
app.synth();
