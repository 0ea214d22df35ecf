import { isIP } from 'node:net';
import { Cidr, dnsLabelProblem, NAMESPACE_NAME_LABEL } from '../../manifest';
import type { PlatformPods, PlatformSettings } from '../../settings';
import type * as kplus from '../kplus';
import { FlowPort } from './flow-port';
import { INTERNET_V4, INTERNET_V6, NOT_INTERNET_V4 } from './internet-ranges';
import { ipBlock } from './ip-block';

/** Port of a flow to the internet that names none. */
export const DEFAULT_INTERNET_PORT = 443;

/** Props of `Peer.pods`. Both have to hold: pods with all the labels, in that namespace. */
export interface PodsPeerProps {
  /** Labels that select the pods. At least one. */
  readonly podLabels: Readonly<Record<string, string>>;
  /**
   * Namespace of the pods.
   *
   * @default - the namespace of the workload that the flow is for
   */
  readonly namespace?: string;
}

/** Options of `Peer.cidr`. */
export interface CidrPeerOptions {
  /**
   * Smaller ranges within the range that are not meant.
   *
   * @default - none but the cloud metadata addresses in the range
   */
  readonly except?: readonly string[];
}

/** Options of `Peer.internet`. */
export interface InternetPeerOptions {
  /**
   * Ports at the far end. They count when the internet is the target of a flow.
   *
   * @default [FlowPort.tcp(443)]
   */
  readonly ports?: readonly FlowPort[];
  /**
   * More ranges that are not the internet: public addresses that pods or Services of this cluster have.
   *
   * @default - what the address registry says is not the internet
   */
  readonly except?: readonly string[];
}

type ToKube = (settings: PlatformSettings) => kplus.k8s.NetworkPolicyPeer[];
type ToPorts = (settings: PlatformSettings) => readonly FlowPort[];

/**
 * The other end of a flow. One peer is one thing: its parts all have to hold (AND). What may be one thing or another
 * (OR) is two peers. What the platform knows (DNS, API server, ingress, monitoring) is read from the settings at synth.
 */
export class Peer {
  /** Pods by label, in one namespace. @throws if there is no label, which would select every pod */
  public static pods(props: PodsPeerProps): Peer {
    const { namespace } = props;
    const podLabels = { ...props.podLabels };
    const problem = podsProblem(podLabels, namespace);
    if (problem) {
      throw new Error(`Peer.pods: ${problem}`);
    }
    const labels = Object.entries(podLabels).map(([key, value]) => `${key}=${value}`);
    return new Peer(`pods ${labels.join(',')}${namespace === undefined ? '' : ` in ${namespace}`}`, () => [podsPeer(podLabels, namespace)]);
  }

  /**
   * A range of addresses outside the cluster, IPv4 or IPv6. The cloud metadata addresses in it are excepted (NET-26).
   *
   * @throws if it is no range, or everything (`0.0.0.0/0`, `::/0`: use `Peer.internet()`), or if `except` is not within it
   */
  public static cidr(cidr: string, options: CidrPeerOptions = {}): Peer {
    if (Cidr.parse(cidr).bits === 0) {
      throw new Error(`Peer.cidr: '${cidr}' is every address, those of the cluster too. Use Peer.internet(), or name the range.`);
    }
    const block = ipBlock(cidr, options.except);
    return new Peer(cidr, () => [{ ipBlock: block }]);
  }

  /** The internet, IPv4 and IPv6: no pod, Service, node, private or metadata address. See `INTERNET_V4`, `INTERNET_V6`. */
  public static internet(options: InternetPeerOptions = {}): Peer {
    const ports = options.ports ?? [FlowPort.tcp(DEFAULT_INTERNET_PORT)];
    const except = options.except ?? [];
    const of = (family: 'ipv4' | 'ipv6'): string[] => except.filter((range) => Cidr.parse(range).family === family);
    const blocks = [ipBlock(INTERNET_V4, [...NOT_INTERNET_V4, ...of('ipv4')]), ipBlock(INTERNET_V6, of('ipv6'))];
    return new Peer(
      'the internet',
      () => blocks.map((block) => ({ ipBlock: block })),
      () => ports,
    );
  }

