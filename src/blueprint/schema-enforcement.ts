import { z } from 'zod';
import { dnsLabelProblem } from '../manifest';
import { CEL_RULES } from '../rules';
import { DEFAULT_ENFORCEMENT, ENFORCEMENT_ACTIONS } from '../settings';

const action = z.enum(ENFORCEMENT_ACTIONS);
const namespace = z.string().refine((name) => dnsLabelProblem(name) === undefined, 'is not the name of a namespace');
/** Any text, for an error with a suggestion; an editor is told the ids. */
const ruleId = z.string().meta({ enum: CEL_RULES.map(({ id }) => id) });
const names = z.array(z.string().regex(/\S/, 'must not be blank'));

/** `enforcement` in the blueprint. */
export const ENFORCEMENT_SCHEMA = z
  .strictObject({
    default: action.default(DEFAULT_ENFORCEMENT.default).describe("In the tenants' namespaces"),
    namespaces: z.record(namespace, action).optional().describe('In these namespaces, by name; anywhere else is audited'),
    cluster: action.default(DEFAULT_ENFORCEMENT.cluster).describe('For objects outside namespaces, such as ClusterRoles'),
    rules: z.record(ruleId, action).optional().describe('At most this for these rules, by id'),
    exempt: z
      .strictObject({
        users: names.optional().describe('Users, as the API server names them: with the prefix of the identity provider'),
        groups: names.optional().describe('Groups, as the API server names them'),
      })
      .describe('Who may change what guards the namespaces, among them whoever applies these manifests'),
  })
  .describe('What the API server does with objects that rules find fault with; it is not asked unless given');
