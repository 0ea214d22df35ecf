/** Amounts of the three resources that every container is bounded in, as Kubernetes quantities. */
export interface ResourceAmounts {
  /** CPU, such as `100m`. */
  readonly cpu: string;
  /** Memory, such as `64Mi`. */
  readonly memory: string;
  /**
   * Writable layer, logs and `emptyDir` volumes, such as `128Mi`.
   *
   * @default - that of ContainerSize.SMALL
   */
  readonly ephemeralStorage?: string;
}

/** What a container asks for and what it may use at most. */
export interface ContainerSizeProps {
  readonly requests: ResourceAmounts;
  readonly limits: ResourceAmounts;
}

/** The named sizes, as data: the docs and the tests read this table. */
export const CONTAINER_SIZES = {
  small: {
    requests: { cpu: '100m', memory: '64Mi', ephemeralStorage: '64Mi' },
    limits: { cpu: '200m', memory: '128Mi', ephemeralStorage: '256Mi' },
  },
  medium: {
    requests: { cpu: '250m', memory: '256Mi', ephemeralStorage: '128Mi' },
    limits: { cpu: '500m', memory: '512Mi', ephemeralStorage: '512Mi' },
  },
  large: {
    requests: { cpu: '1', memory: '1Gi', ephemeralStorage: '256Mi' },
    limits: { cpu: '2', memory: '2Gi', ephemeralStorage: '1Gi' },
  },
} as const;

/** Requests and limits of a container. */
export class ContainerSize {
  /** 100m–200m CPU, 64Mi–128Mi memory, 64Mi–256Mi ephemeral storage. The default. */
  public static readonly SMALL = new ContainerSize(CONTAINER_SIZES.small);
  /** 250m–500m CPU, 256Mi–512Mi memory, 128Mi–512Mi ephemeral storage. */
  public static readonly MEDIUM = new ContainerSize(CONTAINER_SIZES.medium);
  /** 1–2 CPU, 1Gi–2Gi memory, 256Mi–1Gi ephemeral storage. */
  public static readonly LARGE = new ContainerSize(CONTAINER_SIZES.large);

  /** Explicit amounts. */
  public static of(props: ContainerSizeProps): ContainerSize {
    return new ContainerSize(props);
  }

  public readonly requests: ResourceAmounts;
  public readonly limits: ResourceAmounts;

  private constructor(props: ContainerSizeProps) {
    this.requests = props.requests;
    this.limits = props.limits;
  }
}
