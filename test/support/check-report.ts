import { assess } from '../../src/assessment';
import { parseManifests } from '../../src/manifest';
import { PlatformSettings } from '../../src/settings';
import type { PlatformSettingsProps } from '../../src/settings';
import type { CheckReport } from '../../src/report';

/** The report of a check of this text, as if it was read from `k8s/web.yaml`. */
export function checked(text: string, settings: PlatformSettingsProps = {}, failOn: CheckReport['failOn'] = 'low'): CheckReport {
  const { manifests, problems: unread } = parseManifests(text, 'k8s/web.yaml');
  const given = PlatformSettings.from({ asOf: '2027-01-01', ...settings });
  const assessment = assess({ manifests, nodeFiles: [] }, given, { complete: false });
  return { version: '1.2.3', settings: given, failOn, manifests, unread, assessment };
}

/** A Role with one finding of medium severity, one of high, and one object with none; then text that is no YAML. */
export const TWO_FINDINGS = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: watcher, namespace: shop }
rules:
- { apiGroups: [""], resources: [secrets], verbs: [get] }
---
# Source: shop/templates/account.yaml
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: good, namespace: shop }
automountServiceAccountToken: false
---
kind: [
`;

/** Accepts the finding about the ServiceAccount of `TWO_FINDINGS`. */
export const WAIVER = {
  control: 'POD-19',
  target: 'ServiceAccount/shop/web',
  reason: 'until the next release',
  owner: 'shop@example.com',
  expires: '2027-03-31',
};
