import { admissionProblems, flagProblems, HardenedBaseline, hostPartsOf, SUPPORTED_MINORS } from '../../src';
import { controlPlaneOf, documentsIn, fileOf, KUBEADM_LAYOUT } from '../support/control-plane';

const OIDC = [{ issuer: 'https://id.example.com', audiences: ['kubernetes'] }];

// What no concern can see by itself: that what one names another has, and that none excludes another.
describe.each(SUPPORTED_MINORS)('what the whole baseline asks of hosts on %s', (minor) => {
  const settings = { minor, enforcement: { exempt: { groups: ['oidc:platform'] } } };
  const parts = hostPartsOf(
    controlPlaneOf((app) => new HardenedBaseline(app, 'baseline', { access: { oidc: OIDC } }), settings),
    KUBEADM_LAYOUT,
  );
  const flags = [...(parts.flags['kube-apiserver'] ?? []), { name: 'enable-admission-plugins', value: parts.admissionPlugins.join(',') }];

  it('has nothing to find in the flags of the API server', () => {
    expect(flagProblems('kube-apiserver', flags, minor)).toEqual([]);
  });

  it('names each flag once', () => {
    const names = flags.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
  });

  it('names only files that are there, or that the script makes on the node', () => {
    const paths = flags.map(({ value }) => value).filter((value) => value.startsWith(`${KUBEADM_LAYOUT.hardening}/`));
    expect(paths.length).toBeGreaterThan(3);
    const made = parts.files.map(({ path }) => path);
    expect(paths.filter((path) => !made.includes(path))).toEqual([`${KUBEADM_LAYOUT.hardening}/encryption/encryption.yaml`]);
  });

  it('configures the plug-ins that it enables, and no others', () => {
    const [admission] = documentsIn(fileOf(parts, 'admission/admission'));
    expect(admissionProblems(admission, { minor, enabled: parts.admissionPlugins })).toEqual([]);
  });

  it('has one file for each place', () => {
    const places = parts.files.map(({ role, path }) => `${role}:${path}`);
    expect(new Set(places).size).toBe(places.length);
  });
});