  /**
   * The endpoints of the API server, on their port: not its Service address, since most network plugins look after
   * translation. At synth: an error if the settings do not name them.
   */
  public static apiServer(): Peer {
    const settingsOf = (settings: PlatformSettings): NonNullable<PlatformSettings['apiServer']> => {
      const { apiServer } = settings;
      if (!apiServer || apiServer.endpoints.length === 0) {
        throw new Error(
          unknown(
            'the API server is',
            "apiServer: { endpoints: ['192.0.2.10'], port: 6443 }",
            'kubectl get endpointslices -n default -l kubernetes.io/service-name=kubernetes',
          ),
        );
      }
      const wrong = apiServer.endpoints.find((endpoint) => isIP(endpoint) === 0);
      if (wrong !== undefined) {
        throw new Error(
          `settings.apiServer.endpoints: '${wrong}' is not an IP address. ` +
            'A network policy takes no names; give the addresses it resolves to.',
        );
      }
      return apiServer;
    };
    return new Peer(
      'the API server',
      (settings) => settingsOf(settings).endpoints.map((endpoint) => ({ ipBlock: { cidr: String(Cidr.ofAddress(endpoint)) } })),
      (settings) => [FlowPort.tcp(settingsOf(settings).port)],
    );
  }

  /** The ingress controller's pods. At synth: an error if the settings do not name them. */
  public static ingress(): Peer {
    return Peer.platform('the ingress controller', 'ingress', "ingress: { namespace: 'gateway', podLabels: { app: 'gateway' } }");
  }

  /** The pods that collect metrics. At synth: an error if the settings do not name them. */
  public static monitoring(): Peer {
    return Peer.platform('monitoring', 'monitoring', "monitoring: { namespace: 'monitoring', podLabels: { app: 'prometheus' } }");
  }

  /** Cluster DNS, over UDP and TCP: its pods, and the addresses of a cache on the node. Every workload's policy has it. */
  public static dns(): Peer {
    return new Peer(
      'cluster DNS',
      ({ dns }) => [podsPeer(dns.podLabels, dns.namespace), ...dns.cidrs.map((cidr) => ({ ipBlock: ipBlock(cidr) }))],
      ({ dns }) => [FlowPort.udp(dns.port), FlowPort.tcp(dns.port)],
    );
  }

  private static platform(what: string, field: 'ingress' | 'monitoring', example: string): Peer {
    return new Peer(what, (settings) => {
      const pods: PlatformPods | undefined = settings[field];
      if (!pods) {
        throw new Error(unknown(`${what} runs`, example));
      }
      const problem = podsProblem(pods.podLabels, pods.namespace);
      if (problem) {
        throw new Error(`settings.${field}: ${problem}`);
      }
      return [podsPeer(pods.podLabels, pods.namespace)];
    });
  }

  private constructor(
    /** What it is, for errors. */
    public readonly description: string,
    private readonly kube: ToKube,
    private readonly ports?: ToPorts,
  ) {}

  /** The description. */
  public toString(): string {
    return this.description;
  }

  /**
   * The entries of `from` or `to`.
   *
   * @internal
   */
  public _toKube(settings: PlatformSettings): kplus.k8s.NetworkPolicyPeer[] {
    return this.kube(settings);
  }

  /**
   * The ports it listens on, where it is known to.
   *
   * @internal
   */
  public _ports(settings: PlatformSettings): readonly FlowPort[] {
    return this.ports?.(settings) ?? [];
  }
}

/** Namespace and labels in one entry: both have to hold. */
function podsPeer(podLabels: Readonly<Record<string, string>>, namespace: string | undefined): kplus.k8s.NetworkPolicyPeer {
  return {
    podSelector: { matchLabels: podLabels },
    ...(namespace === undefined ? {} : { namespaceSelector: { matchLabels: { [NAMESPACE_NAME_LABEL]: namespace } } }),
  };
}

function podsProblem(podLabels: Readonly<Record<string, string>>, namespace: string | undefined): string | undefined {
  if (Object.keys(podLabels).length === 0) {
    return "'podLabels' is empty, which would select every pod of the namespace. Name at least one label of the pods that are meant.";
  }
  const problem = namespace === undefined ? undefined : dnsLabelProblem(namespace);
  return problem && `namespace ${problem}`;
}

function unknown(what: string, example: string, command?: string): string {
  return `where ${what} is not known. Add \`${example}\` to the settings${command ? ` (\`${command}\` shows it)` : ''}.`;
}
