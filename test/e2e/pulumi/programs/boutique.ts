import * as path from 'node:path';
import { Config } from '@pulumi/pulumi';
import { ApiObject, JsonPatch } from 'cdk8s';
import { onlineBoutique } from '../../../../examples/online-boutique/online-boutique';
import { loadImageLock } from '../../../../src';
import { hardenedProgram } from '../../../../src/pulumi';

/** The baseline, and Online Boutique in the namespace of a tenant. */
export = () =>
  hardenedProgram({
    apps: (baseline) => {
      const root = process.env['PROJECT_ROOT'] as string;
      const frontend = onlineBoutique(baseline.namespace('online-boutique'), loadImageLock(path.join(root, 'images.lock.yaml')));
      const replicas = new Config('test').getNumber('replicas') ?? 2;
      ApiObject.of(frontend).addJsonPatch(JsonPatch.replace('/spec/replicas', replicas));
    },
  });
