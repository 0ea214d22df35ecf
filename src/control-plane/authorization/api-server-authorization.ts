import { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import type { IControlPlanePart } from '../control-plane-part';
import type { ControlPlaneSections } from '../control-plane-spec';
import { webhookUrlProblem } from '../webhook-kubeconfig';
import type { AuthorizationSection, DenyWebhookSection } from './authorization-configuration';

/** How the API server is told: by a flag, which CIS 1.2.6 to 1.2.8 look for, or by a file, which a webhook needs. */
export const AUTHORIZATION_FORMS = ['flag', 'file'] as const;
export type AuthorizationForm = (typeof AUTHORIZATION_FORMS)[number];

/** How long the API server waits for the webhook, unless told, and at most. */
export const DEFAULT_WEBHOOK_TIMEOUT_SECONDS = 3;
const MAX_WEBHOOK_TIMEOUT_SECONDS = 30;

/**
 * Requests that a deny webhook is asked about in any case are fewer than all, so that the cluster still runs while it is down:
 * those about resources (a condition that reads `request.resourceAttributes` of another request fails, which denies it), and
 * none of nodes, the control plane, and what Kubernetes itself runs in kube-system. `system:masters` is let through by the API
 * server before any authorizer is asked.
 */
export const NARROWING_CONDITIONS: readonly string[] = [
  'has(request.resourceAttributes)',
  "!('system:nodes' in request.groups)",
  "!('system:serviceaccounts:kube-system' in request.groups)",
  "!request.user.startsWith('system:') || request.user.startsWith('system:serviceaccount:')",
];

/** A webhook that may deny what RBAC allows. */
export interface DenyWebhookProps {
  /** DNS name, in logs and metrics: `deny-guard.example.com`. */
  readonly name: string;
  /** URL of the webhook, https. Not a Service of this cluster: the API server does not resolve those. */
  readonly server: string;
  /**
   * Which requests it is asked about, in CEL; all must be true: `request.resourceAttributes.namespace == 'payments'`. Nodes and
   * the control plane, and requests that are not about resources, are left out in any case.
   */
  readonly matchConditions: readonly string[];
  /** At most 30. @default 3 */
  readonly timeoutSeconds?: number;
}

/** Props of `ApiServerAuthorization`. */
export interface ApiServerAuthorizationProps {
  /** @default - 'flag'; 'file' with a webhook */
  readonly form?: AuthorizationForm;
  /** @default - none */
  readonly webhook?: DenyWebhookProps;
}

/** Authorization by Node and RBAC, and nothing that allows everything. */
export class ApiServerAuthorization extends Construct implements IControlPlanePart {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'AUTH-04': [
      { kind: 'kube-apiserver', field: 'authorization-mode', value: 'Node,RBAC' },
      { kind: 'AuthorizationConfiguration', field: 'authorizers[?].type', value: 'RBAC' },
    ],
  };

  private readonly section: AuthorizationSection;

  /** @throws if the webhook cannot be written down, or the form is a flag that cannot name it (AUTH-04) */
  public constructor(scope: Construct, id: string, props: ApiServerAuthorizationProps = {}) {
    super(scope, id);
    this.section = authorizationSection(props);
  }

  public controlPlaneSections(): Partial<ControlPlaneSections> {
    return { authorization: this.section };
  }
}

/** Authorization from props, with the defaults. @throws as the construct does */
export function authorizationSection({ form, webhook }: ApiServerAuthorizationProps): AuthorizationSection {
  if (form === 'flag' && webhook !== undefined) {
    refuse('form', 'a webhook with conditions needs a file', "Write form: 'file', or leave it out.");
  }
  if ((form ?? (webhook ? 'file' : 'flag')) === 'flag') {
    return { form: 'flag' };
  }
  return { form: 'file', ...(webhook ? { webhook: webhookSection(webhook) } : {}) };
}

function webhookSection(props: DenyWebhookProps): DenyWebhookSection {
  const { name, server, matchConditions, timeoutSeconds = DEFAULT_WEBHOOK_TIMEOUT_SECONDS } = props;
  if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(name)) {
    refuse('webhook.name', `'${name}' is not a DNS name`, "Write one such as 'deny-guard.example.com'.");
  }
  const url = webhookUrlProblem(server);
  if (url !== undefined) {
    refuse('webhook.server', `it ${url}`, 'Write https://, host and path.');
  }
  if (matchConditions.length === 0 || matchConditions.some((expression) => expression.trim() === '')) {
    refuse(
      'webhook.matchConditions',
      'it is empty, or one is: every request would wait for the webhook',
      'Say which requests it is about, such as "request.resourceAttributes.namespace == \'payments\'".',
    );
  }
  if (!(timeoutSeconds > 0 && timeoutSeconds <= MAX_WEBHOOK_TIMEOUT_SECONDS)) {
    refuse('webhook.timeoutSeconds', `${timeoutSeconds} is not above 0 and at most 30`, 'Write 3.');
  }
  return { name, server, timeoutSeconds, matchConditions: [...new Set([...matchConditions, ...NARROWING_CONDITIONS])] };
}

function refuse(field: string, what: string, remedy: string): never {
  throw new Error(`access.authorization.${field}: ${what} (control AUTH-04). ${remedy}`);
}
