import { celRule } from './cel';
import { objectExample } from './examples';
import { SECRETS } from './match';

/**
 * No Secret with data in the tree: what is written there lies in version control. In the cluster every Secret has data, and
 * one that an operator made looks like one from a manifest, so that admission only records it.
 */
export const secretInlineData = celRule({
  id: 'secret-inline-data',
  controls: ['NET-22'],
  message: 'holds its data in the manifest',
  remedy: 'let External Secrets, the CSI secret store or an operator make the Secret, and refer to it by name',
  match: SECRETS,
  enforcement: 'audit',
  object: {
    holds: 'dyn(object).?data.orValue({}).size() == 0 && dyn(object).?stringData.orValue({}).size() == 0',
    found: "'data under ' + (dyn(object).?data.orValue({}).map(k, k) + dyn(object).?stringData.orValue({}).map(k, k)).join(', ')",
  },
  examples: () => ({
    pass: [objectExample('v1', 'Secret', { type: 'Opaque' })],
    fail: [
      objectExample('v1', 'Secret', { data: { password: 'aHVudGVyMg==' } }),
      objectExample('v1', 'Secret', { stringData: { password: 'hunter2' } }),
    ],
  }),
});
