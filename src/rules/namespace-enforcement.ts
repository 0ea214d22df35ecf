import { ENFORCEMENT_LABEL, TENANT_LABEL } from '../settings';
import { identifiersOf } from '../manifest';
import { artifactsRule } from './artifacts-rule';
import { NAMESPACES } from './match';

/**
 * Where rules are enforced at admission, a namespace with pods or a tenant has come to `deny`. One that is still watched has
 * a waiver, and its last day is the end of the migration.
 */
export const namespaceEnforcement = artifactsRule({
  id: 'namespace-enforcement',
  controls: ['POD-08'],
  message: 'is a namespace in which admission refuses nothing yet',
  remedy: `set enforcement to \`deny\` there (label ${ENFORCEMENT_LABEL}), or give a waiver the day on which the migration ends`,
  problems: (inventory, { settings }) =>
    settings.enforcement === undefined
      ? []
      : inventory.of(NAMESPACES).flatMap((manifest) => {
          const { workloads, labels } = inventory.namespace(identifiersOf(manifest.object).name);
          const stage = labels.get(ENFORCEMENT_LABEL);
          const used = workloads.length > 0 || labels.has(TENANT_LABEL);
          return used && stage !== 'deny' ? [{ manifest, found: stage ?? `no label ${ENFORCEMENT_LABEL}` }] : [];
        }),
});
