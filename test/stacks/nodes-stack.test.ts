import { HardenedApp, HardenedBaseline, KUBELET_APPROVER, nodeFilesOf, NodesStack } from '../../src';
import type { ControlPlaneSections, KubeObject, NodesStackProps, WaiverProps } from '../../src';
import { controlPlaneSpecOf } from '../../src';
import { cluster } from '../control-plane/cluster';
import { IMAGE } from '../support/images';
import { expectYaml } from '../support/snapshot';
import { only } from '../support/synth';

const APPROVER = { image: IMAGE, owner: 'platform@example.com', nodeRanges: ['192.0.2.0/24'] };
const WAIVER: WaiverProps = {
  control: 'AUTH-11',
  target: `ClusterRole/${KUBELET_APPROVER}-${KUBELET_APPROVER}`,
  reason: 'it approves what kubelets ask for, for that one signer',
  owner: 'platform@example.com',
  expires: '2027-12-31',
};

function app(props: NodesStackProps, waivers: readonly WaiverProps[] = []): HardenedApp {
  const made = new HardenedApp({
    outdir: '/nonexistent/manifests',
    settings: { minor: '1.36', apiServer: { endpoints: ['192.0.2.10'], port: 6443 }, waivers, asOf: '2027-01-01' },
  });
  new NodesStack(made, 'nodes', props);
  return made;
}

const objects = (): KubeObject[] =>
  app({ approver: APPROVER }, [WAIVER])
    .synthesise()
    .artifacts.manifests.map(({ object }) => object);

it('answers for every section of nodes and programs, and makes no object and no file by itself', () => {
  const made = app({});
  const sections: readonly (keyof ControlPlaneSections)[] = [
    'certificates',
    'components',
    'etcd',
    'fileModes',
    'kernel',
    'kubeProxy',
    'kubelet',
    'tls',
  ];
  expect(Object.keys(controlPlaneSpecOf(made, cluster()))).toEqual(expect.arrayContaining([...sections, 'cluster']));
  expect(made.synthesise().artifacts.manifests).toEqual([]);
  expect(nodeFilesOf(made)).toEqual([]);
});

it('is a stack of the baseline that can be left out', () => {
  const made = (without: readonly 'nodes'[]): boolean => {
    const root = new HardenedApp();
    new HardenedBaseline(root, 'baseline', { without });
    return root.node.findAll().some((construct) => construct instanceof NodesStack);
  };
  expect([made([]), made(['nodes'])]).toEqual([true, false]);
});

describe('the approver of kubelet certificates', () => {
  it('looks like this', () => {
    expectYaml(
      'stack-kubelet-approver',
      objects().filter(({ kind }) => ['Deployment', 'ClusterRole'].includes(kind)),
    );
  });

  it('runs hardened, in a namespace of its own that is denied by default', () => {
    const all = objects();
    expect(only(all, 'Namespace').metadata.name).toBe(KUBELET_APPROVER);
    expect(only(all, 'NetworkPolicy', 'default-deny').metadata.namespace).toBe(KUBELET_APPROVER);
    expect(JSON.stringify(only(all, 'NetworkPolicy', `${KUBELET_APPROVER}-controller`))).toContain('192.0.2.10/32');
  });

  it('may approve for the one signer of kubelets', () => {
    const granted = objects()
      .filter(({ kind }) => kind === 'ClusterRole')
      .flatMap((role) => role['rules'] as { resources: string[]; resourceNames?: string[]; verbs: string[] }[])
      .filter(({ verbs }) => verbs.some((verb) => ['approve', 'update', 'sign'].includes(verb)));
    expect(granted).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ resources: ['signers'], resourceNames: ['kubernetes.io/kubelet-serving'], verbs: ['approve'] }),
        expect.objectContaining({ resources: ['certificatesigningrequests/approval'], verbs: ['update'] }),
      ]),
    );
    expect(granted).toHaveLength(2);
  });

  it('fails synth without a digest of the image, and without a waiver of the right to approve', () => {
    const image = 'docker.io/postfinance/kubelet-csr-approver:v1.2.15';
    expect(() => app({ approver: { ...APPROVER, image } }, [WAIVER]).synthesise()).toThrow(/no digest fixes[\s\S]*POD-07/);
    expect(() => app({ approver: APPROVER }).synthesise()).toThrow(
      /grants changes to what guards the cluster[\s\S]*control: AUTH-11, target: ClusterRole\/kubelet-csr-approver-kubelet-csr-approver/,
    );
  });
});
