import { configYaml } from '../config-yaml';
import type { DistributionRenderer } from '../distribution-renderer';
import { hostPartsOf } from '../host-parts-of';
import { NODE_ROLES } from '../host-role';
import { talosDocuments } from './talos-documents';
import { talosFirewall } from './talos-firewall';
import { refuseForTalos, TALOS_PLACES } from './talos-parts';
import { talosSingleDocument } from './talos-single-document';
import { TALOS_VERSIONS } from './talos-versions';

/**
 * Talos: for each role a patch of what `talosctl gen config` makes, which has the secrets. No files for hosts: they take documents
 * and nothing else.
 */
export const talosFiles: DistributionRenderer = (spec) => {
  refuseForTalos(spec);
  const parts = hostPartsOf(spec, TALOS_PLACES);
  const kubernetes = TALOS_VERSIONS[spec.cluster.minor] === '1.13' ? talosSingleDocument : talosDocuments;
  return [
    ...parts.files.filter(({ role }) => role === 'operator'),
    ...NODE_ROLES.map((role) => ({
      role: 'operator',
      path: `/talos/${role}.yaml`,
      mode: '0644',
      owner: 'root:root',
      content: configYaml(...kubernetes(spec, parts, role), ...talosFirewall(spec, role)),
    })),
  ];
};
