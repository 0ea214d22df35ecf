import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { GeneratedFields } from '../../controls';
import { assessItself, rememberSource } from '../../synth';
import * as kplus from '../kplus';
import { nameFromId, objectMetadata } from '../metadata';
import { allowFlow } from './allow-flow';
import type { IFlowEnd } from './flow-end';
import { FlowPort } from './flow-port';
import { HardenedService } from './hardened-service';
import { Peer } from './peer';

/** A workload that may have a Service, such as `HardenedDeployment`. */
export interface IServedWorkload extends IFlowEnd {
  /** Its Service, if it has one. */
  readonly service?: HardenedService;
}

/** Where requests of one path go. Exactly one of `workload` and `service`. */
export interface IngressRoute {
  /** Path prefix, starting with `/`. */
  readonly path: string;
  /**
   * The workload, reached through its Service.
   *
   * @default - `service` says it
   */
  readonly workload?: IServedWorkload;
  /**
   * The Service.
   *
   * @default - the Service of `workload`
   */
  readonly service?: kplus.Service;
  /**
   * Port of the Service.
   *
   * @default - its only port
   */
  readonly port?: number;
}

/** Props of `HardenedIngress`. */
export interface HardenedIngressProps {
  /** Host name that it answers for, such as `shop.example.com`. */
  readonly host: string;
  /** Name of the TLS Secret in the same namespace. Its content never passes through here. */
  readonly tlsSecretName: string;
  /** Where requests go. At least one. */
  readonly routes: readonly IngressRoute[];
  /** @default - the ingress class that the cluster has as its default */
  readonly ingressClassName?: string;
  /**
   * Where the controller's requests come from. Name the nodes' range when it runs in the host network, where pod
   * selectors do not match.
   *
   * @default Peer.ingress()
   */
  readonly controller?: Peer;
  /** @default - named after the id */
  readonly metadata?: ApiObjectMetadata;
}

const HOST = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/;

/**
 * An Ingress for one host, over TLS (NET-06). It opens the way from the ingress controller to every hardened workload
 * it routes to, on the port of the pods.
 */
export class HardenedIngress extends kplus.Ingress {
  /** The controls it answers, and the fields that it sets for them. */
  public static readonly generates: GeneratedFields = {
    'NET-06': [{ kind: 'Ingress', field: 'spec.tls[].secretName' }],
  };

  private readonly controller: Peer;

  public constructor(scope: Construct, id: string, props: HardenedIngressProps) {
    const metadata = objectMetadata(scope, { name: props.metadata?.name ?? nameFromId(scope, id), component: 'network' });
    super(scope, id, {
      metadata: { ...metadata, ...props.metadata, labels: { ...metadata.labels, ...props.metadata?.labels } },
      className: props.ingressClassName,
    });
    this.controller = props.controller ?? Peer.ingress();
    this.refuseBadNames(props);
    this.addTls([{ hosts: [props.host], secret: kplus.Secret.fromSecretName(this, 'tls', props.tlsSecretName) }]);
    props.routes.forEach((route) => this.route(props.host, route));
    rememberSource(this);
    assessItself(this);
  }

  private route(host: string, route: IngressRoute): void {
    const service = this.serviceOf(route);
    const port = service.ports.find((candidate) => route.port === undefined || candidate.port === route.port);
    this.addHostRule(host, route.path, kplus.IngressBackend.fromService(service, { port: route.port }), kplus.HttpIngressPathType.PREFIX);
    const workload = route.workload ?? (service instanceof HardenedService ? service.workload : undefined);
    if (workload && port) {
      allowFlow(this.controller, workload, [FlowPort.tcp(port.targetPort ?? port.port)]);
    }
  }

  private serviceOf({ path, workload, service }: IngressRoute): kplus.Service {
    if ((workload === undefined) === (service === undefined)) {
      throw new Error(`[${this.node.path}] route ${path}: give exactly one of 'workload' and 'service'.`);
    }
    const found = service ?? workload?.service;
    if (!found) {
      throw new Error(
        `[${this.node.path}] route ${path}: ${workload?.node.path} has no Service. ` +
          "Give it a 'port', or pass 'service: workload.exposeViaService()'.",
      );
    }
    if (found.metadata.namespace !== this.metadata.namespace) {
      throw new Error(
        `[${this.node.path}] route ${path}: Service ${found.name} is in namespace ${found.metadata.namespace}, ` +
          `this Ingress in ${this.metadata.namespace}; ` +
          'an Ingress reaches its own namespace only. Create it under the same IsolatedNamespace.',
      );
    }
    return found;
  }

  private refuseBadNames({ host, tlsSecretName, routes }: HardenedIngressProps): void {
    if (!HOST.test(host)) {
      throw new Error(
        `[${this.node.path}] host '${host}' is not a host name like 'shop.example.com'. ` +
          'A wildcard takes every name that nobody else has claimed: name each host.',
      );
    }
    if (tlsSecretName === '') {
      throw new Error(`[${this.node.path}] 'tlsSecretName' is empty. Name the Secret that holds certificate and key of ${host}.`);
    }
    if (routes.length === 0) {
      throw new Error(`[${this.node.path}] has no routes. Give at least one: { path: '/', workload }.`);
    }
  }
}
