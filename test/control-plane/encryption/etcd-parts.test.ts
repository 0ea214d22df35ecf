import { etcdPartOf } from '../../../src';

it.each([
  ['secrets', 'secrets'],
  ['deployments.apps', 'deployments'],
  ['services', 'services/specs'],
  ['nodes', 'minions'],
  ['ingresses.networking.k8s.io', 'ingress'],
  ['customresourcedefinitions.apiextensions.k8s.io', 'apiextensions.k8s.io/customresourcedefinitions'],
  ['widgets.example.com', 'example.com/widgets'],
  ['gateways.gateway.networking.k8s.io', 'gateway.networking.k8s.io/gateways'],
])('%s lie under /registry/%s', (resource, part) => expect(etcdPartOf(resource)).toBe(part));
