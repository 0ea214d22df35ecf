import { Waiver, waivedKeys } from '../../src/waivers';
import type { KubeObject } from '../../src/manifest';

const deployment = (name: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'shop' },
  spec: { template: { spec: { serviceAccountName: name } } },
});
const SERVICE: KubeObject = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'front', namespace: 'shop' } };
const ROLE: KubeObject = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'cni' } };

const waiver = (control: string, target: string, container?: string, expires = '2026-12-31') =>
  Waiver.from({ control, target, container, reason: 'r', owner: 'o', expires });
const keys = (waivers: readonly Waiver[], asOf = '2026-06-01') =>
  Object.fromEntries(waivedKeys(waivers, [deployment('web'), deployment('cart'), SERVICE, ROLE], asOf));

it('names what is waived by control: pods by service account and container, the rest by kind', () => {
  expect(
    keys([
      waiver('POD-09', 'shop/web', 'main'),
      waiver('POD-09', 'Deployment/shop/cart', 'main'),
      waiver('POD-09', 'shop/web'),
      waiver('NET-06', 'Service/shop/front'),
      waiver('AUTH-05', 'ClusterRole/cni'),
    ]),
  ).toEqual({
    'AUTH-05': ['ClusterRole__cni'],
    'NET-06': ['Service_shop_front'],
    'POD-09': ['shop_cart_main', 'shop_web_', 'shop_web_main'],
  });
});

it('holds on its last day, and not after it', () => {
  expect(keys([waiver('POD-09', 'shop/web', 'main')], '2026-12-31')).toEqual({ 'POD-09': ['shop_web_main'] });
  expect(keys([waiver('POD-09', 'shop/web', 'main')], '2027-01-01')).toEqual({});
});

it('has no key for what is not there', () => expect(keys([waiver('POD-09', 'shop/none', 'main')])).toEqual({}));

it('is the same in whatever order the waivers come', () => {
  const some = [waiver('POD-09', 'shop/web', 'main'), waiver('NET-07', 'shop/cart', 'main'), waiver('POD-09', 'shop/cart', 'main')];
  expect(JSON.stringify(keys([...some].reverse()))).toBe(JSON.stringify(keys(some)));
});
