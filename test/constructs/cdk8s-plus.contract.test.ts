import type { Chart } from 'cdk8s';
import { ApiObject, Testing } from 'cdk8s';
import * as kplus from '../../src/constructs/kplus';
import { IMAGE } from '../support/images';

// What this project takes for granted of cdk8s-plus-27 and cdk8s, beyond their documented API.

const make = {
  Deployment: (chart: Chart) => new kplus.Deployment(chart, 'x', { containers: [{ image: IMAGE }] }),
  StatefulSet: (chart: Chart) => new kplus.StatefulSet(chart, 'x', { containers: [{ image: IMAGE, portNumber: 80 }] }),
  DaemonSet: (chart: Chart) => new kplus.DaemonSet(chart, 'x', { containers: [{ image: IMAGE }] }),
  Job: (chart: Chart) => new kplus.Job(chart, 'x', { containers: [{ image: IMAGE }] }),
};

it.each(Object.entries(make))('a %s renders through the toJson of its one ApiObject, where fields can still be added', (_kind, build) => {
  const chart = Testing.chart();
  const object = ApiObject.of(build(chart));
  const render = object.toJson.bind(object);
  object.toJson = () => ({ ...(render() as object), added: true });
  expect((Testing.synth(chart) as { kind: string; added?: boolean }[]).filter((manifest) => manifest.added)).toHaveLength(1);
});

it.each(Object.entries(make))(
  'a %s labels its pods with an address that depends on its path, the label that is taken away',
  (_kind, build) => {
    const chart = Testing.chart();
    build(chart);
    expect(JSON.stringify(Testing.synth(chart))).toContain(kplus.Pod.ADDRESS_LABEL);
  },
);

it('calls the overridable addContainer and addInitContainer for containers that are given as props', () => {
  const added: string[] = [];
  class Watched extends kplus.Deployment {
    public override addContainer(container: kplus.ContainerProps): kplus.Container {
      added.push(container.name ?? 'main');
      return super.addContainer(container);
    }

    public override addInitContainer(container: kplus.ContainerProps): kplus.Container {
      added.push(container.name ?? 'init');
      return super.addInitContainer(container);
    }
  }
  new Watched(Testing.chart(), 'x', { containers: [{ image: IMAGE }], initContainers: [{ image: IMAGE }] });
  expect(added).toEqual(['main', 'init']);
});

it('reads the service account when it renders, so that it can be given after the constructor', () => {
  const chart = Testing.chart();
  const deployment = make.Deployment(chart);
  Object.assign(deployment, { serviceAccount: new kplus.ServiceAccount(chart, 'account', { metadata: { name: 'own' } }) });
  expect(JSON.stringify(Testing.synth(chart))).toContain('"serviceAccountName":"own"');
});

it('asks validations before it renders, in App.synthYaml and in Testing.synth', () => {
  const order: string[] = [];
  const chart = Testing.chart();
  const object = new ApiObject(chart, 'x', { apiVersion: 'v1', kind: 'ConfigMap' });
  const render = object.toJson.bind(object);
  object.toJson = () => {
    order.push('render');
    return render() as object;
  };
  chart.node.addValidation({ validate: () => (order.push('validate'), []) });
  Testing.synth(chart);
  expect(order).toEqual(['validate', 'render']);
});

it('drops fields that a later Kubernetes has, so that they must be set after it', () => {
  const chart = Testing.chart();
  const pod = new kplus.k8s.KubePod(chart, 'x', { spec: { containers: [{ name: 'x', restartPolicy: 'Always' } as kplus.k8s.Container] } });
  expect(JSON.stringify(pod.toJson())).not.toContain('restartPolicy');
});
