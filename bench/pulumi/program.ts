import { HardenedApp, HardenedDeployment, IsolatedNamespace, Probes } from '../../src';
import { register } from '../../src/pulumi';

const IMAGE = `registry.example.com/web:1.0.0@sha256:${'0'.repeat(64)}`;
const WORKLOADS = 5;

/** At least as many objects as the environment says, in hardened namespaces with five workloads each. */
export = async () => {
  const wanted = Number(process.env['BENCH_OBJECTS']);
  const app = new HardenedApp();
  for (let namespace = 0; app.node.findAll().length < 2 * wanted && namespace * 30 < wanted; namespace += 1) {
    const shop = new IsolatedNamespace(app, `team-${namespace}`, { owner: 'team@example.com' });
    for (let workload = 0; workload < WORKLOADS; workload += 1) {
      new HardenedDeployment(shop, `web-${workload}`, { image: IMAGE, port: 8080, probes: Probes.tcp() });
    }
  }
  await register('bench', app);
};
